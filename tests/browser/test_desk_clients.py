"""The staff find a client, write to them, help them in, and look as they do; on a phone and on a desk."""

import itertools
import zlib

import pytest
from playwright.sync_api import expect

from tests.browser.inspection import sideways, violations
from tests.browser.person import SIZES

pytestmark = pytest.mark.browser
SEARCH = "Rechercher un client"
REASON = "Répondre à votre appel du matin"
NEVER_RIGHT = "Soleil-Mauvais-9"


@pytest.fixture(params=list(itertools.product(SIZES, (True, False))), ids=lambda one: f"{one[0]}-{one[1]}")
def diane(request, person_at, demonstration):
    """Somebody of the agency at work, with scripts or without."""
    size, has_script = request.param
    person = person_at(size, java_script_enabled=has_script, accept_downloads=True)
    person.comes_to_work(demonstration.staff())
    person.page.wait_for_url("**/gestion/")
    return person


def is_sound(person, name):
    """No sideways scroll, nothing that axe-core reproaches, and a picture to look at."""
    person.keeps(f"gestion-clients-{name}", folder="" if person.has_script else f"{person.size}-sans-script")
    assert sideways(person) == []
    assert not person.has_script or violations(person) == []


def finds(person, letter):
    """Search by the identifiant, and open the one card that answers."""
    person.opens("/gestion/clients/")
    person.page.get_by_label(SEARCH).fill(letter.identifier)
    if not person.has_script:
        person.presses("Rechercher")
    person.reads("1 client")
    is_sound(person, "recherche")
    person.page.locator("main a.row-title").click()
    person.reads(f"Identifiant {letter.identifier}")


def test_letter_is_drawn_then_comes_back_then_the_selection_is_written_to(diane, demonstration):
    letter = demonstration.letter("letter")
    finds(diane, letter)
    diane.reads("Jamais connecté")
    is_sound(diane, "fiche")

    diane.follows("Nouvelle lettre")
    is_sound(diane, "nouvelle-lettre")
    with diane.page.expect_download() as awaited:
        diane.presses("Tirer la lettre (PDF)")
    assert awaited.value.path().read_bytes().startswith(b"%PDF")

    diane.follows("Retour")
    diane.follows("Lettre revenue")
    is_sound(diane, "lettre-revenue")
    diane.presses("Noter le retour")
    diane.reads("Le retour est noté.")
    diane.reads("revenue à l’envoyeur")


def test_letters_of_a_building_say_who_is_left_out_and_why(diane):
    diane.opens("/gestion/clients/")
    diane.follows("Lettres pour un immeuble")
    is_sound(diane, "lettres-immeuble")
    diane.page.get_by_label("Immeuble").select_option(index=1)
    diane.presses("Continuer")
    diane.is_on("Lettres")
    diane.reads("Sans lettre")
    is_sound(diane, "lettres")


def test_known_address_changes_and_the_old_one_is_told(diane, demonstration):
    letter = demonstration.letter("letter", with_email=True)
    told = len(demonstration.arrived(letter.email, "ne vous écrira plus"))
    finds(diane, letter)
    diane.follows("Changer l’adresse connue")
    is_sound(diane, "adresse-connue")
    diane.types("Nouvelle adresse connue", "sans arobase")
    diane.presses("Changer l’adresse")
    diane.reads("Nos messages ne peuvent pas aller à cette adresse")
    is_sound(diane, "adresse-refusee")

    diane.types("Nouvelle adresse connue", f"nouvelle.{zlib.crc32(letter.email.encode())}@exemple.fr")
    diane.presses("Changer l’adresse")

    diane.reads("L’adresse connue est changée. L’ancienne est prévenue.")
    demonstration.message(letter.email, "ne vous écrira plus", after=told)


def test_space_is_seen_as_the_client_sees_it_and_they_read_why(diane, demonstration, person_at):
    letter = demonstration.active("owner")
    finds(diane, letter)
    diane.follows("Voir comme ce client")
    diane.presses("Voir son espace")
    diane.reads("Dites pourquoi")
    diane.types("Motif", REASON)
    diane.presses("Voir son espace")

    diane.is_home()
    diane.reads("sans pouvoir rien y changer")
    is_sound(diane, "visite-accueil")
    diane.opens("/comptes/")
    diane.reads("Revenir à la gestion")
    diane.opens("/profil/")
    diane.reads("Cette page n’est pas montrée pendant une visite")
    is_sound(diane, "visite-refusee")
    diane.presses("Revenir à la gestion")
    diane.reads(f"Identifiant {letter.identifier}")

    holder = person_at(diane.size)
    holder.comes_in(letter)
    holder.is_home()
    holder.opens("/profil/consultations/")
    holder.reads(f"Motif\u00a0: {REASON}")


def test_access_locked_by_wrong_passwords_is_unlocked_then_ended(diane, demonstration, person_at):
    letter, stranger = demonstration.letter("letter"), person_at("desktop")
    for _ in range(5):
        stranger.signs_in(letter.identifier, NEVER_RIGHT)
    finds(diane, letter)
    diane.reads("Bloqué après trop d’essais")
    diane.follows("Débloquer l’accès")
    is_sound(diane, "debloquer")
    diane.presses("Débloquer l’accès")
    diane.reads("L’accès est débloqué.")

    diane.follows("Fermer l’accès")
    is_sound(diane, "fermer")
    diane.presses("Fermer l’accès")
    diane.reads("L’accès est fermé.")
    expect(diane.page.get_by_text("annulée par l’agence")).to_be_visible()
