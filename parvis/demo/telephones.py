"""The telephones of the demonstration's staff: whoever tries it reads there the codes of their applications.

The secret follows from the address, so nothing has to be kept; it is worth what the demonstration's passwords are.
"""

import base64
import hashlib
from dataclasses import dataclass

import pyotp
from django.db import transaction

from parvis.kit.clock import database_now
from parvis.kit.sealing import seal
from parvis.people.actions.authenticators import NEIGHBOURS, SEALED_FOR
from parvis.people.models import Authenticator, StaffMember, User

HALF_MINUTE = 30
# Who has no telephone yet: at their first sign-in one sees how a second proof is added.
WITHOUT_TELEPHONE = frozenset({"LB"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCode:
    """The code on a telephone; empty while the last one that may be used has been."""

    name: str
    email: str
    code: str


def secret_of(email: str) -> str:
    return base64.b32encode(hashlib.sha256(f"telephone of {email}".encode()).digest()[:20]).decode("ascii")


@transaction.atomic
def give_telephone(user: User) -> None:
    """Add the application, unless the login has one."""
    Authenticator.objects.get_or_create(
        user=user,
        defaults={
            "agency": user.agency,
            "sealed_secret": seal(secret_of(user.email), purpose=SEALED_FOR),
            "last_step": 0,
            "confirmed_at": database_now(),
        },
    )


def codes_now() -> list[ShownCode]:
    """What every telephone shows: a code that was not used yet, the present one if it can be."""
    present = int(database_now().timestamp()) // HALF_MINUTE
    members = StaffMember.objects.filter(user__authenticator__isnull=False).select_related("user__authenticator")
    return [shown(member, present=present) for member in members.order_by("agency", "last_name", "pk")]


def shown(member: StaffMember, *, present: int) -> ShownCode:
    user = member.user
    assert user is not None  # noqa: S101 -- those that have an application
    step = max(present, user.authenticator.last_step + 1)
    code = pyotp.TOTP(secret_of(user.email)).at(step * HALF_MINUTE) if step <= present + NEIGHBOURS else ""
    return ShownCode(name=str(member), email=user.email, code=code)
