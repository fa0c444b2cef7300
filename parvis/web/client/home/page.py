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
    applications_count: int
    contacts: list[Contact]

    @property
    def as_of(self) -> dt.date | None:
        """The day of every account, when it is the same for all."""
        days = {card.as_of for card in self.accounts}
        return days.pop() if len(days) == 1 else None

    @property
    def is_empty(self) -> bool:
        """A client whose affairs the agency has not sent yet."""
        return not (self.accounts or self.interventions_count or self.applications_count or self.contacts)


class UnderWay(NamedTuple):
    """An intervention in progress, or else an open application."""

    is_intervention: bool
    title: str
    since: dt.date | None
    pk: int


def home_page(viewer: Viewer, *, today: dt.date) -> HomePage:
    rows = [UnderWay(*row) for row in under_way_rows(viewer)]
    interventions = sorted((row for row in rows if row.is_intervention), key=lambda row: (row.since, row.pk))
    return HomePage(
        greeting=viewer.own_clients[0].salutation if viewer.own_clients else "",
        today=today,
        accounts=[card for card in account_cards(viewer, today=today) if not card.is_settled],
        interventions_count=len(interventions),
        latest_intervention=interventions[-1].title if interventions else "",
        applications_count=len(rows) - len(interventions),
        contacts=contacts(viewer, today=today)[:CONTACTS_SHOWN],
    )


@prepared
def under_way_rows(viewer: AnyViewer) -> "QuerySet[Any, tuple[Any, ...]]":
    """What the page counts, in one statement."""
    interventions = Intervention.objects.visible_to(viewer).in_progress().order_by()
    applications = RentalApplication.objects.visible_to(viewer).open().order_by()
    return interventions.values_list(Value(True), "title", "reported_on", "pk").union(  # noqa: FBT003 -- a column
        applications.values_list(Value(False), "listing_label", "submitted_on", "pk"),  # noqa: FBT003
        all=True,
    )
