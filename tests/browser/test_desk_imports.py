"""The staff bring books in, read what would change, apply it, follow it, read the report; on a phone and on a desk."""

import itertools

import pytest

from tests.browser.demonstration import wait_for
from tests.browser.inspection import sideways, violations
from tests.browser.person import SIZES
from tests.exchange.books import owed, write_fec

pytestmark = pytest.mark.browser
LIST = "/gestion/imports/"
WORKER_SECONDS = 60
VARIANTS = list(itertools.product(SIZES, (True, False)))


@pytest.fixture(params=VARIANTS, ids=lambda one: f"{one[0]}-{one[1]}")
def diane(request, person_at, demonstration):
    """Who keeps the books, with scripts or without."""
    size, has_script = request.param
    person = person_at(size, java_script_enabled=has_script, accept_downloads=True)
    person.comes_to_work(demonstration.staff("accountant"))
    person.page.wait_for_url("**/gestion/")
    return person


def is_sound(person, name):
    """No sideways scroll, nothing that axe-core reproaches, and a picture to look at."""
    person.keeps(f"gestion-imports-{name}", folder="" if person.has_script else f"{person.size}-sans-script")
    assert sideways(person) == []
    assert not person.has_script or violations(person) == []


def brings(person, path):
    person.opens(LIST)
    person.page.get_by_label("Fichier", exact=True).set_input_files(path)
    person.presses("Envoyer et voir l’aperçu")
    person.page.wait_for_url("**/arrivages/**")


def sees(person, words):
    """What the worker did: the page says it by itself with scripts, once asked again without."""

    def told():
        if not person.has_script:
            person.opens(person.page.url)
        return True if words in person.page.locator("main").inner_text() else None

    wait_for(told, words, seconds=WORKER_SECONDS)


def test_books_are_previewed_applied_and_told(diane, tmp_path):
    year = 2020 + VARIANTS.index((diane.size, diane.has_script))
    path = write_fec(tmp_path, owed(f"{year}0105", f"450NEUF{year}", "Appel", "412,35"), closing=f"{year}1231")
    diane.opens(LIST)
    is_sound(diane, "liste")

    brings(diane, path)
    sees(diane, "1 ligne attendra qu’un client soit donné à son compte")
    is_sound(diane, "apercu")
    diane.presses("Appliquer")
    sees(diane, "Import appliqué")
    diane.reads("Des comptes attendent leur client")
    is_sound(diane, "rapport")

    diane.presses("Importer de nouveau ce fichier")
    sees(diane, "Rien n’est encore changé")
    diane.presses("Abandonner")
    diane.reads("rien n’a été changé")
    history = diane.page.get_by_role("region", name="Historique")
    history.locator("a.row", has_text=path.name).first.click()
    diane.reads("Compte rendu")
    is_sound(diane, "compte-rendu")


def test_what_is_refused_is_read_line_by_line_and_taken_away(diane, tmp_path):
    lines = owed("20190105", "450FAUX", "Appel", "412,35")
    lines[0]["Debit"] = "douze"
    path = write_fec(tmp_path, lines, closing="20191231")

    brings(diane, path)
    sees(diane, "Ce qui est refusé")
    diane.reads("ligne 2")
    is_sound(diane, "refus")
    with diane.page.expect_download() as awaited:
        diane.follows("Télécharger les refus (CSV)")

    assert "douze" in awaited.value.path().read_text()
    diane.presses("Abandonner")


def test_file_that_is_none_is_refused_at_the_door(diane, tmp_path):
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8\xff")

    diane.opens(LIST)
    diane.page.get_by_label("Fichier", exact=True).set_input_files(path)
    diane.presses("Envoyer et voir l’aperçu")

    diane.reads("Ce fichier n’est ni un paquet (ZIP) ni un FEC (TXT)")
    is_sound(diane, "refuse")
