"""docs/exchange-format.md and the templates of a package, written from the schemas."""

from collections.abc import Iterable

from parvis.exchange.rules.tables import Field, Table
from parvis.kit.typography import typographic

GUIDE = """\
# Le paquet Parvis

<!-- Écrit par `manage.py write_exchange_format` d’après parvis/exchange/schemas : ne pas corriger à la main. -->

Un paquet apporte à Parvis les données d’une agence. C’est un dossier, ou un fichier ZIP, de {required} fichiers CSV,
et de {optional} autres s’il y a lieu. Chacun est décrit plus bas et par un
[Table Schema](https://datapackage.org/standard/table-schema/) dans `parvis/exchange/schemas/`, dont cette page, les
contrôles et les modèles de fichiers sont tirés.

    manage.py write_templates DOSSIER
    manage.py import_package PAQUET --agency CODE [--dry-run] [--prune] [--report FICHIER] [--refusals FICHIER]

## Écrire les fichiers

- Les fichiers sont tous présents, sauf ceux que cette page dit facultatifs. Quand il n’y a rien à dire, la ligne
  d’en-têtes suffit. Un fichier ou une colonne inconnus sont refusés, pour qu’une faute de frappe ne passe pas
  inaperçue.
- Un fichier facultatif absent ne dit rien : ce que Parvis sait déjà reste en place, même avec `--prune`.
- Encodage UTF-8, avec ou sans marque d’ordre. Séparateur `;` ou `,`. Colonnes dans n’importe quel ordre.
- Une colonne facultative peut manquer : ce que Parvis sait déjà reste alors en place. Une cellule vide prend la valeur
  indiquée dans la colonne « Vide », ou rien.
- **Montants** : `1234,56` ou `1234.56`, en euros, toujours avec deux décimales (`0` est permis). Ni espace, ni
  séparateur de milliers, ni signe € : `1.234` pourrait se lire de deux façons, il est refusé. Un `-` peut précéder.
- **Dates** : `2026-11-23` ou `23/11/2026`. Une date d’écriture n’est jamais dans le futur ; une échéance peut l’être.
- **Oui ou non** : `oui`, `non` (aussi `true`, `false`, `1`, `0`).
- Les fichiers se désignent par leurs références, jamais par un numéro interne : un lot par son immeuble et son numéro,
  un client par son identifiant, où majuscules, espaces, points et tirets ne comptent pas.
- Limites : 1 Gio par fichier, 2 Gio par paquet. Dans un ZIP, un seul dossier autour des fichiers est permis.

## Ce que fait l’import

1. Il lit et contrôle tout, puis applique tout en une fois. Coupé à n’importe quel moment, il ne laisse rien à moitié
   fait : il suffit de le relancer. Deux imports de la même agence s’attendent.
2. **Faute de structure** (fichier ou colonne qui manque, autre agence, encodage, ligne coupée, plus de 10 000 fautes,
   aucune ligne lisible dans un fichier, débit et crédit intervertis) : rien n’est appliqué.
3. **Ligne fautive** : elle est refusée, avec son motif, et ce qui la désigne l’est aussi s’il n’y avait rien d’elle
   dans Parvis. Quand elle touche un compte (dans `accounts.csv`, `entries.csv` ou `calls.csv`), le compte entier est
   retenu et marqué « situation incomplète », pour l’agence et pour le client ; ses chiffres d’avant restent. Le reste
   du paquet est appliqué. Corrigez, importez de nouveau : le compte redevient complet.
4. **Deux lignes de même clé** : aucune n’est prise, car rien ne dit laquelle est la bonne.
5. **Ligne absente** : ce que Parvis connaissait et que le paquet ne contient plus est signalé, jamais effacé en
   silence. Avec `--prune`, c’est clos au jour de l’import ; écritures, appels, tantièmes, budgets et
   dépenses absents sont retirés. Un fichier où des lignes sont refusées ne clôt rien.
6. **Écritures** : avec `entries_complete_from` et `entries_complete_to` dans `agency.csv`, le fichier remplace toute
   la période ; une écriture supprimée dans les livres quitte le solde et le compte rendu le dit. Sans période
   déclarée, `--prune` agit entre la première et la dernière date du fichier.
7. **Soldes** : crédits moins débits, toutes écritures comptées. Un à-nouveau compte s’il est la première écriture du
   compte ; précédé d’autres écritures, il doit leur être égal et n’est pas compté deux fois, sinon le compte est
   retenu. À la fin, chaque solde est comparé à la somme des écritures ; au moindre écart, rien n’est appliqué.
8. Le même paquet une seconde fois ne change rien, et le dit.

`--report` écrit `{{read, created, changed, unchanged, refused, refusals: [{{file, line, column, value, reason}}]}}`.
Lues = créées + modifiées + inchangées + refusées ; ce que `--prune` clôt s’ajoute aux modifiées. D’un paquet refusé,
toutes les lignes lues sont refusées, et 1 est comptée quand la faute se voit avant la première. `--refusals` écrit les
refus en CSV. État de sortie : 0 appliqué, 1 refusé, 2 mauvais emploi. Un fichier qui ne peut pas être écrit est un
mauvais emploi, dit avant l’import ; s’il cesse de l’être pendant l’import, l’état reste celui de l’import.

## Les mots de passe de l’ancien portail

`password_hash` de `clients.csv` reprend l’empreinte d’un mot de passe : formats de Django, bcrypt, PBKDF2, SHA salé.
Elle est aussitôt hachée une seconde fois en Argon2id, jamais gardée seule, et cède la place à la première connexion.
Vide, le mot de passe est provisoire : Parvis tire le code quand la lettre est émise.

## Les fichiers
"""
TYPES = {"string": "texte", "number": "montant ou nombre à deux décimales", "integer": "nombre entier"}
TYPES |= {"date": "date", "boolean": "oui ou non"}
FORMATS = {"email": "courriel", "iban": "IBAN", "bic": "BIC", "multiline": "texte sur plusieurs lignes"}


def guide(tables: list[Table]) -> str:
    """The whole page, in Markdown."""
    optional = sum(table.is_optional for table in tables)
    told = GUIDE.format(required=len(tables) - optional, optional=optional)
    return "\n".join([typeset(told), *(section(table) for table in tables)])


def typeset(text: str) -> str:
    """French typography, except between backquotes."""
    parts = text.split("`")
    return "`".join(part if place % 2 else typographic(part) for place, part in enumerate(parts))


def section(table: Table) -> str:
    key = ", ".join(f"`{name}`" for name in table.primary_key)
    rows = "\n".join(row(field) for field in table.fields)
    title = f"{table.title} (facultatif)" if table.is_optional else table.title
    return (
        f"### {table.file} – {title}\n\n{table.description}\n\n{typographic('Clé : ')}{key}.\n\n"
        "| Colonne | Ce que c’est | Forme | Obligatoire | Vide | Exemple |\n|---|---|---|---|---|---|\n"
        f"{rows}\n{words(table.fields)}"
    )


def row(field: Field) -> str:
    meaning = field.title if field.description.rstrip(".") == field.title else f"{field.title}. {field.description}"
    required = "oui" if field.required else ""
    cells = [f"`{field.name}`", meaning, shape(field), required, code(field.default), code(field.example)]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def shape(field: Field) -> str:
    if field.categories:
        return "un mot de la liste"
    kind = FORMATS.get(field.format, TYPES[field.type])
    return f"{kind}, {field.max_length} signes" if field.max_length and field.type == "string" else kind


def words(fields: Iterable[Field]) -> str:
    """The closed lists of a file."""
    lists = [
        typeset(f"- `{field.name}` : " + ", ".join(f"`{value}` ({label})" for value, label in field.categories))
        for field in fields
        if field.categories
    ]
    return "\n" + "\n".join(lists) + "\n" if lists else ""


def code(text: str) -> str:
    return f"`{text}`" if text else ""


def template(table: Table) -> str:
    """An empty file to fill in: its header, as French spreadsheets read it."""
    return "\ufeff" + ";".join(table.column_names) + "\r\n"
