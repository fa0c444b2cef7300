"""What a password must have, and what is refused because everybody would think of it."""

import random
import string

import pytest

from parvis.people.blocklist import is_common
from parvis.people.rules import codes_within, is_about, missing_in

# The words that a French guesser starts with; each is dressed up below as people do.
TEXT = """
    azerty qwerty motdepasse password soleil bonjour bienvenue chocolat doudou loulou coucou princesse vacances
    marseille paris bretagne normandie football rugby juventus chouchou nicolas camille julien thomas sandrine isabelle
    philippe bernard monique caroline janvier decembre printemps automne lundi dimanche dragon superman pokemon
    immeuble syndic locataire
"""
DRESSINGS = ["{0}123!", "{0}2024!", "!{0}01", "{1}#1", "{2}1!"]
NAMED = [
    "Azerty123!",
    "Soleil2024!",
    "Motdepasse1!",
    "P@ssw0rd1",
    "Été2024!!",
    "Aaaaaaa1!",
    "Abcabcabc1!",
    "4zerty123!",
]


def dressed(word):
    leet = word.capitalize().replace("a", "@").replace("o", "0").replace("e", "3").replace("i", "1")
    return [dressing.format(word.capitalize(), word.upper(), leet) for dressing in DRESSINGS]


SAMPLES = [password for word in TEXT.split() for password in dressed(word)]


@pytest.mark.parametrize("password", NAMED)
def test_named_password_is_refused(password):
    assert is_common(password)


def test_two_hundred_samples_are_refused():
    accepted = [password for password in SAMPLES if not is_common(password)]

    assert len(SAMPLES) >= 200
    assert accepted == []


def test_what_a_generator_makes_is_accepted():
    source = random.Random(20261123)
    signs = string.ascii_letters + string.digits + "#@*+!?-"

    refused = [made for made in ("".join(source.choices(signs, k=10)) for _ in range(2000)) if is_common(made)]

    assert refused == []


@pytest.mark.parametrize(
    "password", ["Correct Horse 9 Battery", "Vélo-bleu et 3 chats", "Été pluvieux 1984 à Brest!", "Мой-Пароль-77"]
)
def test_phrases_are_accepted(password):
    assert not is_common(password)
    assert missing_in(password) == []


@pytest.mark.parametrize(
    ("password", "missing"),
    [
        ("Abcdef1#", []),
        ("Ābcdef1 ", []),
        ("Abcdef1é", ["Ajoutez au moins 1 caractère spécial."]),
        ("abcdef1#", ["Ajoutez au moins 1 majuscule."]),
        ("Abcdefg#", ["Ajoutez au moins 1 chiffre."]),
        ("Abcde1#", ["Utilisez au moins 8 caractères."]),
        ("Ab1#" * 32, []),
        ("Ab1#" * 32 + "x", ["Utilisez 128 caractères au plus."]),
    ],
)
def test_four_rules_of_the_help_page(password, missing):
    assert missing_in(password) == missing


@pytest.mark.parametrize(
    ("password", "refused"),
    [
        ("Tilleuls2024!", True),
        ("T1lleul5#9", True),
        ("CabinetDesTilleuls1!", True),
        ("MonChatMange#Tilleuls9", False),
        ("Grande#9Tortue", False),
    ],
)
def test_password_made_of_the_agencys_name_is_refused_and_one_that_holds_more_is_not(password, refused):
    assert is_about(password, words=["Cabinet des Tilleuls"]) is refused


def test_codes_are_found_wherever_they_stand():
    assert codes_within("Ab#482913") == ["482913"]
    assert codes_within("x1234567") == ["123456", "234567"]
    assert codes_within("Ab#12345") == []
