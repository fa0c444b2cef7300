"""The forced change: the four rules of the help page, and what is too easy to guess."""

import pytest

from parvis.people.models import Activation, Grant
from tests.factories import BuildingFactory, LotFactory, OwnershipFactory
from tests.web.entrance.cast import CODE, NEW, choose_password, give_address, is_signed_in, last_link, start

TOO_EASY = "Ce mot de passe est trop facile à deviner. Choisissez-en un autre."


@pytest.fixture
def at_the_step(browser, alice):
    """Alice's browser, at « Nouveau mot de passe »."""
    start(browser, alice)
    give_address(browser)
    browser.post(last_link())
    return browser


@pytest.mark.parametrize(
    ("password", "sentences"),
    [
        ("aB1#", ["Utilisez au moins 8 caractères."]),
        ("grande#9tortue", ["Ajoutez au moins 1 majuscule."]),
        ("Grande#Tortue", ["Ajoutez au moins 1 chiffre."]),
        ("Grande9Tortue", ["Ajoutez au moins 1 caractère spécial."]),
        ("tortue", ["Utilisez au moins 8", "majuscule.", "chiffre.", "caractère spécial."]),
        ("A1#" + "é" * 126, ["Utilisez 128 caractères au plus."]),
    ],
)
def test_each_missing_rule_has_its_sentence(at_the_step, password, sentences):
    page = choose_password(at_the_step, password).content.decode()

    assert "Le mot de passe n’est pas enregistré" in page
    for sentence in sentences:
        assert sentence in page
    assert not Grant.objects.exists()


def test_two_different_passwords_are_refused(at_the_step):
    page = choose_password(at_the_step, NEW, NEW + "x").content.decode()

    assert "Les 2\u00a0mots de passe ne sont pas identiques." in page
    assert NEW not in page
    assert not is_signed_in(at_the_step)


@pytest.mark.parametrize(
    "password",
    [
        "Azerty123!",
        "Soleil2024!",
        "Motdepasse1!",
        "10427835#Aa",
        "Aa#10-427-835",
        f"{CODE}#Aa",
        "Tilleuls#2026",
        "Fontaine-75",
        "Acacias!2026",
    ],
)
def test_what_a_guesser_would_try_is_refused(at_the_step, alice, password):
    building = BuildingFactory(agency=alice.agency, name="Résidence Les Acacias")
    OwnershipFactory(client=alice, lot=LotFactory(building=building))

    page = choose_password(at_the_step, password).content.decode()

    assert TOO_EASY in page
    assert Activation.objects.get().state == Activation.State.CONFIRMED


@pytest.mark.parametrize(
    "password",
    [
        "A1#" + "é" * 125,
        "Été pluvieux 1984 à Brest",
        "Пароль-77 тайный",
        "密码Abc#9长城万里",
        "🐢Tortue géante 9",
        "K7#mQ2x9!vB",
    ],
)
def test_long_passwords_and_any_language_are_accepted(at_the_step, alice, password):
    assert choose_password(at_the_step, password).url == "/profil/connexion/proposition/"
    assert Grant.objects.get(client=alice).user.check_password(password)


def test_refused_password_leaves_the_step_open(at_the_step):
    choose_password(at_the_step, "trop simple")

    assert choose_password(at_the_step).url == "/profil/connexion/proposition/"
