"""Who looks: the least that a domain must know of a person to say which rows are theirs."""

from typing import Protocol


class Viewer(Protocol):
    """A signed-in person. `parvis.people` implements it; every `visible_to` receives one."""

    @property
    def user_id(self) -> int:
        """The login's row."""
        ...

    @property
    def agency_id(self) -> int:
        """The agency of the login: nothing of another agency is ever visible."""
        ...

    @property
    def own_client_ids(self) -> tuple[int, ...]:
        """The clients that the person is: the offices that nobody holds for them."""
        ...

    @property
    def client_ids(self) -> tuple[int, ...]:
        """The clients whose affairs the person reads: their own, and those they represent today."""
        ...

    @property
    def account_client_ids(self) -> tuple[int, ...]:
        """Those of `client_ids` whose accounts the person reads too."""
        ...

    @property
    def is_staff(self) -> bool:
        """Whether the login belongs to the agency's staff rather than to a client."""
        ...

    @property
    def scope(self) -> str:
        """How far a member of the staff sees: "agency", or the "buildings" they look after; empty for a client."""
        ...
