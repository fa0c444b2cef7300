"""The accesses of the agency's staff, given and mended by whoever runs the site: nobody opens one by themselves."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from parvis.agencies.models import Agency
from parvis.journal.actions import SYSTEM, record
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.refusals import Refusal
from parvis.mail.actions import queue_written
from parvis.people import emails
from parvis.people.actions import links
from parvis.people.actions.browsers import forget_others
from parvis.people.actions.codes import reopen_codes
from parvis.people.actions.locks import hold_login
from parvis.people.actions.second_step import end_steps
from parvis.people.actions.sessions import end_sessions
from parvis.people.models import Authenticator, Client, EmailLink, Passkey, RecoveryCode, StaffMember, User
from parvis.people.rules import is_mailable, normalise_email, normalise_reference

INVITATION_LASTS = dt.timedelta(hours=24)


class NobodyOfThatName(Refusal):
    """No member of the staff, no client with an access, has that reference."""


class InvitationRefused(Refusal):
    """The person has an access, left, or the address is no one's to give."""


@transaction.atomic
def invite(*, agency: Agency, reference: str, email: str = "", role: str = "", by: tuple[str, str] = SYSTEM) -> User:
    """Give a member of the staff a login without a password, and send the link to choose one (24 hours).

    `email` is their address at work; the one of the agency's data when it is empty. `role` is what they may open;
    that of the agency's data when they have none yet. Invited again before they have chosen, they receive another
    link. Nothing opens before a second proof is added, at the first sign-in.
    """
    posts = StaffMember.objects.select_for_update(of=("self",), no_key=True)
    member = posts.filter(agency=agency, reference=reference).first()
    if member is None:
        raise NobodyOfThatName(f"Personne de l’agence n’a la référence {reference}.")
    if not member.is_in_post(paris_day(timezone.now())):
        raise InvitationRefused(f"{member} a quitté l’agence.")
    member.desk_role = role or member.desk_role
    user = login_for(member, email=normalise_email(email or member.email))
    links.supersede(EmailLink.objects.filter(user=user))
    made = links.create(
        EmailLink(purpose=EmailLink.Purpose.RESET_PASSWORD, user=user, email=user.email), lasts=INVITATION_LASTS
    )
    url = agency.link(made.path, asked_host=settings.STAFF_HOST)
    written = emails.staff_invited(user=user, url=url, expires_at=made.link.expires_at)
    queue_written(
        agency=agency,
        kind="staff-invited",
        to_address=user.email,
        written=written,
        expires_at=made.link.expires_at,
    )
    record(agency_id=agency.pk, verb="staff.invited", actor=by, subject=("user", user.public_id))
    return user


def login_for(member: StaffMember, *, email: str) -> User:
    """The member's login, which opens nothing yet; made when there is none."""
    if member.user is not None and member.user.has_usable_password() and member.user.password:
        raise InvitationRefused(f"{member} a déjà un accès. Qui a tout perdu\u00a0: manage.py forget_factors.")
    refuse_bad_address(email)
    others = User.objects.filter(agency=member.agency, email=email)
    if others.exclude(pk=member.user_id or 0).exists():
        raise InvitationRefused(f"{email} est déjà l’adresse d’un autre accès\u00a0: donnez-en une autre par --email.")
    user: User = member.user or User(agency=member.agency)
    user.email, user.email_confirmed_at = email, database_now()
    user.set_unusable_password()
    user.save()
    seat(member, user=user)
    return user


def seat(member: StaffMember, *, user: User) -> None:
    """The login is theirs. Who has no role in the desk yet begins with that of the books, a caretaker in buildings."""
    member.user, member.desk_role = user, member.desk_role or member.role
    if member.desk_role == StaffMember.Role.CARETAKER:
        member.scope = StaffMember.Scope.BUILDINGS
    if member.desk_role == StaffMember.Role.ADMINISTRATOR:
        member.scope = StaffMember.Scope.AGENCY
    member.save(update_fields=["user", "desk_role", "scope"])


def refuse_bad_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise InvitationRefused("Donnez par --email l’adresse de cette personne.") from None
    if not is_mailable(email):
        raise InvitationRefused(f"Nos messages ne peuvent pas aller à {email}.")


def login_named(*, agency: Agency, name: str) -> User:
    """The login of that identifiant, or of the member of the staff of that reference."""
    clients = Client.objects.filter(agency=agency, reference_key=normalise_reference(name) or None)
    of_client = User.objects.filter(grants__client__in=clients, grants__ended_at=None)
    of_staff = User.objects.filter(staffmember__agency=agency, staffmember__reference=name)
    found: dict[int, User] = {
        user.pk: user for logins in (of_client, of_staff) for user in logins.select_related("agency")
    }
    if len(found) != 1:
        raise NobodyOfThatName(f"Aucun accès, ou plusieurs, pour {name}.")
    return next(iter(found.values()))


@transaction.atomic
def forget_factors(*, user: User) -> int:
    """Remove every proof beside the password, for who lost them all; return how many there were.

    Their sessions end, their browsers are known no more, their address is told. The staff add a proof at the next
    sign-in; nothing else opens to them before.
    """
    hold_login(user)
    reopen_codes(user)
    end_sessions(user)
    end_steps(user)
    forget_others(user)
    mine = [model.objects.filter(user=user) for model in (Passkey, Authenticator, RecoveryCode)]
    erased = sum(rows.delete()[0] for rows in mine)
    if user.email:
        written = emails.factors_forgotten(user=user, at=database_now())
        queue_written(agency=user.agency, kind="factors-forgotten", to_address=user.email, written=written)
    record(agency_id=user.agency_id, verb="factors.forgotten", subject=("user", user.public_id))
    return erased
