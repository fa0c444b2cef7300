"""Who looks: a login, and the clients whose affairs it reads."""

import dataclasses
from functools import cached_property
from typing import Self

from django.utils import timezone

from parvis.kit.days import paris_day
from parvis.people.models.clients import Client, Grant, Representation
from parvis.people.models.logins import User


@dataclasses.dataclass(frozen=True)
class Viewer:
    """A signed-in person, as the domains see it. Their clients are read once, when first asked for."""

    user_id: int
    agency_id: int
    is_staff: bool = False

    @classmethod
    def of(cls, user: User) -> Self:
        """Make the viewer of a login; one that `LoginBackend` has loaded needs no other query."""
        viewer = cls(user_id=user.pk, agency_id=user.agency_id, is_staff=user.is_staff)
        if hasattr(user, "open_grants"):
            vars(viewer)["_grants"] = user.open_grants
        return viewer

    @cached_property
    def own_clients(self) -> tuple[Client, ...]:
        """The clients of the login's open grants."""
        return tuple(grant.client for grant in self._grants)

    @cached_property
    def client_ids(self) -> tuple[int, ...]:
        """The clients whose affairs the person reads: their own, and those they represent today."""
        return (*self._own_ids, *(held.client_id for held in self._representations))

    @cached_property
    def account_client_ids(self) -> tuple[int, ...]:
        """Those of `client_ids` whose accounts the person reads too."""
        readable = (held.client_id for held in self._representations if held.may_read_accounts)
        return (*self._own_ids, *readable)

    @cached_property
    def _grants(self) -> list[Grant]:
        return list(Grant.objects.of_login(self.user_id))

    @cached_property
    def _own_ids(self) -> tuple[int, ...]:
        return tuple(grant.client_id for grant in self._grants)

    @cached_property
    def _representations(self) -> list[Representation]:
        if not any(grant.represents_others for grant in self._grants):
            return []
        held = Representation.objects.in_force(paris_day(timezone.now()))
        return list(held.filter(representative_id__in=self._own_ids).order_by("pk"))
