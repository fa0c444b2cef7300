"""What the next syndic reads first. Pure."""

import datetime as dt

from parvis.kit.french_dates import long_date
from parvis.kit.typography import typographic

TEXT = """\
Dossier de transmission : {building}
Établi le {day} par {agency} (loi 65-557, art. 18-2).

Ce que contient ce dossier
  donnees/            les données de l'immeuble, en CSV (UTF-8, points-virgules) : lots, copropriétaires, propriétés,
                      clés de répartition et tantièmes, exercices, budgets, travaux, dépenses, comptes, écritures,
                      appels de fonds, conseil syndical, interventions des parties communes.
  documents/          les documents, et documents.csv qui dit de chacun ce qu'il est, sa date et à qui il s'adresse.
  grand-livre.csv     les écritures des comptes des copropriétaires, avec le solde après chaque ligne.
  EMPREINTES.sha256   l'empreinte SHA-256 de chaque fichier (vérification : sha256sum -c EMPREINTES.sha256).

Ce qu'il ne contient pas
  Les baux, quittances et comptes de gérance, qui ne sont pas au syndicat. Les mots de passe. Les contrats de travail.
  Les fichiers de donnees/ qui ne disent rien ici n'ont que leur ligne d'en-têtes.

Reprendre le dossier dans un autre Parvis
  1. Dans donnees/agency.csv, mettez le code, l'hôte et les coordonnées de votre agence.
  2. manage.py import_package donnees --agency VOTRE-CODE --dry-run, puis sans --dry-run.
  3. manage.py import_documents documents --agency VOTRE-CODE
  Si une référence (client, compte, immeuble) existe déjà chez vous pour autre chose, changez-la avant, partout.

Les montants sont en euros, virgule décimale ; les dates en AAAA-MM-JJ.
Un solde positif est en faveur du copropriétaire.
"""


def read_me(*, building: str, agency: str, day: dt.date) -> str:
    text = TEXT.format(building=building, agency=agency, day=long_date(day))
    return "\ufeff" + "\r\n".join(typographic(line) for line in text.splitlines()) + "\r\n"
