"""Several people on one case at the same instant: one of them is heard, the others are told, nothing is doubled."""

import threading

import pytest
from django.db import connections

from parvis.interventions.actions import messages, moves, photos, reports
from parvis.interventions.actions.events import StaleCase
from parvis.interventions.actions.messages import Writing
from parvis.interventions.models import CaseMessage, Intervention, Photo
from parvis.kit.identifiers import new_public_id
from parvis.kit.refusals import Refusal
from parvis.mail.models import OutboxMessage
from tests.factories import LotFactory
from tests.interventions.cast import alice_of, declared, erin_of, report
from tests.interventions.test_follow_up import kept

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.load]
TIMES = 6
MOST = 6


def at_once(*gestures):
    """What each gesture gives, or the refusal that it met, all begun at the same instant."""
    start, results = threading.Barrier(len(gestures)), [None] * len(gestures)

    def run(rank, gesture):
        start.wait()
        try:
            results[rank] = gesture()
        except Refusal as refusal:
            results[rank] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(gestures)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def lot():
    return LotFactory()


@pytest.fixture
def alice(lot):
    return alice_of(lot)


def test_two_members_of_the_staff_on_one_case(lot, alice):
    first, second = erin_of(lot.building), erin_of(lot.building)
    case = declared(lot, alice)

    results = at_once(
        lambda: moves.acknowledge(intervention=case, by=first, version=1),
        lambda: moves.reject(intervention=case, by=second, version=1, reason="Déjà signalé"),
    )

    case.refresh_from_db()
    assert sorted(isinstance(result, StaleCase) for result in results) == [False, True]
    assert (case.version, case.events.count()) == (2, 2)


def test_client_cancels_while_the_agency_acknowledges(lot, alice):
    erin = erin_of(lot.building)
    case = declared(lot, alice)

    results = at_once(
        lambda: moves.acknowledge(intervention=case, by=erin, version=1),
        lambda: moves.cancel(intervention=case, by=alice, version=1, reason="Réparé"),
    )

    case.refresh_from_db()
    assert sorted(isinstance(result, StaleCase) for result in results) == [False, True]
    assert case.state in {"acknowledged", "cancelled"}


def test_same_report_sent_many_times_at_once_is_one(lot, alice):
    sent = report(lot, client=alice.client)

    results = at_once(*[lambda: reports.declare(report=sent, by=alice)] * TIMES)

    assert len({case.pk for case in results}) == 1
    assert Intervention.objects.count() == 1
    assert OutboxMessage.objects.filter(to_address=alice.user.email).count() == 1


def test_reports_at_once_have_each_their_number(lot, alice):
    results = at_once(*[lambda: declared(lot, alice)] * TIMES)

    assert sorted(int(case.number[-4:]) for case in results) == list(range(1, TIMES + 1))


def test_same_message_and_photo_sent_many_times_at_once_are_one(lot, alice):
    case = declared(lot, alice)
    written = Writing(text="Toujours là", sending_key=new_public_id(), pictures=[kept()])

    at_once(*[lambda: messages.write(intervention=case, writing=written, by=alice)] * TIMES)

    assert (CaseMessage.objects.count(), Photo.objects.count()) == (1, 1)


def test_photos_at_once_are_never_more_than_six(lot, alice):
    case = declared(lot, alice)
    pictures = [kept(colour=(0, 0, 40 * number)) for number in range(MOST + 2)]

    results = at_once(*[lambda one=one: photos.add(intervention=case, picture=one, by=alice) for one in pictures])

    assert Photo.objects.count() == MOST
    assert sum(isinstance(result, photos.TooManyPhotos) for result in results) == 2
