"""Accounts at Google, LinkedIn, Facebook or X: linked by a client, then another way in.

An account is the pair (issuer, subject). Its e-mail never finds anybody: an unknown account opens nothing.
"""

from django.db import transaction

from parvis.journal.actions import record
from parvis.kit import throttle
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.mail.actions import queue_written
from parvis.people import emails
from parvis.people.access import agencies_at, logins_at
from parvis.people.actions import objections
from parvis.people.actions.confirmation import confirm
from parvis.people.actions.first_connection import AddressTaken, StepLost, is_taken, journal, locked, send_link
from parvis.people.actions.ways_in import keep_a_way_in
from parvis.people.hashers import is_secret
from parvis.people.models import AccessFreeze, Activation, SocialAccount, User
from parvis.people.rules import is_mailable, normalise_email, normalise_secret, wait_in_words
from parvis.people.social_catalogue import LABELS
from parvis.people.social_protocol import Profile

PASSWORD_AGAIN = throttle.Limit(name="password-again", allowed=10, seconds=900)


class LinkedElsewhere(Refusal):
    """One account, one login: a couple that shares one gives a courriel."""

    def __init__(self, provider: str, *, way_on: str = "") -> None:
        super().__init__(f"Ce compte {LABELS[provider]} est déjà associé à un espace client. {way_on}".strip())


class WrongPassword(Refusal):
    message = "Ce n’est pas votre mot de passe actuel."


class TooManyPasswords(Refusal):
    """Whoever holds the session tries passwords."""

    def __init__(self, *, wait_seconds: int) -> None:
        super().__init__(f"Trop d’essais. Réessayez dans {wait_in_words(wait_seconds)}.")


def find_login(profile: Profile, *, host: str) -> User | None:
    """The open login to which the account is linked, at this host; nobody when there are several."""
    agencies = agencies_at(host)
    linked = SocialAccount.objects.filter(
        agency__in=agencies, issuer=profile.issuer, subject=profile.subject, user__in=logins_at(agencies)
    )
    accounts = list(linked.select_related("user__agency", "user__staffmember")[:2])
    if len(accounts) != 1:
        return None
    user = accounts[0].user
    record(
        agency_id=user.agency_id,
        verb="sign-in.by-social-account",
        actor=("user", user.public_id),
        subject=("social-account", str(accounts[0].pk)),
    )
    return user


@transaction.atomic
def take_for_first_connection(*, activation: Activation, profile: Profile, host: str) -> Activation:
    """Note the account on the pending first connection, which will link it at its end.

    A verified e-mail counts as confirmed; another is sent the confirmation link; without e-mail the client types
    one. Refuses an account of another login, and an address that the agency wants for one client alone.
    """
    row = locked(activation)
    if row.state == Activation.State.CONFIRMED:
        raise StepLost
    if is_linked(profile, agency_id=row.agency_id, host=host):
        raise LinkedElsewhere(profile.provider, way_on="Renseignez un courriel.")
    email = normalise_email(profile.email) if is_mailable(profile.email) else ""
    if email and not row.client.agency.allows_shared_email and is_taken(email, agency_id=row.agency_id):
        raise AddressTaken(phone=row.client.agency.phone)
    row.social_provider, row.social_issuer, row.social_subject = profile.provider, profile.issuer, profile.subject
    row.email, row.state = email, Activation.State.ADDRESS_GIVEN if email else Activation.State.STARTED
    if email and not profile.is_email_verified:
        send_link(row, host=host)
    else:
        row.save()
    journal("first-connection.social-account-taken", row)
    if email and profile.is_email_verified:
        confirm(row)
    return row


def is_linked(profile: Profile, *, agency_id: int, host: str) -> bool:
    """Whether a login of that agency, or of another at the same host, holds the account."""
    agencies = {agency_id, *(agency.pk for agency in agencies_at(host))}
    known = SocialAccount.objects.filter(agency__in=agencies, issuer=profile.issuer, subject=profile.subject)
    return known.exists()


def check_password_again(*, user: User, password: str) -> None:
    """Refuse a wrong password of a signed-in person, and more than 10 tries in a quarter of an hour."""
    wait = throttle.admit(PASSWORD_AGAIN, key=str(user.pk))
    if wait:
        raise TooManyPasswords(wait_seconds=wait)
    if not is_secret(normalise_secret(password), encoded=user.password if user.has_usable_password() else ""):
        raise WrongPassword
    throttle.forget(PASSWORD_AGAIN, str(user.pk))


@transaction.atomic
def link(*, user: User, profile: Profile, host: str) -> SocialAccount:
    """Link the account to a signed-in login, whose password was just checked; tell the login's address."""
    if is_linked(profile, agency_id=user.agency_id, host=host):
        raise LinkedElsewhere(profile.provider)
    account, is_new = SocialAccount.objects.get_or_create(
        agency_id=user.agency_id,
        issuer=profile.issuer,
        subject=profile.subject,
        defaults={"user": user, "provider": profile.provider, "linked_at": database_now()},
    )
    if not is_new:
        raise LinkedElsewhere(profile.provider)
    tell(user, provider=profile.provider, is_linked=True)
    record(
        agency_id=user.agency_id,
        verb="social-account.linked",
        actor=("user", user.public_id),
        subject=("social-account", str(account.pk)),
    )
    return account


@transaction.atomic
def unlink(*, user: User, account: SocialAccount) -> None:
    """Forget a linked account, and tell the login's address. Refuses the last way in."""
    keep_a_way_in(user, without=account)
    if not SocialAccount.objects.filter(user=user, pk=account.pk).delete()[0]:
        return
    tell(user, provider=account.provider, is_linked=False)
    record(
        agency_id=user.agency_id,
        verb="social-account.unlinked",
        actor=("user", user.public_id),
        subject=("social-account", str(account.pk)),
    )


def tell(user: User, *, provider: str, is_linked: bool) -> None:
    if user.email:
        url = objections.of_login(user, trigger=AccessFreeze.Trigger.FACTOR_CHANGED, email=user.email)
        write = emails.social_account_linked if is_linked else emails.social_account_unlinked
        written = write(user=user, provider=LABELS[provider], at=database_now(), not_me_url=url)
        kind = "social-account-linked" if is_linked else "social-account-unlinked"
        queue_written(agency=user.agency, kind=kind, to_address=user.email, written=written)
