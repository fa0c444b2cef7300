"""A firm that declines its order, or begins the work: what the case becomes, who reads what, what is refused."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from parvis.interventions.actions import answers, moves, orders
from parvis.interventions.models import Slot, Supplier, WorkOrder
from parvis.interventions.rules.orders import LINK_LASTS
from parvis.journal.models import Record
from parvis.kit.days import paris_day
from parvis.mail.actions import read_body
from parvis.mail.models import OutboxMessage
from tests.factories import LotFactory
from tests.interventions.orders import sent
from tests.interventions.test_orders import chosen, window

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(db):
    return sent(LotFactory(building__agency__host="testserver"))


def held_until_next_week(story):
    until = (timezone.now() + dt.timedelta(days=9)).date()
    moves.hold(
        intervention=story.case, by=story.erin, version=story.case.version, reason="Pièce commandée", until=until
    )


@pytest.mark.parametrize("since", ["ordered", "scheduled"])
def test_firm_that_declines_leaves_the_case_to_another_one(story, since):
    if since == "scheduled":
        chosen(story)

    answers.decline(order=story.order, reason="Trop loin.")

    case, order = story.case, WorkOrder.objects.get()
    assert (order.state, order.declined_reason, order.is_in_force) == ("declined", "Trop loin.", False)
    assert (case.state, case.supplier, case.shown_supplier) == ("ordered", None, "")
    assert case.appointment is None
    assert not Slot.objects.filter(withdrawn_at=None).exists()
    assert Record.objects.filter(verb="order.declined", object_id=order.public_id).count() == 1


def test_client_reads_that_another_firm_is_looked_for_and_by_when_not_why(story):
    answers.decline(order=story.order, reason="Trop loin.")

    today = paris_day(timezone.now())
    step = story.case.coming_step(today=today)
    event = story.case.events.order_by("-pk").first()
    assert step.text == "Votre gestionnaire choisit une autre entreprise"
    assert step.on > today
    assert (event.label, event.text) == ("Une autre entreprise est recherchée", "")
    told = {mail.kind: read_body(mail)[0] for mail in OutboxMessage.objects.order_by("pk")}
    assert [kind for kind, text in told.items() if "Trop loin." in text] == ["case-agency"]
    assert [kind for kind, text in told.items() if "choisit une autre entreprise" in text] == ["notice-intervention"]


def test_declined_twice_is_declined_once(story):
    opened = answers.order_of(story.token)
    answers.decline(order=story.order, reason="Trop loin.")

    answers.decline(order=opened, reason="Encore.")

    assert WorkOrder.objects.get().declined_reason == "Trop loin."
    assert Record.objects.filter(verb="order.declined").count() == 1


def test_declined_order_takes_nothing_more_and_another_firm_is_sent(story):
    answers.decline(order=story.order)
    for late in (
        lambda: answers.offer(order=story.order, windows=[window(2)]),
        lambda: answers.begin(order=story.order),
        lambda: answers.finish(order=story.order),
        lambda: answers.add_papers(order=story.order, papers=answers.Papers()),
    ):
        with pytest.raises(answers.TooLate):
            late()

    other = Supplier.objects.create(agency=story.order.agency, name="Autre", email="autre@exemple.fr")
    orders.send(intervention=story.case, supplier=other, text="x", by=story.erin, version=story.case.version)

    step = story.case.coming_step(today=paris_day(timezone.now()))
    assert (step.text, step.on) == ("Autre propose un rendez-vous", None)


def test_firm_that_has_begun_or_whose_case_waits_does_not_decline(story):
    held_until_next_week(story)
    with pytest.raises(answers.TooLate):
        answers.decline(order=story.order)
    moves.resume(intervention=story.case, by=story.erin, version=story.case.version)
    answers.begin(order=story.order)

    with pytest.raises(answers.TooLate):
        answers.decline(order=story.order)

    assert story.case.state == "in_progress"


def test_case_that_waited_without_a_firm_still_looks_for_one(story):
    answers.decline(order=story.order)
    held_until_next_week(story)

    moves.resume(intervention=story.case, by=story.erin, version=story.case.version)

    step = story.case.coming_step(today=paris_day(timezone.now()))
    assert step.text == "Votre gestionnaire choisit une autre entreprise"


@pytest.mark.parametrize("end", ["withdrawn", "expired"])
def test_order_that_is_over_cannot_be_declined(story, end):
    if end == "withdrawn":
        orders.withdraw(order=story.order, by=story.erin)
    else:
        past = timezone.now() - LINK_LASTS - dt.timedelta(minutes=1)
        WorkOrder.objects.update(sent_at=past, expires_at=past + LINK_LASTS)

    with pytest.raises(answers.LinkDead):
        answers.decline(order=story.order)


def test_withdrawn_order_leaves_the_case_to_another_firm_too(story):
    orders.withdraw(order=story.order, by=story.erin)

    step = story.case.coming_step(today=paris_day(timezone.now()))
    assert step.text == "Votre gestionnaire choisit une autre entreprise"


@pytest.mark.parametrize("since", ["ordered", "scheduled"])
def test_firm_begins_and_the_client_reads_it(story, since):
    if since == "scheduled":
        chosen(story)

    answers.begin(order=story.order)
    answers.begin(order=story.order)

    events = story.case.events.filter(label="Début des travaux", audience="everyone")
    assert [event.author_name for event in events] == ["Plomberie Martel"]
    assert (story.case.state, WorkOrder.objects.get().state) == ("in_progress", "begun")
    assert Record.objects.filter(verb="order.begun").count() == 1


def test_work_that_the_agency_says_has_begun_is_begun_for_the_firm(story):
    orders.begin(intervention=story.case, by=story.erin, version=story.case.version)

    assert WorkOrder.objects.get().state == "begun"


@pytest.mark.parametrize(
    ("before", "after"),
    [("declined", "sent"), ("withdrawn", "sent"), ("done", "begun"), ("begun", "declined")],
)
def test_database_refuses_an_order_that_comes_back(story, before, after):
    now, order = timezone.now(), WorkOrder.objects.filter(pk=story.order.pk)
    times = {"declined": {"declined_at": now}, "withdrawn": {"withdrawn_at": now}}
    order.update(state=before, **times.get(before, {}))
    empty = {"declined_at": None, "withdrawn_at": None}

    with pytest.raises(IntegrityError), transaction.atomic():
        order.update(state=after, **{**empty, **times.get(after, {})})


@pytest.mark.parametrize(
    "wrong",
    [{"state": "declined"}, {"declined_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, {"declined_reason": "x"}],
)
def test_database_refuses_a_refusal_without_its_time_or_its_state(story, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkOrder.objects.update(**wrong)
