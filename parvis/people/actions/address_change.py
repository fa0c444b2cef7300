"""The confirmed courriel of a login changes slowly: the new one serves once confirmed, the former one may cancel."""

import datetime as dt

from django.db import transaction
from django.db.models.functions import Now

from parvis.journal.actions import record
from parvis.kit import throttle
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.mail.actions import queue_written
from parvis.people import emails
from parvis.people.actions import links, objections
from parvis.people.actions.first_connection import AddressTaken, TooManyMessages, is_taken
from parvis.people.actions.hold import begin_hold, check_not_held
from parvis.people.actions.locks import hold_login
from parvis.people.actions.second_step import end_steps
from parvis.people.actions.sessions import end_sessions
from parvis.people.models import (
    AccessFreeze,
    AddressChange,
    EmailLink,
    KnownBrowser,
    SensitiveAction,
    User,
)
from parvis.people.rules import mask_email, normalise_email

CONFIRM_LASTS = dt.timedelta(hours=24)
CANCEL_LASTS = dt.timedelta(days=7)
ASKED_A_DAY = throttle.Limit(name="address-change-day", allowed=5, seconds=24 * 3600)
ITS_LINKS = (EmailLink.Purpose.CONFIRM_CHANGE, EmailLink.Purpose.CANCEL_CHANGE)


class SameAddress(Refusal):
    message = "C’est déjà votre courriel."


class AnotherLogin(Refusal):
    """A link read by somebody else confirms nothing: whoever was sent it by mistake cannot take the login."""

    message = "Ce lien confirme le courriel d’un autre accès. Connectez-vous avec cet accès, puis ouvrez-le de nouveau."


def pending_of(user: User) -> AddressChange | None:
    """The change that waits for its link."""
    return AddressChange.objects.pending().filter(user=user).first()


@transaction.atomic
def ask(*, user: User, email: str, host: str) -> AddressChange:
    """Send a link to the new address and tell the present one, which may cancel for 7 days.

    The holder asks, freshly proven. Refuses while the login is on hold, the present address, one that is taken where
    the agency wants it, and a sixth change in a day.
    """
    check_not_held(user, SensitiveAction.ADDRESS)
    row = hold_login(user)
    email = normalise_email(email)
    if email == row.email:
        raise SameAddress
    if not row.agency.allows_shared_email and is_taken(email, agency_id=row.agency_id):
        raise AddressTaken(phone=row.agency.phone)
    if throttle.admit(ASKED_A_DAY, key=str(row.pk)):
        raise TooManyMessages
    end_pending(row, ending=AddressChange.Ending.REPLACED)
    change = AddressChange.objects.create(
        agency_id=row.agency_id,
        user=row,
        former_email=row.email,
        former_confirmed_at=row.email_confirmed_at,
        new_email=email,
        asked_at=database_now(),
    )
    send_links(change, host=host)
    journal("address-change.asked", change, actor=("user", row.public_id))
    return change


def send_links(change: AddressChange, *, host: str) -> None:
    user = change.user
    made = new_link(change, purpose=EmailLink.Purpose.CONFIRM_CHANGE, email=change.new_email, lasts=CONFIRM_LASTS)
    expires_at = made.link.expires_at
    written = emails.confirm_new_address(
        user=user, url=user.agency.link(made.path, asked_host=host), expires_at=expires_at
    )
    queue_written(
        agency=user.agency,
        kind="confirm-new-address",
        to_address=change.new_email,
        written=written,
        expires_at=expires_at,
    )
    if change.former_email:
        made = new_link(change, purpose=EmailLink.Purpose.CANCEL_CHANGE, email=change.former_email, lasts=CANCEL_LASTS)
        url = user.agency.link(made.path, asked_host=host)
        written = emails.address_change_asked(change=change, url=url, until=made.link.expires_at)
        queue_written(agency=user.agency, kind="address-change-asked", to_address=change.former_email, written=written)


def new_link(change: AddressChange, *, purpose: EmailLink.Purpose, email: str, lasts: dt.timedelta) -> links.NewLink:
    return links.create(EmailLink(purpose=purpose, user=change.user, change=change, email=email), lasts=lasts)


def end_pending(user: User, *, ending: AddressChange.Ending) -> None:
    """Drop the change that waits; its links stop."""
    pending = AddressChange.objects.pending().filter(user=user)
    links.supersede(EmailLink.objects.filter(change__in=list(pending)), purposes=ITS_LINKS)
    pending.update(ended_at=Now(), ending=ending)


@transaction.atomic
def withdraw(*, user: User) -> None:
    """« Abandonner »: its author does not want the change any more."""
    hold_login(user)
    change = pending_of(user)
    if change is not None:
        end_pending(user, ending=AddressChange.Ending.WITHDRAWN)
        journal("address-change.withdrawn", change, actor=("user", user.public_id))


@transaction.atomic
def confirm(*, link: EmailLink, by: User) -> AddressChange:
    """Use the new address from now on; the login is on hold, the former address is told and may object.

    Only inside the login itself. Refuses another login, and a link that was used, replaced or is too old.
    """
    if link.user_id != by.pk:
        raise AnotherLogin
    user = hold_login(by)
    links.use(link)
    change = AddressChange.objects.pending().filter(links=link, user=user, new_email=link.email).first()
    if change is None or not user.is_active:
        raise links.LinkRefused
    change.confirmed_at = database_now()
    change.save(update_fields=["confirmed_at"])
    user.email, user.email_confirmed_at = change.new_email, change.confirmed_at
    user.save(update_fields=["email", "email_confirmed_at"])
    links.supersede(EmailLink.objects.filter(user=user))
    begin_hold(user)
    tell_changed(change, user=user)
    journal("address-change.confirmed", change, actor=("user", user.public_id))
    return change


def tell_changed(change: AddressChange, *, user: User) -> None:
    if change.former_email and change.confirmed_at:
        url = objections.of_login(user, trigger=AccessFreeze.Trigger.ADDRESS_CHANGED, email=change.former_email)
        written = emails.address_changed(
            user=user, masked=mask_email(change.new_email), at=change.confirmed_at, url=url
        )
        queue_written(agency=user.agency, kind="address-changed", to_address=change.former_email, written=written)


@transaction.atomic
def cancel(*, link: EmailLink) -> AddressChange:
    """« Annuler le changement »: the former address serves again, whatever came after; every device is disconnected.

    Whoever reads the former address may, for 7 days. Refuses a link that was used, replaced or is too old.
    """
    if link.user is None:
        raise links.LinkRefused
    user = hold_login(link.user)
    links.use(link)
    change = AddressChange.objects.filter(links=link, user=user, ended_at=None).first()
    if change is None or not user.is_active:
        raise links.LinkRefused
    later = AddressChange.objects.filter(user=user, asked_at__gte=change.asked_at, ended_at=None)
    later.update(ended_at=Now(), ending=AddressChange.Ending.CANCELLED)
    links.supersede(EmailLink.objects.filter(user=user), purposes=(*links.OF_A_PROCESS, *ITS_LINKS))
    user.email, user.email_confirmed_at = change.former_email, change.former_confirmed_at
    user.save(update_fields=["email", "email_confirmed_at"])
    end_sessions(user)
    end_steps(user)
    KnownBrowser.objects.filter(user=user).delete()
    journal("address-change.cancelled", change, actor=("mailbox", ""))
    return change


def journal(verb: str, change: AddressChange, *, actor: tuple[str, str]) -> None:
    record(
        agency_id=change.agency_id,
        verb=verb,
        actor=actor,
        subject=("address-change", change.public_id),
        personal_detail={"email": mask_email(change.new_email)},
    )
