"""What the entrance forgets at night."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.people.jobs import forget_old
from parvis.people.models import (
    Activation,
    AddressChange,
    ForgottenPassword,
    KnownBrowser,
    Letter,
    PaperNotice,
    PendingSignIn,
    Proof,
)
from tests.factories import ClientFactory, UserFactory
from tests.web.entrance.cast import letter_for

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def start_of(client, *, ended_days_ago=None, expired_days_ago=0):
    ended_at = None if ended_days_ago is None else NOW - dt.timedelta(days=ended_days_ago)
    return Activation.objects.create(
        agency=client.agency,
        client=client,
        is_provisional=True,
        browser_hash="x",
        state=Activation.State.STARTED if ended_at is None else Activation.State.SUPERSEDED,
        started_at=NOW - dt.timedelta(days=60),
        expires_at=NOW - dt.timedelta(days=expired_days_ago, hours=-1),
        ended_at=ended_at,
    )


def test_letter_too_old_is_ended_with_its_reason():
    letter = letter_for(ClientFactory(), age_days=31)

    forget_old()

    letter.refresh_from_db()
    assert letter.ending == Letter.Ending.EXPIRED


def test_starts_ended_a_month_ago_are_erased_and_recent_ones_stay():
    old = start_of(ClientFactory(), ended_days_ago=31)
    recent = start_of(ClientFactory(), ended_days_ago=2)
    running = start_of(ClientFactory())

    forget_old()

    assert set(Activation.objects.all()) == {recent, running}
    assert old.pk not in Activation.objects.values_list("pk", flat=True)


def test_abandoned_start_is_ended_after_a_month():
    abandoned = start_of(ClientFactory(), expired_days_ago=32)

    forget_old()

    abandoned.refresh_from_db()
    assert abandoned.state == Activation.State.EXPIRED


def test_requests_of_a_month_ago_are_erased():
    month_ago = NOW - dt.timedelta(days=31)
    ForgottenPassword.objects.create(host="h", typed_key="k", requested_at=month_ago, handled_at=month_ago)
    waiting = ForgottenPassword.objects.create(host="h", typed_key="k", requested_at=month_ago)

    forget_old()

    assert list(ForgottenPassword.objects.all()) == [waiting]


def test_changes_of_courriel_and_printed_notices_of_a_month_ago_are_erased():
    client, long_ago = ClientFactory(), timezone.now() - dt.timedelta(days=31)
    user = UserFactory(agency=client.agency)
    AddressChange.objects.create(agency=client.agency, user=user, new_email="a@exemple.fr", asked_at=long_ago)
    for printed in ({"printed_at": long_ago, "printed_by": "system"}, {}):
        PaperNotice.objects.create(
            agency=client.agency, client=client, subject="attached", happened_at=long_ago, **printed
        )

    forget_old()

    assert not AddressChange.objects.exists()
    assert PaperNotice.objects.get().printed_at is None


def test_second_steps_of_a_month_ago_are_erased():
    for days in (31, 2):
        began = NOW - dt.timedelta(days=days)
        user = UserFactory()
        PendingSignIn.objects.create(
            user=user, token_hash=str(user.pk), proof=Proof.PASSWORD, started_at=began, expires_at=began
        )

    forget_old()

    assert PendingSignIn.objects.get().started_at == NOW - dt.timedelta(days=2)


def test_browsers_are_forgotten_once_their_year_is_over():
    for days in (366, 364):
        seen, user = NOW - dt.timedelta(days=days), UserFactory()
        KnownBrowser.objects.create(
            agency=user.agency,
            user=user,
            token_hash="x",
            name="Firefox sur Linux",
            first_seen_at=seen,
            last_seen_at=seen,
            expires_at=seen + dt.timedelta(days=365),
        )

    forget_old()

    assert KnownBrowser.objects.get().first_seen_at == NOW - dt.timedelta(days=364)
