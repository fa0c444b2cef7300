"""What a client changes waits for the agency's books, and is said to be in them when it is."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from parvis.journal.models import Record
from parvis.kit.days import paris_day
from parvis.mail.models import OutboxMessage
from parvis.people.actions import hold, profile_changes
from parvis.people.models import ProfileChange
from tests.factories import ClientFactory, GrantFactory
from tests.people.factories import ProfileChangeFactory

pytestmark = pytest.mark.django_db
NEW = {"address_extra": "", "street": "4 rue des Lilas", "postal_code": "69003", "city": "Lyon", "country": ""}
PHONES = {"mobile_phone": "0612345678", "landline_phone": ""}


@pytest.fixture
def grant(db):
    client = ClientFactory(
        street="12 rue des Acacias", postal_code="75017", city="Paris", known_email="a@known.exemple"
    )
    return GrantFactory(client=client)


def move(grant, wanted=NEW, **options):
    return profile_changes.change(client=grant.client, by=grant.user, wanted=wanted, **options)


def told(kind):
    return sorted(OutboxMessage.objects.filter(kind=kind).values_list("to_address", flat=True))


def test_books_do_not_change_and_what_was_there_is_kept(grant):
    change = move(grant)

    grant.client.refresh_from_db()
    assert grant.client.street == "12 rue des Acacias"
    assert (change.wanted, change.former["street"], change.ended_at) == (NEW, "12 rue des Acacias", None)
    assert change.effective_on == paris_day(timezone.now())


def test_both_addresses_are_told_and_the_journal_keeps_the_fact(grant):
    change = move(grant)

    assert told("profile-changed") == sorted([grant.user.email, "a@known.exemple"])
    assert Record.objects.get(verb="profile.postal-address-asked").object_id == change.public_id


def test_message_never_holds_the_values(grant):
    move(grant)

    assert "Lilas" not in OutboxMessage.objects.filter(kind="profile-changed").first().subject


def test_address_waits_while_the_login_is_on_hold(grant):
    hold.begin_hold(grant.user)

    with pytest.raises(hold.Held):
        move(grant)

    assert not ProfileChange.objects.exists()


def test_telephones_do_not_wait(grant):
    hold.begin_hold(grant.user)

    assert move(grant, wanted=PHONES).subject == ProfileChange.Subject.PHONES


def test_later_change_replaces_the_one_that_waits(grant):
    first = move(grant)
    second = move(grant, wanted=NEW | {"street": "6 rue des Lilas"})

    first.refresh_from_db()
    assert first.ending == ProfileChange.Ending.REPLACED
    assert list(ProfileChange.objects.pending()) == [second]


def test_what_the_books_say_already_is_refused(grant):
    with pytest.raises(profile_changes.NothingChanges):
        move(grant, wanted=profile_changes.values_of(grant.client, subject="postal_address"))


def test_coming_back_to_what_the_books_say_withdraws_what_was_asked(grant):
    asked = move(grant)

    assert move(grant, wanted=profile_changes.values_of(grant.client, subject="postal_address")) is None

    asked.refresh_from_db()
    assert asked.ending == ProfileChange.Ending.WITHDRAWN
    assert not ProfileChange.objects.pending().exists()


@pytest.mark.parametrize("days", [-1, 367])
def test_day_that_is_over_or_too_far_is_refused(grant, days):
    with pytest.raises(profile_changes.ImpossibleDay):
        move(grant, effective_on=paris_day(timezone.now()) + dt.timedelta(days=days))


def test_stranger_changes_nothing(grant):
    charlie = GrantFactory(client=ClientFactory(agency=grant.client.agency)).user

    with pytest.raises(profile_changes.NotTheHolder):
        profile_changes.change(client=grant.client, by=charlie, wanted=PHONES)


def test_eleventh_change_of_a_day_is_refused(grant):
    for number in range(10):
        move(grant, wanted={"mobile_phone": f"061234567{number}", "landline_phone": ""})

    with pytest.raises(profile_changes.TooManyChanges):
        move(grant, wanted=PHONES | {"landline_phone": "0142685300"})


def test_data_with_the_old_value_settle_nothing(grant):
    change = move(grant)

    assert profile_changes.settle(agency=grant.client.agency) == 0

    change.refresh_from_db()
    assert change.ended_at is None


def test_data_with_the_new_value_settle_the_change_and_no_other(grant):
    change, phones = move(grant), move(grant, wanted=PHONES)
    type(grant.client).objects.update(**{**NEW, "street": "4 RUE DES LILAS", "city": "LYON"})

    assert profile_changes.settle(agency=grant.client.agency) == 1

    change.refresh_from_db()
    phones.refresh_from_db()
    assert (change.ending, change.acknowledged_at is not None) == (ProfileChange.Ending.SETTLED, True)
    assert phones.ended_at is None


def test_another_agency_settles_nothing_here(grant):
    move(grant)
    type(grant.client).objects.update(**NEW)

    assert profile_changes.settle(agency=ClientFactory().agency) == 0


def test_holder_withdraws(grant):
    change = move(grant)

    profile_changes.withdraw(change=change, by=grant.user)

    change.refresh_from_db()
    assert change.ending == ProfileChange.Ending.WITHDRAWN


def test_acknowledged_address_stays_shown_until_the_data_say_it_a_correction_is_over(grant):
    change = move(grant)
    correction = profile_changes.ask_correction(client=grant.client, by=grant.user, text="Mon prénom est Alix.")
    ids = [change.public_id, correction.public_id]

    assert profile_changes.acknowledge(agency=grant.client.agency, public_ids=ids) == 2
    assert profile_changes.acknowledge(agency=grant.client.agency, public_ids=ids) == 0

    change.refresh_from_db()
    correction.refresh_from_db()
    assert (change.ended_at, correction.ending) == (None, ProfileChange.Ending.SETTLED)


def test_correction_reaches_the_agency_without_its_words(grant):
    profile_changes.ask_correction(client=grant.client, by=grant.user, text="Mon prénom est Alix.")

    assert told("correction-asked") == [grant.client.agency.email]


def test_database_keeps_one_pending_change_of_a_kind(grant):
    ProfileChangeFactory(client=grant.client, asked_by=grant.user)

    with pytest.raises(IntegrityError), transaction.atomic():
        ProfileChangeFactory(client=grant.client, asked_by=grant.user)
