"""The staff bring documents in, check each line, publish, replace, take back; on a phone and on a desk."""

import itertools
import re
import secrets

import pytest
from playwright.sync_api import expect

from parvis.kit.papers import Letterhead, Paper, Text
from tests.browser.demonstration import wait_for
from tests.browser.inspection import sideways, violations
from tests.browser.person import SIZES

pytestmark = pytest.mark.browser
LIST, DEPOSIT, TABLE = "/gestion/documents/", "/gestion/documents/deposer/", "/gestion/documents/a-classer/"
WORKER_MS = 60_000


@pytest.fixture(params=list(itertools.product(SIZES, (True, False))), ids=lambda one: f"{one[0]}-{one[1]}")
def diane(request, person_at, demonstration):
    """Somebody of the agency at work, with scripts or without."""
    size, has_script = request.param
    person = person_at(size, java_script_enabled=has_script)
    person.comes_to_work(demonstration.staff())
    person.page.wait_for_url("**/gestion/")
    return person


def is_sound(person, name):
    """No sideways scroll, nothing that axe-core reproaches, and a picture to look at."""
    person.keeps(f"gestion-documents-{name}", folder="" if person.has_script else f"{person.size}-sans-script")
    assert sideways(person) == []
    assert not person.has_script or violations(person) == []


def pdf(title):
    """A real PDF that says so."""
    head = Letterhead(name="Cabinet", hue=260, lines=["3 rue des Tilleuls"])
    return Paper(letterhead=head, title=title, recipient=[], blocks=[Text(paragraphs=["Suite."])]).pdf()


def file(name, content):
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def sends(person, label, *files):
    person.page.get_by_label(label, exact=True).set_input_files(list(files))


def sees_examined(person, words):
    """The files are looked at by the worker: the page is asked for again until it says so."""

    def told():
        person.opens(TABLE)
        return True if words in person.page.locator("main").inner_text() else None

    wait_for(told, words, seconds=WORKER_MS / 1000)


def a_building(person):
    """« Les Tilleuls (0012) », the first that is proposed."""
    return person.page.locator("datalist option").first.get_attribute("value")


def row_of(person, title):
    return person.page.locator("article", has=person.page.get_by_role("heading", name=title))


def test_many_files_are_brought_in_checked_published_replaced_and_taken_back(diane):
    mark = secrets.token_hex(3)
    known, unknown = f"Carnet d’entretien {mark}", f"scan{mark}0001.pdf"
    diane.opens(LIST)
    is_sound(diane, "liste")
    diane.follows("Déposer des documents")
    diane.is_on("Déposer des documents")
    is_sound(diane, "deposer")

    files = [
        file(f"{known} 2026-03-12.pdf", pdf(f"Carnet d’entretien {mark}")),
        file(unknown, pdf(f"Une page {mark}")),
        file(f"page {mark}.pdf", b"<html><script>alert(1)</script>"),
    ]
    sends(diane, "Fichiers", *files)
    diane.presses("Envoyer")
    diane.is_on("Documents à classer")
    sees_examined(diane, "Ce fichier n’est ni un PDF")
    sees_examined(diane, known)
    is_sound(diane, "a-classer")

    describes(diane, known)
    describes(diane, unknown.removesuffix(".pdf"), title=f"Notice {mark}", kind="Notice d’information")
    diane.reads("Visible par")
    is_sound(diane, "verifies")
    diane.presses("Publier les documents vérifiés")
    diane.reads("documents sont publiés")
    row = diane.page.locator("li", has_text=f"page {mark}.pdf")
    row.get_by_role("button").click()

    finds(diane, known)
    is_sound(diane, "un-document")
    replaces(diane, mark)
    finds(diane, known)
    diane.follows("Retirer")
    is_sound(diane, "retirer")
    diane.presses("Retirer ce document")
    diane.reads("plus personne ne le voit")


def describes(person, words, **said):
    """Say what the file is, and to whom: the co-owners of the first building."""
    place = person.page.locator("article", has_text=words).first
    place.get_by_role("link", name=re.compile("Compléter|Modifier")).click()
    person.is_on("Vérifier un document")
    is_sound(person, "verifier")
    person.types("Immeuble", a_building(person))
    person.types("Titre", said.get("title", words))
    person.types("Date du document", "2026-03-12")
    person.page.get_by_label("Pour", exact=True).select_option(label="Les copropriétaires d’un immeuble")
    if "kind" in said:
        person.page.get_by_label("Nature", exact=True).select_option(label=said["kind"])
    person.presses("Enregistrer")
    person.reads("est vérifié")


def finds(person, title):
    person.opens(LIST)
    person.page.get_by_label("Rechercher un titre, un immeuble, un client").fill(title)
    person.presses("Chercher")
    person.page.locator("main a.row").first.click()
    person.is_on(title)


def replaces(person, mark):
    person.follows("Remplacer")
    person.is_on("Remplacer un document")
    is_sound(person, "remplacer")
    sends(person, "Nouveau fichier", file("nouveau.pdf", pdf(f"Nouvelle version {mark}")))
    person.presses("Envoyer le nouveau fichier")
    sees_examined(person, mark)
    row = person.page.locator("article", has_text=mark).first
    row.get_by_role("button", name=re.compile("^Confirmer")).click()
    person.presses("Publier le document vérifié")
    person.reads("Le document est publié")


def test_files_are_dropped_and_one_that_failed_is_sent_again(person_at, demonstration):
    diane = person_at("desktop")
    diane.comes_to_work(demonstration.staff())
    diane.page.wait_for_url("**/gestion/")
    diane.opens(DEPOSIT)
    diane.page.route(
        "**/deposer/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    name = f"depot {secrets.token_hex(3)}.pdf"
    dropped = diane.page.evaluate_handle(
        """name => { const data = new DataTransfer();
        data.items.add(new File(["%PDF-"], name, {type: "application/pdf"})); return data; }""",
        name,
    )
    diane.page.dispatch_event("[data-deposit]", "drop", {"dataTransfer": dropped})
    diane.reads("L’envoi a échoué")
    is_sound(diane, "envoi-echoue")

    diane.page.unroute("**/deposer/")
    diane.presses("Réessayer")

    diane.is_on("Documents à classer")
    sees_examined(diane, name)
    expect(diane.page.locator("li", has_text=name)).to_contain_text("abîmé")
    diane.page.locator("li", has_text=name).get_by_role("button").click()
