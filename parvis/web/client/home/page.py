"""The Accueil, gathered from the ledger, the interventions, the rentals and the contacts.

Few queries, whatever the client holds: the page is the first that everyone opens.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, Model, QuerySet, Subquery, Value

from parvis.agencies.models import Agency
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


class Counts(NamedTuple):
    """What the page counts; nothing where there is no row."""

    interventions: int | None = None
    latest: str | None = None
    applications: int | None = None


def home_page(viewer: Viewer, *, today: dt.date) -> HomePage:
    counts = Counts(*count_rows(viewer)[0])
    return HomePage(
        greeting=viewer.own_clients[0].salutation if viewer.own_clients else "",
        today=today,
        accounts=[card for card in account_cards(viewer, today=today) if not card.is_settled],
        interventions_count=counts.interventions or 0,
        latest_intervention=counts.latest or "",
        applications_count=counts.applications or 0,
        contacts=contacts(viewer, today=today)[:CONTACTS_SHOWN],
    )


@prepared
def count_rows(viewer: AnyViewer) -> "QuerySet[Agency, tuple[Any, ...]]":
    """One row, on the viewer's agency: the counts of the page in one statement."""
    in_progress = Intervention.objects.visible_to(viewer).in_progress()
    return Agency.objects.visible_to(viewer).values_list(
        count_of(in_progress),
        Subquery(in_progress.order_by("-reported_on", "-pk").values("title")[:1]),
        count_of(RentalApplication.objects.visible_to(viewer).open()),
    )


def count_of(rows: QuerySet[Model]) -> Subquery:
    """How many rows, as a part of another statement."""
    return Subquery(rows.order_by().values(one=Value(1)).annotate(total=Count("pk")).values("total"))
