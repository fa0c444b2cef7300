"""Which proofs of its own a login may show here, for the pages that ask for one."""

import dataclasses

from django.http import HttpRequest

from parvis.people.models import Authenticator, Passkey, RecoveryCode, User
from parvis.web.entrance.factors.ceremony import place_of


@dataclasses.dataclass(frozen=True, kw_only=True)
class Ways:
    """What the template `entrance/factors/ways.html` offers, as `ways`."""

    passkey: bool
    application: bool
    recovery: bool

    @property
    def is_any(self) -> bool:
        """Whether one of those that prove again who somebody is can be shown; a code on paper is too dear for that."""
        return self.passkey or self.application


def ways_of(request: HttpRequest, user: User) -> Ways:
    """The proofs that the login has; a passkey only where its own host is open."""
    place = place_of(request)
    return Ways(
        passkey=place is not None and Passkey.objects.at(place.rp_id).filter(user=user).exists(),
        application=Authenticator.objects.filter(user=user).exists(),
        recovery=RecoveryCode.objects.left().filter(user=user).exists(),
    )
