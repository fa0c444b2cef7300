"""A problem is declared from a phone with a photo, followed, spoken of, then called off: with a script and without."""

import io
import random

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.declaring import says_where_and_what, starts
from tests.browser.inspection import sideways, violations

pytestmark = pytest.mark.browser

CHOOSE = "#id_photos"
LONGEST_SIDE = 2048


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def scripts(request):
    return request.param


@pytest.fixture
def alice(person_at, demonstration, size, scripts):
    person = person_at(size, java_script_enabled=scripts)
    person.comes_in(demonstration.active("owner"))
    person.is_home()
    return person


@pytest.fixture(scope="module")
def heavy_photo():
    """As a telephone makes them: some megabytes, 3000 pixels wide."""
    kept = io.BytesIO()
    pixels = random.Random(1).randbytes(3000 * 2250 * 3)
    Image.frombytes("RGB", (3000, 2250), pixels).save(kept, "JPEG", quality=60)
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def looks(person, name):
    """A picture for people, axe-core for everybody."""
    person.keeps(f"declarer-{name}-{'script' if person.has_script else 'sans-script'}")
    if person.has_script:
        assert violations(person) == []
        assert sideways(person) == []


def adds(person, photo):
    person.page.locator(CHOOSE).set_input_files(photo)
    if not person.has_script:
        person.presses("Envoyer les photos choisies")
    expect(person.page.locator("[data-photos] img")).to_be_visible()


def width_of(person, address):
    """How wide the photo is that the server keeps."""
    measure = "async (path) => (await createImageBitmap(await (await fetch(path)).blob())).width"
    return person.page.evaluate(measure, address)


def test_problem_is_declared_followed_and_called_off(alice, heavy_photo):
    starts(alice)
    looks(alice, "1-urgence")
    says_where_and_what(alice, look=lambda name: looks(alice, name))
    alice.page.locator("textarea").fill("La porte ne ferme plus depuis hier.")
    adds(alice, heavy_photo)
    expect(alice.page.locator("textarea")).to_have_value("La porte ne ferme plus depuis hier.")
    alice.page.locator("input[name^=words-]").fill("La serrure forcée")
    looks(alice, "4-description")
    if alice.has_script:
        path = alice.page.locator("[data-photos] li > a").get_attribute("href")
        assert width_of(alice, path) == LONGEST_SIDE
    alice.presses("Continuer")
    alice.is_on("Quand peut-on venir\u202f?")
    alice.page.get_by_label("Après 18\u00a0h").check()
    looks(alice, "5-disponibilites")
    alice.presses("Continuer")

    alice.is_on("Vérifiez votre déclaration")
    alice.reads("La porte ne ferme plus depuis hier.")
    looks(alice, "6-verification")
    alice.presses("Envoyer ma déclaration")
    alice.is_on("Votre déclaration est enregistrée")
    looks(alice, "7-enregistree")
    alice.follows("Suivre l’intervention")
    alice.reads("Problème déclaré")
    alice.reads("par vous")
    looks(alice, "8-suivi")

    alice.follows("Ajouter un message ou une photo")
    alice.types("Votre message", "Elle s’ouvre toute seule.")
    alice.presses("Envoyer")
    alice.reads("Votre message est envoyé.")
    alice.reads("Elle s’ouvre toute seule.")
    looks(alice, "9-message")
    alice.follows("Annuler ma déclaration")
    alice.page.locator("textarea").fill("C’est réparé.")
    looks(alice, "10-annuler")
    alice.presses("Annuler ma déclaration")
    alice.reads("Votre déclaration est annulée.")


@pytest.mark.parametrize("scripts", [True], indirect=True, ids=["scripts"])
@pytest.mark.parametrize(
    "refuse",
    [
        lambda route: route.abort(),
        lambda route: route.fulfill(status=502, content_type="text/html", body="<h1>502 Bad Gateway</h1>"),
        lambda route: route.fulfill(status=413, content_type="text/html", body="<main>Trop lourd</main>"),
        lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>Portail du wifi</h1>"),
    ],
    ids=["network", "proxy down", "too heavy for the proxy", "page of another"],
)
def test_broken_upload_keeps_the_words_and_leaves_again(alice, heavy_photo, refuse):
    starts(alice)
    says_where_and_what(alice)
    alice.page.locator("textarea").fill("La porte grince.")
    alice.context.route("**/description/", refuse)

    alice.page.locator(CHOOSE).set_input_files(heavy_photo)
    alice.reads("1 photo n’a pas été envoyée.")
    looks(alice, "photo-non-envoyee")
    alice.context.unroute("**/description/")
    alice.presses("Réessayer")

    expect(alice.page.locator("[data-photos] img")).to_be_visible()
    expect(alice.page.locator("textarea")).to_have_value("La porte grince.")
    alice.opens("/interventions/declarer/")
    alice.presses("Effacer et recommencer")


def test_draft_is_offered_again_where_it_was_left(alice):
    starts(alice)
    says_where_and_what(alice)

    alice.opens("/interventions/declarer/")
    alice.reads("Vous avez commencé une déclaration")
    looks(alice, "brouillon")
    alice.follows("Reprendre ma déclaration")

    alice.is_on("Décrivez le problème")
    alice.opens("/interventions/declarer/")
    alice.presses("Effacer et recommencer")
