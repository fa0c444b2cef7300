"""A report: made once, numbered, given to whoever follows the building, answered by a deadline."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.interventions import emails
from parvis.interventions.actions import drafts, reports
from parvis.interventions.actions.actors import Actor
from parvis.interventions.models import Intervention, ReportDraft
from parvis.kit.days import paris_day
from parvis.kit.typography import typographic
from parvis.mail.models import OutboxMessage
from parvis.notices.models import Notice
from parvis.people.models import StaffAbsence
from tests.factories import BuildingAssignmentFactory, InterventionFactory, LotFactory, StaffMemberFactory
from tests.interventions.cast import alice_of, declared, erin_of, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def lot(db):
    return LotFactory()


@pytest.fixture
def alice(lot):
    return alice_of(lot)


def test_report_is_numbered_given_to_who_follows_the_building_and_acknowledged(lot, alice):
    erin = erin_of(lot.building)

    case = declared(lot, alice)

    year = timezone.localdate().year
    assert case.number == f"{year}-0001"
    assert (case.state, case.version, case.origin, case.assigned_to) == ("reported", 1, "portal", erin.member)
    assert case.events.get().author == alice.user
    assert OutboxMessage.objects.filter(to_address=alice.user.email).get().subject.startswith("Votre déclaration")
    assert OutboxMessage.objects.filter(kind="case-agency").count() == 1
    assert Notice.objects.filter(user=alice.user, target_id=case.public_id).count() == 1


def test_while_who_follows_it_is_away_whoever_stands_in_is_told_and_named(lot, alice):
    erin, today = erin_of(lot.building).member, paris_day(timezone.now())
    karim = StaffMemberFactory(agency=lot.agency, first_name="Karim", last_name="Benali")
    StaffAbsence.objects.create(
        agency=lot.agency, staff_member=erin, replacement=karim, starts_on=today, ends_on=today + dt.timedelta(days=7)
    )

    case = declared(lot, alice)

    told = OutboxMessage.objects.filter(kind="case-agency")
    assert set(told.values_list("to_address", flat=True)) == {erin.email, karim.email}
    assert told.first().subject == f"Intervention {case.number}\u00a0: problème déclaré, {typographic(case.title)}"
    assert emails.registered(case).preview.startswith("Karim Benali vous répond avant le")
    assert case.assigned_to == erin


def test_somebody_who_is_there_is_told_when_nobody_stands_in(lot, alice):
    erin, today = erin_of(lot.building).member, paris_day(timezone.now())
    StaffAbsence.objects.create(agency=lot.agency, staff_member=erin, starts_on=today, ends_on=today)

    declared(lot, alice)

    told = OutboxMessage.objects.filter(kind="case-agency").values_list("to_address", flat=True)
    assert set(told) == {erin.email, lot.agency.email}


def test_numbers_follow_and_step_over_those_of_the_books(lot, alice):
    InterventionFactory(building=lot.building, number=f"{timezone.localdate().year}-0002")

    numbers = [declared(lot, alice).number[-4:] for _ in range(2)]

    assert numbers == ["0001", "0003"]


def test_sent_twice_it_is_one_report(lot, alice):
    sent = report(lot, client=alice.client)

    first, second = (reports.declare(report=sent, by=alice) for _ in range(2))

    assert first == second
    assert Intervention.objects.count() == 1
    assert OutboxMessage.objects.filter(to_address=alice.user.email).count() == 1


def test_urgent_report_is_due_within_two_hours(lot, alice):
    case = declared(lot, alice, is_urgent=True)

    ahead = case.acknowledge_before - timezone.now()
    assert dt.timedelta(hours=1, minutes=59) < ahead <= dt.timedelta(hours=2, seconds=5)


def test_lot_of_another_building_is_refused(lot, alice):
    wrong = report(lot, client=alice.client)
    elsewhere = LotFactory(agency=lot.agency)

    with pytest.raises(reports.WrongPlace):
        reports.declare(report=report(elsewhere, building=lot.building, client=alice.client), by=alice)
    assert wrong.lot == lot


def test_eleventh_report_of_an_hour_waits(lot, alice):
    for _ in range(10):
        declared(lot, alice)

    with pytest.raises(reports.TooManyReports):
        declared(lot, alice)


def test_report_by_telephone_tells_the_client(lot, alice):
    erin = erin_of(lot.building)

    case = reports.declare(report=report(lot, client=alice.client), by=erin)

    assert (case.declared_by, case.reporter) == (erin.member, alice.client)
    assert "téléphone" in case.events.get().label
    assert OutboxMessage.objects.filter(to_address=alice.user.email).exists()


def test_draft_keeps_each_answer_and_goes_with_the_report(lot, alice):
    drafts.keep_answers(user=alice.user, answers={"where": "home"})
    draft = drafts.keep_answers(user=alice.user, answers={"what": "water"})

    reports.declare(report=report(lot, client=alice.client, sending_key=draft.sending_key), by=alice)

    assert draft.answers == {"where": "home", "what": "water"}
    assert not ReportDraft.objects.exists()


def test_draft_is_forgotten_after_thirty_days(alice):
    drafts.keep_answers(user=alice.user, answers={"where": "home"})

    kept = drafts.forget_old(now=timezone.now() + dt.timedelta(days=29))
    gone = drafts.forget_old(now=timezone.now() + dt.timedelta(days=31))

    assert (kept, gone) == (0, 1)


def test_report_without_anybody_to_follow_it_goes_to_the_agency(lot, alice):
    case = declared(lot, alice)

    assert case.assigned_to is None
    assert OutboxMessage.objects.get(kind="case-agency").to_address == lot.agency.email
    assert Actor.of_client(alice.user, client=alice.client).name == alice.client.full_name


@pytest.mark.parametrize(
    ("posts", "follower"),
    [
        ([{"role": "manager", "desk_role": "accountant"}, {"role": "assistant", "desk_role": "manager"}], 1),
        ([{"role": "manager", "desk_role": "administrator"}], 0),
        ([{"role": "accountant", "desk_role": "assistant"}], 0),
        ([{"role": "accountant", "desk_role": "assistant"}, {"role": "rental_manager", "desk_role": ""}], 1),
        ([{"role": "assistant", "desk_role": ""}, {"role": "manager", "desk_role": "caretaker"}], None),
    ],
)
def test_case_goes_to_whoever_looks_after_the_building_and_may_open_it(lot, alice, posts, follower):
    members = [StaffMemberFactory(agency=lot.agency, **post) for post in posts]
    for member in members:
        BuildingAssignmentFactory(agency=lot.agency, building=lot.building, staff_member=member)

    assert declared(lot, alice).assigned_to == (None if follower is None else members[follower])
