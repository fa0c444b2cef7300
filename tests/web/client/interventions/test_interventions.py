"""Interventions: followed like a parcel; neighbours see the case without the words of who reported it."""

import datetime as dt

from parvis.interventions.models import InterventionEvent
from parvis.web.client.interventions.listing import CASES_SHOWN
from tests.factories import ClientFactory, InterventionFactory, LotFactory


def page_at(signed_in, path):
    response = signed_in.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_list_tells_what_is_under_way_from_what_is_ended(signed_in, home):
    InterventionFactory(building=home.building, title="Fuite au parking", state="scheduled")
    InterventionFactory(building=home.building, title="Porte bloquée", state="closed")

    under_way = page_at(signed_in, "/interventions/")
    ended = page_at(signed_in, "/interventions/?etat=terminees")

    assert "Fuite au parking" in under_way
    assert "Rendez-vous fixé" in under_way
    assert "Porte bloquée" not in under_way
    assert "Porte bloquée" in ended
    assert "Fuite au parking" not in ended


def test_case_says_its_next_step_and_what_was_done(signed_in, alice, home):
    case = InterventionFactory(
        building=home.building,
        reporter=alice,
        description="De l'eau goutte !",
        next_step="Visite du plombier",
        next_step_on=dt.date(2026, 11, 24),
    )
    InterventionEvent.objects.create(
        intervention=case, happened_on=dt.date(2026, 11, 19), label="Prise en charge", author_name="Élise Hamon"
    )

    page = page_at(signed_in, f"/interventions/{case.public_id}/")

    assert "Visite du plombier, <time" in page
    assert "mardi 24\u00a0novembre 2026</time>" in page
    assert "Prise en charge" in page
    assert "par Élise Hamon" in page
    assert "par vous" in page
    assert "De l’eau goutte\u202f!" in page


def test_report_is_told_once(signed_in, home):
    case = InterventionFactory(building=home.building, reported_on=dt.date(2026, 11, 18))
    InterventionEvent.objects.create(
        intervention=case, happened_on=dt.date(2026, 11, 18), label="Problème signalé par téléphone", author_name=""
    )

    page = page_at(signed_in, f"/interventions/{case.public_id}/")

    assert page.count("18\u00a0novembre 2026") == 2  # the step, and « Déclarée le »
    assert "Problème déclaré" not in page


def test_long_story_folds_its_middle(signed_in, home):
    case = InterventionFactory(building=home.building, reported_on=dt.date(2026, 11, 1))
    for rank in range(2, 9):
        InterventionEvent.objects.create(
            intervention=case, happened_on=dt.date(2026, 11, rank), label=f"Étape du {rank}", author_name=""
        )

    page = page_at(signed_in, f"/interventions/{case.public_id}/")

    folded = page[page.index("<details>") : page.index("</details>")]
    assert "Voir les 4 étapes précédentes" in folded
    assert [rank for rank in range(2, 9) if f"Étape du {rank}<" in folded] == [2, 3, 4, 5]
    assert "Problème déclaré" not in folded


def test_neighbour_reads_the_case_but_not_the_words_of_the_reporter(signed_in, alice, home):
    bob = ClientFactory(agency=alice.agency, first_name="Bob", last_name="Perrin")
    case = InterventionFactory(building=home.building, reporter=bob, description="Mon code est le 1234.")

    InterventionEvent.objects.create(
        intervention=case, happened_on=dt.date(2026, 11, 19), label="Message ajouté", author_name="Bob Perrin"
    )

    page = page_at(signed_in, f"/interventions/{case.public_id}/")

    assert "Fuite au plafond du parking" in page
    assert "Message ajouté" in page
    assert "1234" not in page
    assert "Perrin" not in page
    assert "par vous" not in page


def test_company_is_named_once_it_has_its_order(signed_in, home):
    before = InterventionFactory(building=home.building, state="quote_requested", supplier_name="Plomberie Martel")
    after = InterventionFactory(building=home.building, state="ordered", supplier_name="Plomberie Martel")

    assert "Martel" not in page_at(signed_in, f"/interventions/{before.public_id}/")
    assert "Martel" in page_at(signed_in, f"/interventions/{after.public_id}/")


def test_ended_case_promises_nothing_more(signed_in, home):
    case = InterventionFactory(building=home.building, state="closed", next_step="Visite du plombier")

    assert "Visite du plombier" not in page_at(signed_in, f"/interventions/{case.public_id}/")


def test_case_in_the_flat_of_a_neighbour_does_not_exist(signed_in, home):
    flat = LotFactory(building=home.building)
    case = InterventionFactory(building=home.building, lot=flat, scope="private")

    assert signed_in.get(f"/interventions/{case.public_id}/").status_code == 404
    assert case.title not in page_at(signed_in, "/interventions/")


def test_without_any_case_the_phone_is_there(signed_in):
    assert 'href="tel:+33100000000"' in page_at(signed_in, "/interventions/")


def test_cost_does_not_grow_with_the_cases(signed_in, home, assert_flat):
    InterventionFactory(building=home.building)
    assert signed_in.get("/interventions/").status_code == 200

    assert_flat("/interventions/", lambda: InterventionFactory.create_batch(25, building=home.building))


def test_older_cases_stand_on_the_next_page(signed_in, home):
    oldest = InterventionFactory(building=home.building, title="La plus ancienne", reported_on=dt.date(2020, 1, 1))
    InterventionFactory.create_batch(CASES_SHOWN, building=home.building, title="Une autre")

    first, second = page_at(signed_in, "/interventions/"), page_at(signed_in, "/interventions/?page=2")

    assert f'En cours <span class="small">({CASES_SHOWN + 1})' in first
    assert oldest.public_id not in first
    assert oldest.public_id in second
    assert "Une autre" not in second
