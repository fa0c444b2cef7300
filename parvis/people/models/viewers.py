"""Who looks: a login, and the clients whose affairs it reads."""

import dataclasses
import itertools
from collections.abc import Iterable
from functools import cached_property
from typing import Self, TypedDict

from django.utils import timezone

from parvis.kit.days import paris_day
from parvis.people.models.clients import Client, Grant, Representation
from parvis.people.models.household import HouseholdAccess
from parvis.people.models.logins import StaffMember, User
from parvis.people.models.reads import ClientRead
from parvis.people.rules import Duty, duties_of

NOBODY = 0  # no login has that key


class Post(TypedDict, total=False):
    """What a viewer knows of a member of the staff."""

    is_staff: bool
    staff_role: str
    scope: str


@dataclasses.dataclass(frozen=True)
class Viewer:
    """A signed-in person, as the domains see it. Their clients are read once, when first asked for."""

    user_id: int
    agency_id: int
    is_staff: bool = False
    staff_role: str = ""
    scope: str = ""

    @classmethod
    def of(cls, user: User) -> Self:
        """Make the viewer of a login; one that `LoginBackend` has loaded needs no other query."""
        viewer = cls(user_id=user.pk, agency_id=user.agency_id, **post_of(user))
        if hasattr(user, "open_grants"):
            vars(viewer)["_grants"] = user.open_grants
        if hasattr(user, "household"):
            vars(viewer)["_household"] = user.household
        return viewer

    @classmethod
    def visiting(cls, client: Client) -> Self:
        """Who sees what the holder of that client sees of it, and nothing that is a login's: no notice, no session."""
        grant = Grant(client=client)
        grant.represents_others, grant.is_of_household, grant.unread_notices = False, False, 0
        viewer = cls(user_id=NOBODY, agency_id=client.agency_id)
        vars(viewer).update(_grants=[grant], _household=[])
        return viewer

    @cached_property
    def duties(self) -> frozenset[Duty]:
        """What a member of the staff may open; nothing for a client."""
        return duties_of(self.staff_role, of_whole_agency=self.scope == StaffMember.Scope.AGENCY)

    @cached_property
    def own_clients(self) -> tuple[Client, ...]:
        """The clients of the login's open grants."""
        return tuple(grant.client for grant in self._grants)

    @cached_property
    def own_client_ids(self) -> tuple[int, ...]:
        """The clients that the person is: what they alone may change, and the offices that are theirs alone."""
        return tuple(grant.client_id for grant in self._grants)

    @cached_property
    def client_ids(self) -> tuple[int, ...]:
        """The clients whose affairs the person reads: their own, those they represent today, that of the household."""
        represented = (held.client_id for held in self._representations)
        return distinct(self.own_client_ids, represented, (held.client_id for held in self._household))

    @cached_property
    def account_client_ids(self) -> tuple[int, ...]:
        """Those of `client_ids` whose accounts the person reads too."""
        represented = (held.client_id for held in self._representations if held.may_read_accounts)
        return distinct(self.own_client_ids, represented, (held.client_id for held in self._household))

    @cached_property
    def paying_client_ids(self) -> tuple[int, ...]:
        """Those of `client_ids` for whom the person may pay."""
        represented = (held.client_id for held in self._representations if held.may_pay)
        household = (held.client_id for held in self._household if held.right == HouseholdAccess.Right.READ_AND_PAY)
        return distinct(self.own_client_ids, represented, household)

    @property
    def unread_notices(self) -> int:
        """How many notices the person has not read: what the bell says."""
        held: list[Grant | HouseholdAccess] = [*self._grants, *self._household]
        return held[0].unread_notices if held else 0

    @cached_property
    def qualities(self) -> dict[int, ClientRead.Quality]:
        """In what quality the person reads each client that is not their own."""
        represented = {held.client_id: ClientRead.Quality.REPRESENTATIVE for held in self._representations}
        household = {held.client_id: ClientRead.Quality.HOUSEHOLD for held in self._household}
        others = household | represented
        return {client_id: others[client_id] for client_id in others if client_id not in self.own_client_ids}

    @property
    def greeting(self) -> str:
        """How the Accueil greets the person."""
        if self.own_clients:
            return self.own_clients[0].salutation
        return self._household[0].name if self._household else ""

    @property
    def household(self) -> tuple[HouseholdAccess, ...]:
        """What the person reads as somebody of another's household."""
        return tuple(self._household)

    @cached_property
    def _grants(self) -> list[Grant]:
        return list(Grant.objects.of_login(self.user_id))

    @cached_property
    def _household(self) -> list[HouseholdAccess]:
        if self.is_staff or (self._grants and not any(grant.is_of_household for grant in self._grants)):
            return []
        return list(HouseholdAccess.objects.of_login(self.user_id))

    @cached_property
    def _representations(self) -> list[Representation]:
        if not any(grant.represents_others for grant in self._grants):
            return []
        held = Representation.objects.in_force(paris_day(timezone.now()))
        return list(held.filter(representative_id__in=self.own_client_ids).order_by("pk"))


def post_of(user: User) -> Post:
    """Their place at the agency today, if they have one."""
    if not user.is_staff:
        return {}
    member = user.staffmember
    return {"is_staff": True, "staff_role": member.desk_role, "scope": member.scope}


def distinct(*ids: Iterable[int]) -> tuple[int, ...]:
    """Each once, in order."""
    return tuple(dict.fromkeys(itertools.chain(*ids)))
