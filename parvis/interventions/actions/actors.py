"""Who does something to a case."""

from dataclasses import dataclass
from typing import Self

from parvis.agencies.models import AgencyOwned
from parvis.interventions.models import AuthorKind, Supplier
from parvis.journal.actions import record
from parvis.people.models import Client, StaffMember, User


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A client's login, a member of the staff, a firm or the clock; `name` is what is written beside what they do."""

    kind: AuthorKind
    name: str = ""
    user: User | None = None
    client: Client | None = None
    member: StaffMember | None = None
    supplier: Supplier | None = None

    @classmethod
    def of_client(cls, user: User, *, client: Client | None = None, name: str = "") -> Self:
        """A login, in the name of that client."""
        return cls(kind=AuthorKind.CLIENT, name=name or (client.full_name if client else ""), user=user, client=client)

    @classmethod
    def of_staff(cls, member: StaffMember) -> Self:
        return cls(kind=AuthorKind.STAFF, name=str(member), user=member.user, member=member)

    @classmethod
    def of_supplier(cls, supplier: Supplier) -> Self:
        """A firm, by the link that it was sent."""
        return cls(kind=AuthorKind.SUPPLIER, name=supplier.name, supplier=supplier)

    @property
    def journalled(self) -> tuple[str, str]:
        """How the journal names them."""
        if self.user is not None:
            return "user", self.user.public_id
        if self.supplier is not None:
            return "supplier", self.supplier.public_id
        return "system", ""


CLOCK = Actor(kind=AuthorKind.SYSTEM)


SUBJECTS = {"intervention": "intervention", "workorder": "order", "quote": "quote", "photo": "photo"}


def journal(verb: str, row: AgencyOwned, *, by: Actor) -> None:
    """One line in the agency's journal about a case, an order…: the last thing of a transaction."""
    kind = SUBJECTS[str(row._meta.model_name)]
    record(agency_id=row.agency_id, verb=verb, actor=by.journalled, subject=(kind, row.public_id))
