"""Each page of a declaration and of its case, looked at by `test_every_page`."""

import io

from PIL import Image
from playwright.sync_api import expect

from tests.browser.declaring import (
    ENDS,
    FINISHES,
    ORDERS_WITH_TIMES,
    put_to,
    says_where_and_what,
    starts,
    the_agency,
)

NOT_PAGES = {
    f"client:interventions-{word}"
    for word in (
        "again",
        "calendar",
        "declare-forget",
        "draft-file",
        "draft-thumbnail",
        "photo",
        "quote-file",
        "thumbnail",
    )
}
KIND = "Bruit"


def look_at_cases(inspection, person, demonstration):
    """From the first question to a case that comes back; then a quote put to a council."""
    letter = demonstration.active("council")
    person.comes_in(letter)
    person.is_home()
    number = declare(inspection, person)
    meet_it_again(inspection, person)
    follow(inspection, person, demonstration, number)
    title = put_to("council", demonstration, letter)
    person.opens("/interventions/")
    person.page.get_by_role("link", name=title).click()
    person.page.get_by_role("link", name="Devis d").first.click()
    inspection.look(person)
    person.context.clear_cookies()


def declare(inspection, person):
    """Every question, one photo; the number of the case, whose page is left open."""
    starts(person)
    inspection.look(person)
    says_where_and_what(person, KIND, look=lambda name: inspection.look(person, name))
    person.page.locator("textarea").fill("Toute la nuit.")
    person.page.locator("#id_photos").set_input_files(photo())
    expect(person.page.locator("[data-photos] img")).to_be_visible()
    inspection.look(person)
    for _question in ("when", "check"):
        person.presses("Continuer")
        person.page.wait_for_load_state()
        inspection.look(person)
    person.presses("Envoyer ma déclaration")
    person.is_on("Votre déclaration est enregistrée")
    inspection.look(person)
    number = person.page.locator(".headline").inner_text().removeprefix("Numéro ").rstrip(".")
    person.follows("Suivre l’intervention")
    return number


def meet_it_again(inspection, person):
    """« Ce problème est déjà signalé. »; the case is left open again."""
    person.opens("/interventions/declarer/")
    person.presses("Ce n’est pas une urgence")
    person.page.locator("input[name=spot]").first.check()
    person.presses("Continuer")
    person.page.get_by_label(KIND, exact=True).check()
    person.presses("Continuer")
    person.is_on("Ce problème est déjà signalé.")
    inspection.look(person)
    person.page.get_by_role("link", name="Voir le suivi").first.click()


def follow(inspection, person, demonstration, number):
    """Each gesture when it is time for it."""
    person.reads("Que voulez-vous faire")
    inspection.look(person, "declared")
    case = person.page.url
    person.page.locator(".photos a").first.click()
    inspection.look(person)
    look_at(inspection, person, case, "message", "annuler")
    the_agency(demonstration, ORDERS_WITH_TIMES.format(number=number))
    look_at(inspection, person, case, "creneau")
    the_agency(demonstration, FINISHES.format(number=number))
    look_at(inspection, person, case, "rouvrir", "resolu")
    person.presses("Oui, il est résolu")
    inspection.look(person, "closed")
    look_at(inspection, person, case, "avis", "rouvrir")
    person.page.locator("textarea").fill("Encore.")
    person.presses("Rouvrir l’intervention")
    the_agency(demonstration, ENDS.format(number=number))


def look_at(inspection, person, case, *words):
    for word in words:
        person.opens(f"{case}{word}/")
        assert person.page.url.endswith(f"/{word}/"), person.page.url
        inspection.look(person)


def photo():
    kept = io.BytesIO()
    Image.new("RGB", (400, 300), (120, 90, 60)).save(kept, "JPEG")
    return {"name": "mur.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}
