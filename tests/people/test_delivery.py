"""By courriel or by post: a dated log, and the day from which each choice counts."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.kit.days import paris_day
from parvis.mail.models import OutboxMessage
from parvis.people.actions.delivery import choose_all
from parvis.people.actions.profile_changes import NotTheHolder
from parvis.people.delivery import channels_of
from parvis.people.models import DeliveryChoice
from tests.factories import GrantFactory, UserFactory

pytestmark = pytest.mark.django_db
Kind, Channel = DeliveryChoice.Kind, DeliveryChoice.Channel


@pytest.fixture
def grant(db):
    return GrantFactory()


@pytest.fixture
def today():
    return paris_day(timezone.now())


def channel(grant, kind, day):
    return channels_of([grant.client_id], kind=kind, day=day)[grant.client_id]


def choose(grant, **wanted):
    return choose_all(
        client=grant.client, by=grant.user, wanted={Kind(kind): Channel(value) for kind, value in wanted.items()}
    )


@pytest.mark.parametrize(("kind", "means"), [("calls", "email"), ("meetings", "email"), ("receipts", "post")])
def test_without_a_choice_the_law_says(grant, today, kind, means):
    assert channel(grant, Kind(kind), today) == means


def test_post_counts_from_the_ninth_day_and_courriel_until_then(grant, today):
    (choice,) = choose(grant, calls="post")

    eve = choice.effective_on - dt.timedelta(days=1)
    assert choice.effective_on == today + dt.timedelta(days=9)
    assert (channel(grant, Kind.CALLS, eve), channel(grant, Kind.CALLS, choice.effective_on)) == ("email", "post")


def test_last_word_takes_back_the_post_that_was_to_come(grant, today):
    (taken_back,) = choose(grant, calls="post")
    choose(grant, calls="email")

    assert channel(grant, Kind.CALLS, taken_back.effective_on) == "email"


def test_post_asked_again_counts_from_nine_days_after_the_last_demand(grant, today):
    for channel_said in ("post", "email", "post"):
        choose(grant, calls=channel_said)
    ninth = today + dt.timedelta(days=9)

    assert (channel(grant, Kind.CALLS, today), channel(grant, Kind.CALLS, ninth)) == ("email", "post")


def test_receipts_change_at_once_both_ways(grant, today):
    choose(grant, receipts="email")
    agreed = channel(grant, Kind.RECEIPTS, today)
    choose(grant, receipts="post")

    assert (agreed, channel(grant, Kind.RECEIPTS, today)) == ("email", "post")


def test_same_choice_again_writes_no_line_and_sends_nothing(grant):
    choose(grant, calls="post")
    OutboxMessage.objects.all().delete()

    assert choose(grant, calls="post") == []
    assert not OutboxMessage.objects.exists()


def test_each_choice_is_a_line_more_and_the_client_keeps_its_date(grant):
    choose(grant, calls="post", meetings="post")
    choose(grant, calls="email")

    assert DeliveryChoice.objects.count() == 3
    assert OutboxMessage.objects.filter(kind="delivery-chosen", to_address=grant.user.email).count() == 3


def test_who_does_not_hold_the_client_chooses_nothing(grant):
    with pytest.raises(NotTheHolder):
        choose_all(client=grant.client, by=UserFactory(agency=grant.client.agency), wanted={Kind.CALLS: Channel.POST})
