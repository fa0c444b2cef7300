"""Passwords that everybody tries: Django's list, the Richelieu list (see data/README.md), the words of our trade."""

import gzip
from functools import cache
from pathlib import Path

from django.contrib.auth import password_validation

from parvis.kit.words import fold
from parvis.people.rules import LEAST_LETTERS, guesses_behind, is_monotonous

LISTS = (
    Path(password_validation.__file__).parent / "common-passwords.txt.gz",
    Path(__file__).parent / "data" / "richelieu.txt.gz",
)
OUR_TRADE = """
    agence appartement appel bailleur charges client comptes copro copropriete coproprietaire espace espaceclient
    espacepersonnel gerance gestion identifiant immeuble immobilier interphone locataire location logement loyer maison
    motdepasse motdepass monmotdepasse mdp mdpprovisoire parking parvis portail proprietaire provisoire quittance
    residence secret syndic syndicat bienvenue changez changezmoi connexion premiereconnexion nouveau temporaire
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
    lundi mardi mercredi jeudi vendredi samedi dimanche printemps ete automne hiver vacances noel paques
    bonjour bonsoir salut merci jetaime amour soleil lune etoile chocolat fromage doudou loulou chouchou
    france paris marseille lyon toulouse nice nantes montpellier strasbourg bordeaux lille rennes reims toulon grenoble
    bretagne normandie provence alsace corse europe admin administrateur utilisateur test essai demo
    azertyuiop qsdfghjklm wxcvbn azer zerty poiuytreza abcd abcdef abcdefgh password passw0rd qwertz qwertyuiop
"""


@cache
def common_words() -> frozenset[str]:
    """Every listed password, without accents and without the digits and signs at its ends."""
    words: set[str] = set()
    for path in LISTS:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                folded = fold(line.strip())
                words |= {folded, folded.strip("0123456789!?.,;:#@*+-_$&%/= ")}
    return frozenset({word for word in words if len(word) >= LEAST_LETTERS} | set(OUR_TRADE.split()))


def is_common(password: str) -> bool:
    """Whether the password is a common one, dressed up or not."""
    return any(word in common_words() or is_monotonous(word) for word in guesses_behind(password))
