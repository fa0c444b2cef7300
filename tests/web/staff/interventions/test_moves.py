"""The gestures on a case: each asks what it needs, tells what it did, and overwrites nobody."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.interventions.actions import answers, moves, orders
from parvis.interventions.models import Intervention, WorkOrder
from parvis.interventions.rules.orders import window
from parvis.kit.days import paris_day
from parvis.mail.models import OutboxMessage
from parvis.web.staff.interventions.moves import MOVES
from tests.interventions.cast import declared
from tests.web.staff.interventions.conftest import page_of

pytestmark = pytest.mark.django_db


def press(browser, case, gesture, **typed):
    """Send that gesture from the page of the case as it is."""
    return browser.post(
        page_of(case, "faire", gesture), {"version": case.version, **typed}, follow=True
    ).content.decode()


def tomorrow():
    return paris_day(timezone.now()) + dt.timedelta(days=2)


def test_whole_way_from_report_to_end(diane, case, plumber):
    visit = {"on": tomorrow().isoformat(), "begins": "08:00", "ends": "10:00"}
    steps = [
        ("prendre-en-charge", {}, "acknowledged"),
        ("mettre-en-attente", {"reason": "Pièce commandée", "until": tomorrow().isoformat()}, "on_hold"),
        ("reprendre", {}, "acknowledged"),
        ("demander-un-devis", {}, "quote_requested"),
        ("soumettre-le-devis", {"approver": "du propriétaire"}, "awaiting_approval"),
        ("mandater", {"supplier": plumber.public_id, "order": "Réparer la fuite."}, "ordered"),
        ("fixer-le-rendez-vous", visit, "scheduled"),
        ("replanifier", {"reason": "Client absent"}, "ordered"),
        ("fixer-le-rendez-vous", visit, "scheduled"),
        ("commencer", {}, "in_progress"),
        ("terminer", {"text": "Joint remplacé."}, "done"),
        ("clore", {}, "closed"),
        ("rouvrir", {"reason": "La fuite revient"}, "acknowledged"),
        ("refuser", {"reason": "À la charge du locataire"}, "rejected"),
    ]
    words = {move.slug: move.told for move in MOVES}

    for gesture, typed, state in steps:
        page = press(diane, case, gesture, **typed)
        case.refresh_from_db()
        assert (case.state, words[gesture] in page) == (state, True), gesture


def test_every_gesture_has_its_page(diane, case, desk):
    assert diane.get(page_of(case, "faire", "prendre-en-charge")).status_code == 200
    assert diane.get(page_of(case, "faire", "licorne")).status_code == 404


def test_file_offers_what_the_state_allows_and_nothing_else(diane, case):
    page = diane.get(page_of(case)).content.decode()

    assert "faire/prendre-en-charge/" in page
    assert "faire/refuser/" in page
    assert "faire/mandater/" not in page
    assert "faire/reprendre/" not in page


def test_gesture_that_the_state_does_not_allow_is_said(diane, case):
    page = diane.get(page_of(case, "faire", "terminer"), follow=True).content.decode()

    assert moves.NotPossible.message in page


@pytest.mark.parametrize(
    ("gesture", "missing"),
    [("mettre-en-attente", "Renseignez une date"), ("refuser", "Renseignez un motif.")],
)
def test_what_is_missing_is_said_beside_its_field(diane, acknowledged, gesture, missing):
    page = press(diane, acknowledged, gesture)

    assert missing in page
    assert "<title>Erreur" in page
    acknowledged.refresh_from_db()
    assert acknowledged.state == "acknowledged"


def test_wait_says_why_and_until_when(diane, acknowledged):
    press(diane, acknowledged, "mettre-en-attente", reason="Pièce commandée", until=tomorrow().isoformat())

    acknowledged.refresh_from_db()
    assert (acknowledged.hold_reason, acknowledged.hold_until) == ("Pièce commandée", tomorrow())


def test_wait_until_a_day_that_is_over_is_refused(diane, acknowledged):
    page = press(diane, acknowledged, "mettre-en-attente", reason="Pièce", until="2020-01-01")

    assert moves.BadDay.message in page
    assert "Pièce" in page


def test_second_of_two_staff_is_told_and_keeps_what_they_typed(diane, case, desk):
    shown = case.version
    moves.acknowledge(intervention=case, by=desk, version=shown)
    typed = {"version": shown, "reason": "Déjà traité avec le syndic voisin"}

    page = diane.post(page_of(case, "faire", "refuser"), typed).content.decode()

    assert "il est maintenant «\u00a0Prise en charge\u00a0»" in page
    assert "Déjà traité avec le syndic voisin" in page
    case.refresh_from_db()
    assert (case.state, f'name="version" value="{case.version}"' in page) == ("acknowledged", True)


def test_once_told_they_may_go_on_with_the_same_page(diane, case, desk):
    moves.acknowledge(intervention=case, by=desk, version=case.version)
    case.refresh_from_db()

    press(diane, case, "refuser", reason="Déjà traité")

    case.refresh_from_db()
    assert (case.state, case.ending_reason) == ("rejected", "Déjà traité")


def test_mistake_in_a_page_that_is_old_does_not_hide_the_change(diane, case, desk):
    shown = case.version
    moves.acknowledge(intervention=case, by=desk, version=shown)

    page = diane.post(page_of(case, "faire", "refuser"), {"version": shown, "reason": ""}).content.decode()

    assert f'name="version" value="{shown}"' in page


def test_same_gesture_sent_twice_is_done_once(diane, case):
    for _ in range(2):
        page = press(diane, case, "prendre-en-charge")

    assert "L’intervention est prise en charge." in page
    assert case.events.count() == 2


def test_order_leaves_by_mail_with_its_link(diane, acknowledged, plumber):
    press(diane, acknowledged, "mandater", supplier=plumber.public_id, order="Réparer la fuite sous l’évier.")

    order = WorkOrder.objects.get()
    assert (order.supplier, order.text) == (plumber, "Réparer la fuite sous l’évier.")
    assert OutboxMessage.objects.filter(to_address=plumber.email).exists()


def test_firm_without_courriel_is_refused_and_the_order_kept_on_the_page(diane, acknowledged, plumber):
    plumber.email = ""
    plumber.save()

    page = press(diane, acknowledged, "mandater", supplier=plumber.public_id, order="Réparer la fuite.")

    assert orders.NoAddress.message in page
    assert "Réparer la fuite." in page


@pytest.fixture
def order(acknowledged, plumber, desk):
    return orders.send(
        intervention=acknowledged, supplier=plumber, text="Réparer.", by=desk, version=acknowledged.version
    )


def test_order_is_withdrawn_from_the_file(diane, order, case):
    page = diane.post(page_of(case, "ordres", order.public_id, "retirer"), follow=True).content.decode()

    assert "L’ordre est retiré." in page
    order.refresh_from_db()
    assert order.state == "withdrawn"


def test_new_link_is_sent_from_the_file(diane, order, case):
    former = order.token_hash

    diane.post(page_of(case, "ordres", order.public_id, "renvoyer"))

    order.refresh_from_db()
    assert order.token_hash != former


def test_time_that_the_firm_offers_is_taken_for_a_client_on_the_telephone(diane, order, case):
    offered = window(paris_day(order.sent_at) + dt.timedelta(days=3), dt.time(8), dt.time(10))
    answers.offer(order=order, windows=[offered])
    slot = order.slots.get()
    case.refresh_from_db()

    page = diane.post(
        page_of(case, "creneaux", slot.public_id), {"version": case.version}, follow=True
    ).content.decode()

    assert "Le rendez-vous est fixé." in page
    case.refresh_from_db()
    assert (case.state, case.appointment_begins_at) == ("scheduled", offered.begins_at)


def test_report_of_a_neighbour_joins_the_case(diane, case, lot, alice):
    other = declared(lot, alice, title="Eau qui coule")

    page = diane.post(page_of(other, "regrouper"), {"version": other.version, "other": case.public_id}, follow=True)

    assert "Les deux interventions sont regroupées." in page.content.decode()
    other.refresh_from_db()
    assert (other.state, other.merged_into) == ("merged", case)
    assert other.number in diane.get(page_of(case)).content.decode()


def test_case_to_join_is_named_by_its_number_too(diane, case, lot, alice):
    other = declared(lot, alice, title="Eau qui coule")

    diane.post(page_of(other, "regrouper"), {"version": other.version, "number": case.number})

    other.refresh_from_db()
    assert other.merged_into == case


def test_case_of_another_building_is_no_case_to_join(diane, case, agency, alice):
    stranger = Intervention.objects.exclude(pk=case.pk)
    typed = {"version": case.version, "number": "1999-0001"}

    page = diane.post(page_of(case, "regrouper"), typed).content.decode()

    assert "Aucune intervention en cours de cet immeuble ne porte ce numéro." in page
    assert not stranger.exists()


def test_another_firm_is_sent_from_the_file_of_the_one_that_declined(diane, order, case, plumber):
    assert "faire/mandater/" not in diane.get(page_of(case)).content.decode()
    answers.decline(order=order, reason="Trop loin.")

    page = diane.get(page_of(case)).content.decode()
    assert "Trop loin." in page
    case.refresh_from_db()
    press(diane, case, "mandater", supplier=plumber.public_id, order="Réparer la fuite.")

    assert list(case.orders.order_by("pk").values_list("state", flat=True)) == ["declined", "sent"]
