"""The verbs of a case: who may, what refuses, what is written, who is told."""

import dataclasses
import datetime as dt

import pytest
from django.utils import timezone

from parvis.interventions.actions import messages, moves
from parvis.interventions.actions.actors import CLOCK, Actor
from parvis.interventions.actions.events import StaleCase
from parvis.interventions.models import Intervention
from parvis.journal.models import Record
from parvis.kit.days import paris_day
from parvis.kit.identifiers import new_public_id
from parvis.mail.models import OutboxMessage
from parvis.notices.models import Notice
from tests.factories import ClientFactory, GrantFactory, InterventionFactory, LotFactory, OwnershipFactory
from tests.interventions.cast import alice_of, declared, erin_of, eyes_of, plumber_of

pytestmark = pytest.mark.django_db
SOON = dt.timedelta(days=2)


@pytest.fixture
def lot(db):
    return LotFactory()


@pytest.fixture
def erin(lot):
    return erin_of(lot.building)


@pytest.fixture
def alice(lot):
    return alice_of(lot)


@pytest.fixture
def case(lot, erin, alice):
    return declared(lot, alice)


@pytest.fixture
def plumber(lot):
    return plumber_of(lot.agency)


def walked(case, *steps):
    """The case after these verbs, each with what it needs."""
    for verb, values in steps:
        case = verb(intervention=case, version=case.version, **values)
    return case


def tomorrow(hour):
    return (timezone.now() + SOON).replace(hour=hour, minute=0, second=0, microsecond=0)


def test_whole_story_from_report_to_closing(case, alice, erin, plumber):
    mender = Actor.of_supplier(plumber)

    case = walked(
        case,
        (moves.acknowledge, {"by": erin}),
        (moves.request_quote, {"by": erin}),
        (moves.await_approval, {"by": erin, "approver": "du propriétaire"}),
        (moves.order, {"by": erin, "supplier": plumber}),
        (moves.schedule, {"by": alice, "begins_at": tomorrow(8), "ends_at": tomorrow(10)}),
        (moves.begin, {"by": mender}),
        (moves.finish, {"by": mender, "report": "Joint changé."}),
        (moves.confirm_solved, {"by": alice}),
    )

    assert (case.state, case.version, case.supplier_name) == ("closed", 9, "Plomberie Martel")
    states = list(case.events.values_list("to_state", flat=True))
    assert states == [
        "reported",
        "acknowledged",
        "quote_requested",
        "awaiting_approval",
        "ordered",
        "scheduled",
        "in_progress",
        "done",
        "closed",
    ]
    assert Record.objects.filter(object_id=case.public_id).count() == 9


def test_reporter_is_told_of_each_step_by_mail_and_on_the_portal_and_not_of_their_own(case, alice, erin):
    walked(case, (moves.acknowledge, {"by": erin}))

    subjects = [m.subject for m in OutboxMessage.objects.filter(to_address=alice.user.email).order_by("pk")]
    assert subjects[-1] == f"Intervention {case.number}\u00a0: Demande prise en charge"
    notice = Notice.objects.filter(user=alice.user).latest("pk")
    assert notice.target_id == case.public_id
    cancelled = declared(case.lot, alice)
    moves.cancel(intervention=cancelled, by=alice, version=1, reason="Réparé tout seul")
    assert not OutboxMessage.objects.filter(to_address=alice.user.email, subject__contains="Annulée").exists()


def test_neighbours_are_told_of_common_parts_without_a_name_and_without_mail(lot, erin, alice):
    bob = GrantFactory(client=OwnershipFactory(lot__building=lot.building, client__agency=lot.agency).client)
    common = declared(lot, alice, is_common=True)

    moves.acknowledge(intervention=common, by=erin, version=1)

    told = Notice.objects.get(user=bob.user)
    assert alice.name not in told.text
    assert not OutboxMessage.objects.filter(to_address=bob.user.email).exists()


def test_second_of_two_members_is_refused_with_what_the_case_has_become(case, erin):
    other = erin_of(case.building)
    moves.acknowledge(intervention=case, by=erin, version=1)

    with pytest.raises(StaleCase, match="Ce dossier a changé entre-temps.*Prise en charge"):
        moves.reject(intervention=case, by=other, version=1, reason="Déjà signalé")

    case.refresh_from_db()
    assert (case.state, case.events.count()) == ("acknowledged", 2)


def test_same_gesture_sent_twice_is_done_once(case, erin):
    moves.acknowledge(intervention=case, by=erin, version=1)
    again = moves.acknowledge(intervention=case, by=erin, version=1)

    assert (again.state, again.version, again.events.count()) == ("acknowledged", 2, 2)


@pytest.mark.parametrize("verb", [moves.acknowledge, moves.begin, moves.request_quote])
def test_client_does_not_do_the_work_of_the_agency(case, alice, verb):
    with pytest.raises(moves.NotPossible):
        verb(intervention=case, by=alice, version=1)


def test_agency_cannot_skip_a_state(case, erin, plumber):
    with pytest.raises(moves.NotPossible):
        moves.order(intervention=case, supplier=plumber, by=erin, version=1)


def test_wait_has_a_reason_and_a_day_and_ends_where_it_began(case, erin):
    today = paris_day(timezone.now())
    case = walked(case, (moves.acknowledge, {"by": erin}))

    with pytest.raises(moves.ReasonMissing):
        moves.hold(intervention=case, by=erin, version=2, reason=" ", until=today)
    with pytest.raises(moves.BadDay):
        moves.hold(intervention=case, by=erin, version=2, reason="Pièce", until=today - SOON)
    case = walked(
        case,
        (moves.hold, {"by": erin, "reason": "Pièce commandée", "until": today + SOON}),
        (moves.resume, {"by": erin}),
    )

    assert (case.state, case.hold_reason, case.hold_until) == ("acknowledged", "", None)


def test_reopening_within_thirty_days_is_counted_and_the_agency_is_told(case, alice, erin, plumber):
    case = walked(
        case,
        (moves.acknowledge, {"by": erin}),
        (moves.order, {"by": erin, "supplier": plumber}),
        (moves.finish, {"by": erin}),
        (moves.confirm_solved, {"by": alice}),
        (moves.reopen, {"by": alice, "reason": "Ça fuit encore"}),
    )

    assert (case.state, case.reopened_count, case.closed_on, case.ended_at) == ("acknowledged", 1, None, None)
    assert OutboxMessage.objects.filter(kind="case-agency", subject__contains="rouverte").count() == 1


def test_after_thirty_days_it_is_declared_anew(alice, lot):
    long_ago = paris_day(timezone.now()) - dt.timedelta(days=31)
    case = InterventionFactory(
        building=lot.building, state="closed", reported_on=long_ago, closed_on=long_ago, reporter=alice.client
    )

    with pytest.raises(moves.TooLate):
        moves.reopen(intervention=case, by=alice, version=0)


def test_merged_report_names_the_other_and_its_reporter_is_told(lot, erin, alice):
    kept, doubled = declared(lot, alice), declared(lot, alice)

    moves.merge(intervention=doubled, into=kept, by=erin, version=1)

    doubled.refresh_from_db()
    assert (doubled.state, doubled.merged_into) == ("merged", kept)
    assert kept.events.filter(label__contains="regroupé ici").exists()


def test_case_does_not_join_itself_nor_one_of_another_building(case, erin):
    with pytest.raises(moves.NotAlike):
        moves.merge(intervention=case, into=case, by=erin, version=1)
    with pytest.raises(moves.NotAlike):
        moves.merge(intervention=case, into=InterventionFactory(), by=erin, version=1)


def test_report_inside_a_home_joins_neither_another_home_nor_does_a_common_one_join_it(lot, erin, alice):
    next_door = LotFactory(building=lot.building, agency=lot.agency)
    kept, doubled = declared(next_door, alice_of(next_door)), declared(lot, alice)
    common = declared(lot, alice, is_common=True)

    for case in (doubled, common):
        with pytest.raises(moves.NotAlike):
            moves.merge(intervention=case, into=kept, by=erin, version=1)


def test_reporter_of_a_merged_case_follows_the_other_as_a_neighbour_does(lot, erin, alice):
    former = Actor.of_client(GrantFactory(client=ClientFactory(agency=lot.agency)).user)
    former = dataclasses.replace(former, client=former.user.grants.get().client)
    doubled, first = declared(lot, former), declared(lot, former)
    kept = declared(lot, alice, is_common=True)
    moves.merge(intervention=doubled, into=first, by=erin, version=1)
    moves.merge(intervention=first, into=kept, by=erin, version=1)
    Intervention.objects.filter(pk=kept.pk).update(is_shown_to_residents=False)

    kept = moves.acknowledge(intervention=kept, by=erin, version=1)

    assert set(Intervention.objects.filter(merged_into=kept)) == {doubled, first}
    assert Intervention.objects.visible_to(eyes_of(former)).filter(pk=kept.pk).exists()
    assert Notice.objects.filter(user=former.user, target_id=kept.public_id, text__contains="prise en charge").exists()
    assert OutboxMessage.objects.filter(to_address=former.user.email, subject__contains=kept.number).exists()
    typed = messages.Writing(text="Et alors ?", sending_key=new_public_id())
    with pytest.raises(messages.NothingToSay):
        messages.write(intervention=kept, writing=typed, by=former)


def test_those_of_the_lot_are_told_of_what_is_written_in_a_case_that_no_client_reported(lot, erin, alice):
    case = declared(lot, erin)
    assert not Notice.objects.exists()

    typed = messages.Writing(text="Nous passons demain.", sending_key=new_public_id())
    messages.write(intervention=case, writing=typed, by=erin)

    assert Notice.objects.get(user=alice.user).target_id == case.public_id


def test_done_for_ten_days_is_closed_by_the_clock_once(case, erin, plumber):
    case = walked(
        case,
        (moves.acknowledge, {"by": erin}),
        (moves.order, {"by": erin, "supplier": plumber}),
        (moves.finish, {"by": erin}),
    )

    early = moves.close_unanswered(now=timezone.now() + dt.timedelta(days=9))
    late = moves.close_unanswered(now=timezone.now() + dt.timedelta(days=11))

    assert (early, late, moves.close_unanswered(now=timezone.now() + dt.timedelta(days=12))) == (0, 1, 0)
    case.refresh_from_db()
    assert case.state == "closed"
    assert case.events.last().author_kind == CLOCK.kind


def test_case_of_the_books_is_kept_here_once_touched(lot, erin):
    case = InterventionFactory(building=lot.building, state="on_hold")

    case = moves.resume(intervention=case, by=erin, version=0)

    assert (case.state, case.version, case.origin) == ("acknowledged", 1, Intervention.Origin.BOOKS)


def test_neighbour_who_follows_common_parts_neither_cancels_nor_confirms_nor_reopens(lot, erin, alice, plumber):
    bob = alice_of(LotFactory(building=lot.building, agency=lot.agency))
    case = declared(lot, alice, is_common=True)

    with pytest.raises(moves.NotPossible):
        moves.cancel(intervention=case, by=bob, version=1, reason="Inutile")
    case = walked(
        case,
        (moves.acknowledge, {"by": erin}),
        (moves.order, {"by": erin, "supplier": plumber}),
        (moves.finish, {"by": erin}),
    )
    for verb in (moves.confirm_solved, moves.reopen):
        with pytest.raises(moves.NotPossible):
            verb(intervention=case, by=bob, version=case.version)


def test_merge_sent_twice_is_one(lot, erin, alice):
    kept, doubled = declared(lot, alice), declared(lot, alice)

    for _ in range(2):
        moves.merge(intervention=doubled, into=kept, by=erin, version=1)

    assert kept.events.count() == 2
