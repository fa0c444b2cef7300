"""The Accueil, gathered from the ledger, the interventions, the rentals and the contacts.

Few queries, whatever the client holds: the page is the first that everyone opens.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet, Value
from django.db.models.functions import TruncDate

from parvis.documents.access import latest_documents
from parvis.interventions.models import Announcement, Intervention, ReportDraft
from parvis.kit.days import PARIS
from parvis.kit.prepared import prepared
from parvis.kit.sizes import format_size
from parvis.kit.viewer import Viewer as AnyViewer
from parvis.people.models import Viewer
from parvis.rentals.models import RentalApplication
from parvis.web.ui.account_cards import AccountCard, account_cards
from parvis.web.ui.contacts import Contact, contacts

CONTACTS_SHOWN = 3
PDF = "application/pdf"
DOCUMENTS_SHOWN = 2
INTERVENTION, DRAFT, APPLICATION = "intervention", "draft", "application"
DOCUMENT, ANNOUNCEMENT = "document", "announcement"


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """What the Accueil shows."""

    greeting: str
    today: dt.date
    accounts: list[AccountCard]
    announcements: list["UnderWay"]
    interventions_count: int
    latest_intervention: str
    drafts: list["UnderWay"]
    applications: list["UnderWay"]
    documents: list["UnderWay"]
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
        known = (self.accounts, self.interventions_count, self.applications, self.documents, self.contacts)
        return not (any(known) or self.announcements)

    @property
    def file(self) -> "UnderWay | None":
        """The latest file of those who have no account: what matters most to them."""
        return self.applications[0] if self.applications and not self.accounts else None


class UnderWay(NamedTuple):
    """An intervention in progress, a report not sent yet, an open application, a recent document, an announcement."""

    kind: str
    title: str
    since: dt.date | None
    pk: int
    pieces_received: int
    pieces_expected: int
    public_id: str
    size: int
    media_type: str

    @property
    def age_rank(self) -> tuple[dt.date, int]:
        """Oldest first; what is not sent yet is the latest."""
        return (self.since or dt.date.max, self.pk)

    @property
    def facts(self) -> str:
        """Of a document: « PDF, 1,2 Mo »."""
        return f"{'PDF' if self.media_type == PDF else 'Image'}, {format_size(self.size)}"


def home_page(viewer: Viewer, *, today: dt.date) -> HomePage:
    rows: dict[str, list[UnderWay]] = defaultdict(list)
    for row in under_way_rows(viewer):
        rows[row[0]].append(UnderWay(*row))
    interventions = sorted(rows[INTERVENTION], key=lambda row: row.age_rank)
    return HomePage(
        greeting=viewer.greeting,
        today=today,
        accounts=[card for card in account_cards(viewer, today=today) if not card.is_settled],
        announcements=sorted(rows[ANNOUNCEMENT], key=lambda row: row.age_rank),
        interventions_count=len(interventions),
        latest_intervention=interventions[-1].title if interventions else "",
        drafts=rows[DRAFT],
        applications=sorted(rows[APPLICATION], key=lambda row: row.age_rank, reverse=True),
        documents=sorted(rows[DOCUMENT], key=lambda row: row.age_rank, reverse=True),
        contacts=contacts(viewer, today=today)[:CONTACTS_SHOWN],
    )


@prepared
def under_way_rows(viewer: AnyViewer) -> "QuerySet[Any, tuple[Any, ...]]":
    """What the page counts and names, in one statement."""
    nothing = (Value(0), Value(0), Value(""), Value(0), Value(""))
    interventions = Intervention.objects.visible_to(viewer).in_progress().order_by()
    of_interventions = interventions.values_list(Value(INTERVENTION), "title", "reported_on", "pk", *nothing)
    drafts = ReportDraft.objects.visible_to(viewer)
    kept_on = TruncDate("kept_at", tzinfo=PARIS)
    of_drafts = drafts.values_list(Value(DRAFT), Value(""), kept_on, "pk", *nothing)
    applications = RentalApplication.objects.visible_to(viewer).open().order_by()
    of_applications = applications.values_list(
        Value(APPLICATION), "listing_label", "submitted_on", "pk", "pieces_received", "pieces_expected", *nothing[2:]
    )
    of_documents = latest_documents(viewer, count=DOCUMENTS_SHOWN).values_list(
        *(Value(DOCUMENT), "title", "dated_on", "pk", *nothing[:2]), *("public_id", "file__size", "file__media_type")
    )
    announcements = Announcement.objects.visible_to(viewer).order_by()
    begins_on = TruncDate("begins_at", tzinfo=PARIS)
    of_announcements = announcements.values_list(
        *(Value(ANNOUNCEMENT), "title", begins_on, "pk", *nothing[:2]), *("public_id", *nothing[3:])
    )
    return of_interventions.union(of_drafts, of_applications, of_documents, of_announcements, all=True)
