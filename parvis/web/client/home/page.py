"""The Accueil, gathered from the ledger, the interventions, the rentals and the contacts.

Few queries, whatever the client holds: the page is the first that everyone opens.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet, Value

from parvis.interventions.models import Intervention
from parvis.kit.prepared import prepared
from parvis.kit.viewer import Viewer as AnyViewer
from parvis.people.models import Viewer
from parvis.rentals.models import RentalApplication
from parvis.web.ui.account_cards import AccountCard, account_cards
from parvis.web.ui.contacts import Contact, contacts

CONTACTS_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """What the Accueil shows."""

    greeting: str
    today: dt.date
    accounts: list[AccountCard]
    interventions_count: int
    latest_intervention: str
    applications: list["UnderWay"]
    contacts: list[Contact]

    @property
    def as_of(self) -> dt.date | None:
        """The day of every account, when it is the same for all."""
        days = {card.as_of for card in self.accounts}
        return days.pop() if len(days) == 1 else None

    @property
    def accounts_title(self) -> str:
        """« Vos », when one of them at least is the reader's own."""
        return "Comptes" if all(card.of_holder for card in self.accounts) else "Vos comptes"

    @property
    def is_empty(self) -> bool:
        """A client whose affairs the agency has not sent yet."""
        return not (self.accounts or self.interventions_count or self.applications or self.contacts)

    @property
    def file(self) -> "UnderWay | None":
        """The latest file of those who have no account: what matters most to them."""
        return self.applications[0] if self.applications and not self.accounts else None


class UnderWay(NamedTuple):
    """An intervention in progress, or else an open application."""

    is_intervention: bool
    title: str
    since: dt.date | None
    pk: int
    pieces_received: int
    pieces_expected: int

    @property
    def age_rank(self) -> tuple[dt.date, int]:
        """Oldest first; what is not sent yet is the latest."""
        return (self.since or dt.date.max, self.pk)


def home_page(viewer: Viewer, *, today: dt.date) -> HomePage:
    rows = [UnderWay(*row) for row in under_way_rows(viewer)]
    interventions = sorted((row for row in rows if row.is_intervention), key=lambda row: row.age_rank)
    applications = [row for row in rows if not row.is_intervention]
    return HomePage(
        greeting=viewer.own_clients[0].salutation if viewer.own_clients else "",
        today=today,
        accounts=[card for card in account_cards(viewer, today=today) if not card.is_settled],
        interventions_count=len(interventions),
        latest_intervention=interventions[-1].title if interventions else "",
        applications=sorted(applications, key=lambda row: row.age_rank, reverse=True),
        contacts=contacts(viewer, today=today)[:CONTACTS_SHOWN],
    )


@prepared
def under_way_rows(viewer: AnyViewer) -> "QuerySet[Any, tuple[Any, ...]]":
    """What the page counts, in one statement."""
    interventions = Intervention.objects.visible_to(viewer).in_progress().order_by()
    applications = RentalApplication.objects.visible_to(viewer).open().order_by()
    of_interventions = (Value(True), "title", "reported_on", "pk", Value(0), Value(0))  # noqa: FBT003 -- a column
    of_applications = (Value(False), "listing_label", "submitted_on", "pk", "pieces_received", "pieces_expected")  # noqa: FBT003
    return interventions.values_list(*of_interventions).union(applications.values_list(*of_applications), all=True)
