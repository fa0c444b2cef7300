"""The 72 hours: what begins them, what waits, what it says."""

import datetime as dt

import pytest

from parvis.kit.clock import database_now
from parvis.people.actions import hold
from parvis.people.models import SensitiveAction
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("action", list(SensitiveAction))
def test_every_sensitive_action_waits_and_says_until_when(action):
    user = UserFactory(sensitive_from=dt.datetime(2099, 11, 26, 9, 15, tzinfo=dt.UTC))

    with pytest.raises(hold.Held) as held:
        hold.check_not_held(user, action)

    assert held.value.message == (
        f"Par sécurité, {action.label} sera possible à partir du 26\u00a0novembre 2099 à 10\u00a0h\u00a015."
    )


def test_hold_lasts_seventy_two_hours_from_now():
    user = UserFactory()

    hold.begin_hold(user)

    left = user.sensitive_from - database_now()
    assert dt.timedelta(hours=71, minutes=59) < left <= dt.timedelta(hours=72)


def test_login_that_was_never_held_does_not_wait():
    hold.check_not_held(UserFactory(), SensitiveAction.VOTE)


def test_what_is_read_is_the_row_not_the_object_at_hand():
    user = UserFactory()
    hold.begin_hold(type(user).objects.get(pk=user.pk))

    with pytest.raises(hold.Held):
        hold.check_not_held(user, SensitiveAction.VOTE)
