"""The list: filters that add up, pages that begin after a case, one gesture for several."""

import datetime as dt
import re
from urllib.parse import urlencode

import pytest

from parvis.interventions.actions import moves
from parvis.interventions.models import CaseMessage, Intervention
from parvis.kit.identifiers import new_public_id
from parvis.people.models import StaffMember
from tests.factories import BuildingFactory, InterventionFactory
from tests.interventions.cast import declared

pytestmark = pytest.mark.django_db
PAGE = "/gestion/interventions/liste/"


def read(browser, query=""):
    return browser.get(f"{PAGE}{query}").content.decode()


def found(browser, query=""):
    """The titles, in the order of the page."""
    return re.findall(r'class="row-title" href="[^"]+">([^<]+)<', read(browser, query))


@pytest.fixture
def three(lot):
    elsewhere = BuildingFactory(agency=lot.agency, name="Le Belvédère")
    return [
        InterventionFactory(building=lot.building, title="Ampoule", category="electricity", reported_on="2026-11-02"),
        InterventionFactory(building=lot.building, title="Fuite", category="water", reported_on="2026-11-03"),
        InterventionFactory(building=elsewhere, title="Porte", category="door", reported_on="2026-11-04"),
    ]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Ampoule", "Fuite", "Porte"]),
        ("?categorie=water", ["Fuite"]),
        ("?q=port", ["Porte"]),
        ("?etape=a-confirmer", []),
        ("?categorie=unheard-of&voir=unheard-of&etape=unheard-of", ["Ampoule", "Fuite", "Porte"]),
        ("?urgentes=1", []),
        ("?sinistres=1", []),
    ],
)
def test_filters(diane, three, query, titles):
    assert found(diane, query) == titles


def test_filters_add_up(diane, three, lot):
    query = f"?immeuble={lot.building.public_id}&categorie=water"

    assert found(diane, query) == ["Fuite"]


def test_what_is_mine(diane, three, desk):
    three[2].assigned_to = desk.member
    three[2].save()

    assert found(diane, "?voir=a-moi") == ["Porte"]


def test_what_is_over_has_its_own_tab(diane, lot):
    InterventionFactory(building=lot.building, title="Finie", state="closed", closed_on=dt.date(2026, 11, 20))

    assert found(diane) == []
    assert found(diane, "?voir=terminees") == ["Finie"]


def test_nothing_found_says_so_and_leads_out(diane, three):
    page = read(diane, "?q=licorne")

    assert "Aucune intervention ne répond à ces choix." in page
    assert "Voir toutes les interventions en cours" in page


def test_next_page_begins_after_the_last_case_whatever_left_meanwhile(diane, lot):
    cases = [
        InterventionFactory(building=lot.building, title=f"Cas {rank:02}", reported_on="2026-11-02")
        for rank in range(35)
    ]
    following = re.search(r'href="[^"]*\?([^"]*apres=[^"]+)">Suite', read(diane))
    Intervention.objects.filter(pk=cases[3].pk).update(state="closed")

    second = found(diane, f"?{following[1]}")

    assert second == [f"Cas {rank:02}" for rank in range(30, 35)]
    assert "Revenir au début" in read(diane, f"?{following[1]}")


@pytest.mark.usefixtures("diane")
def test_hundredth_page_costs_what_the_first_does(queries_of, lot):
    facts = {"agency": lot.agency, "building": lot.building, "scope": "common", "title": "Ampoule"}
    many = [Intervention(number=f"A{rank}", reported_on="2026-11-02", **facts) for rank in range(3_100)]
    Intervention.objects.bulk_create(many, batch_size=500)
    middle = Intervention.objects.order_by("pk")[3_000].public_id
    queries_of(PAGE)

    first, hundredth = queries_of(PAGE), queries_of(f"{PAGE}?apres={middle}")

    assert len(hundredth) == len(first) + 1  # that finds where to begin


def ticks(*cases):
    return [f"{case.public_id}.{case.version}" for case in cases]


def send(browser, cases, **typed):
    return browser.post(
        f"{PAGE}actions/", {"case": ticks(*cases), "sending_key": new_public_id(), **typed}, follow=True
    ).content.decode()


@pytest.fixture
def two(lot, alice):
    return [declared(lot, alice, title=title) for title in ("Fuite", "Volet")]


def test_several_are_acknowledged_at_once(diane, two):
    page = send(diane, two, gesture="prendre-en-charge")

    assert "2 interventions sont prises en charge." in page
    assert set(Intervention.objects.values_list("state", flat=True)) == {"acknowledged"}


def test_one_that_somebody_else_changed_is_named_and_the_others_are_done(diane, two, desk):
    moves.reject(intervention=two[0], by=desk, version=two[0].version, reason="Hors copropriété")

    page = send(diane, two, gesture="prendre-en-charge")

    assert "1 intervention est prise en charge." in page
    assert f"N°\u00a0{two[0].number} («\u00a0Refusée\u00a0»)\u00a0: Ce dossier a changé entre-temps" in page
    two[0].refresh_from_db()
    assert two[0].state == "rejected"


def test_those_refused_for_one_reason_are_told_in_one_sentence(diane, two, desk):
    for case in two:
        moves.reject(intervention=case, by=desk, version=case.version, reason="Hors copropriété")

    page = send(diane, two, gesture="prendre-en-charge")

    assert page.count("Ce dossier a changé entre-temps") == 1


def test_several_are_given_to_somebody(diane, two):
    member = StaffMember.objects.get()

    page = send(diane, two, gesture="confier", staff_member=member.public_id)

    assert "2 interventions sont confiées." in page
    assert Intervention.objects.filter(assigned_to=member).count() == 2


def test_their_reporters_are_written_to_once_however_often_it_is_sent(diane, two):
    key = new_public_id()

    for _ in range(2):
        send(diane, two, gesture="ecrire", text="Le plombier passe jeudi.", sending_key=key)

    assert CaseMessage.objects.filter(audience="reporter").count() == 2


def test_nothing_ticked_keeps_what_was_typed(diane, two):
    page = send(diane, [], gesture="ecrire", text="Le plombier passe jeudi.")

    assert "Cochez au moins une intervention." in page
    assert "Le plombier passe jeudi." in page


def test_message_missing_keeps_the_ticks(diane, two):
    page = send(diane, two[:1], gesture="ecrire", text="")

    assert "Écrivez votre message." in page
    assert page.count(" checked") == 1


def test_way_back_leads_nowhere_else(diane, two):
    typed = {"gesture": "prendre-en-charge", "retour": "https://ailleurs.exemple.fr/?voir=a-moi\r\nX: y"}

    answer = diane.post(f"{PAGE}actions/", {"case": ticks(*two), "sending_key": new_public_id(), **typed})

    assert answer.headers["Location"].startswith(PAGE)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("degat", "DÉGÂT des eaux"),
        ("dégât", "Degat des eaux"),
        ("porte d'entree", "Porte d’entrée"),
        ("oeil-de-boeuf", "Œil-de-bœuf fêlé"),
        ("coetlogon", "Rue Coëtlogon"),
        ("(a+)+", "Lot (a+)+ inondé"),
    ],
)
def test_search_does_not_mind_accents(diane, agency, typed, title):
    InterventionFactory(building__agency=agency, title=title)
    InterventionFactory(building__agency=agency, title="Ascenseur")

    page = read(diane, f"?{urlencode({'q': typed})}")

    assert "1 intervention sur cette page" in page
