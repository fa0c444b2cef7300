"""What a client changes of what the agency knows: shown at once, kept until the agency's data say it too."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce, Now

from parvis.agencies.models import Agency
from parvis.journal.actions import record
from parvis.kit import throttle
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.refusals import Refusal
from parvis.mail.actions import queue_written
from parvis.people import emails
from parvis.people.actions import objections
from parvis.people.actions.hold import check_not_held
from parvis.people.actions.locks import hold_clients
from parvis.people.models import AccessFreeze, Client, DeliveryChoice, Grant, ProfileChange, SensitiveAction, User
from parvis.people.profile_rules import is_possible_effect, say_the_same

COLUMNS = {
    ProfileChange.Subject.POSTAL_ADDRESS: ("address_extra", "street", "postal_code", "city", "country"),
    ProfileChange.Subject.PHONES: ("mobile_phone", "landline_phone"),
}
CHANGES_A_DAY = throttle.Limit(name="profile-change-day", allowed=10, seconds=24 * 3600)
LONGEST_CORRECTION = 4000
Values = dict[str, str]


class NotTheHolder(Refusal):
    message = "Seul le titulaire de cet accès peut faire ce changement."


class NothingChanges(Refusal):
    message = "C’est déjà ce que votre agence a noté."


class ImpossibleDay(Refusal):
    message = "Choisissez un jour à partir d’aujourd’hui, dans l’année qui vient."


class TooManyChanges(Refusal):
    message = "Vous avez fait beaucoup de changements aujourd’hui. Recommencez demain, ou appelez votre agence."


def held_by_holder(client: Client, *, by: User) -> Client:
    """The client, nobody else changing them meanwhile; refused to whoever does not hold their login."""
    held = hold_clients([client.pk])
    if not held or not Grant.objects.filter(client=client, user=by, ended_at=None, user__is_active=True).exists():
        raise NotTheHolder
    return held[0]


def count_change(by: User) -> None:
    """Refuse the eleventh of a day."""
    if throttle.admit(CHANGES_A_DAY, key=str(by.pk)):
        raise TooManyChanges


def values_of(client: Client, *, subject: str) -> Values:
    """What the agency's data say."""
    return {name: getattr(client, name) for name in COLUMNS[ProfileChange.Subject(subject)]}


@transaction.atomic
def change(*, client: Client, by: User, wanted: Values, effective_on: dt.date | None = None) -> ProfileChange | None:
    """Ask the agency's books to say `wanted` (an address or the telephones, whole), from that day.

    The holder alone asks. An address waits while the login is on hold. What the books say already withdraws what was
    asked before (None then), or is refused. Refuses a day that is over and an eleventh change in a day. The addresses
    are told.
    """
    subject = next(subject for subject, columns in COLUMNS.items() if set(wanted) == set(columns))
    if subject == ProfileChange.Subject.POSTAL_ADDRESS:
        check_not_held(by, SensitiveAction.POSTAL_ADDRESS)
    row, now = held_by_holder(client, by=by), database_now()
    count_change(by)
    day = effective_on or paris_day(now)
    if not is_possible_effect(day, today=paris_day(now)):
        raise ImpossibleDay
    former = values_of(row, subject=subject)
    pending = ProfileChange.objects.pending().filter(client=row, subject=subject)
    if wanted == former:
        take_back(pending, by=by)
        return None
    pending.update(ended_at=now, ending=ProfileChange.Ending.REPLACED)
    made = ProfileChange(subject=subject, wanted=wanted, former=former, effective_on=day)
    return write(made, client=row, by=by, at=now)


def take_back(pending: QuerySet[ProfileChange], *, by: User) -> None:
    """Who comes back to what the books say has nothing more to ask of them; refused when nothing was asked."""
    asked = pending.first()
    if asked is None:
        raise NothingChanges
    withdraw(change=asked, by=by)


@transaction.atomic
def ask_correction(*, client: Client, by: User, text: str) -> ProfileChange:
    """« Demander une rectification »: what is wrong in what the agency holds, in the client's words."""
    row, now = held_by_holder(client, by=by), database_now()
    count_change(by)
    made = ProfileChange(subject=ProfileChange.Subject.CORRECTION, effective_on=paris_day(now))
    made.wanted = {"text": text[:LONGEST_CORRECTION]}
    return write(made, client=row, by=by, at=now)


def write(made: ProfileChange, *, client: Client, by: User, at: dt.datetime) -> ProfileChange:
    """Keep it, tell the addresses, journal it."""
    made.agency, made.client, made.asked_by, made.asked_at = client.agency, client, by, at
    made.save(force_insert=True)
    tell(made, by=by)
    if made.subject == ProfileChange.Subject.CORRECTION:
        written = emails.correction_asked(change=made)
        queue_written(agency=client.agency, kind="correction-asked", to_address=client.agency.email, written=written)
    journal(f"profile.{made.subject.replace('_', '-')}-asked", made, by=by)
    return made


def tell(made: ProfileChange, *, by: User) -> None:
    """Tell the courriel of the login and the one that the agency knows: whoever did not ask may object."""
    for address in addresses_of(made.client, by=by):
        url = objections.of_login(by, trigger=AccessFreeze.Trigger.PROFILE_CHANGED, email=address)
        written = emails.profile_changed(change=made, not_me_url=url)
        queue_written(agency=made.agency, kind="profile-changed", to_address=address, written=written)


def addresses_of(client: Client, *, by: User) -> list[str]:
    return list(dict.fromkeys(filter(None, (by.email, client.known_email.lower()))))


@transaction.atomic
def withdraw(*, change: ProfileChange, by: User) -> None:
    """« Annuler ce changement »: the agency's data stay as they are. One that is over already stays over."""
    row = held_by_holder(change.client, by=by)
    pending = ProfileChange.objects.pending().filter(pk=change.pk, client=row)
    if pending.update(ended_at=Now(), ending=ProfileChange.Ending.WITHDRAWN):
        journal("profile.change-withdrawn", change, by=by)


# The agency's side


@transaction.atomic
def settle(*, agency: Agency) -> int:
    """After new data came from the agency: end what they now say; return how many. What they do not stays shown."""
    pending = ProfileChange.objects.pending().filter(agency=agency, subject__in=COLUMNS).select_related("client")
    said = [row.pk for row in pending if say_the_same(row.wanted, values_of(row.client, subject=row.subject))]
    return ProfileChange.objects.filter(pk__in=said).update(
        ended_at=Now(), ending=ProfileChange.Ending.SETTLED, acknowledged_at=Coalesce("acknowledged_at", Now())
    )


@transaction.atomic
def acknowledge(*, agency: Agency, public_ids: Collection[str]) -> int:
    """The agency took these changes in its books; return how many it had not said so of.

    A correction and a closing are over then; an address stays « en cours » until the data say it.
    """
    taken = 0
    for model in (ProfileChange, DeliveryChoice):
        rows = model._default_manager.filter(agency=agency, public_id__in=public_ids, acknowledged_at=None)
        taken += rows.update(acknowledged_at=Now())
    over = ProfileChange.objects.pending().filter(agency=agency, public_id__in=public_ids).exclude(subject__in=COLUMNS)
    over.update(ended_at=Now(), ending=ProfileChange.Ending.SETTLED)
    if taken:
        record(agency_id=agency.pk, verb="profile.changes-acknowledged", subject=("agency", agency.slug))
    return taken


def journal(verb: str, change: ProfileChange, *, by: User) -> None:
    record(
        agency_id=change.agency_id,
        verb=verb,
        actor=("user", by.public_id),
        subject=("profile-change", change.public_id),
    )
