"""Where the links of messages lead: /vers/<mot>/<identifiant public>/, for whoever may see what they name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from parvis.compliance.access import expenses_to_check
from parvis.documents.models import Archive, Document
from parvis.exchange.models import DataExport
from parvis.interventions.models import Announcement, Intervention, Quote
from parvis.ledger.models import Account, RentReceipt
from parvis.notices.rules import WORDS
from parvis.people.models import Viewer
from parvis.property.models import Lot
from parvis.rentals.models import RentalApplication
from parvis.threads.models import Thread


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """`rows` are those that the viewer may see; `url_name` is their page, with or without the public id."""

    rows: Callable[[Viewer], "QuerySet[Any]"]  # Any: rows of one model or another
    url_name: str
    has_own_page: bool = True


DESTINATIONS = {
    "account": Destination(rows=Account.objects.visible_to, url_name="client:accounts-detail"),
    "announcement": Destination(rows=Announcement.objects.visible_to, url_name="client:announcements-detail"),
    "application": Destination(
        rows=RentalApplication.objects.visible_to, url_name="client:rentals-index", has_own_page=False
    ),
    "archive": Destination(
        rows=lambda viewer: Archive.objects.visible_to(viewer).ready(), url_name="client:documents-archive"
    ),
    "document": Destination(rows=Document.objects.visible_to, url_name="client:documents-file"),
    "expense": Destination(rows=expenses_to_check, url_name="client:council-expense"),
    "export": Destination(rows=DataExport.objects.visible_to, url_name="client:profile-copy", has_own_page=False),
    "intervention": Destination(rows=Intervention.objects.visible_to, url_name="client:interventions-detail"),
    "message": Destination(rows=Thread.objects.visible_to, url_name="client:messages-detail"),
    "property": Destination(rows=Lot.objects.visible_to, url_name="client:properties-detail"),
    "quote": Destination(rows=Quote.objects.visible_to, url_name="client:interventions-quote"),
    "receipt": Destination(rows=RentReceipt.objects.visible_to, url_name="client:receipts-file"),
}
BY_WORD = {WORDS[kind]: destination for kind, destination in DESTINATIONS.items()}


def destination_of(viewer: Viewer, *, word: str, public_id: str) -> Destination | None:
    """Nothing for a word that we do not know, for what does not exist, for what is another's: nobody is told which."""
    destination = BY_WORD.get(word)
    if destination is None or not destination.rows(viewer).filter(public_id=public_id).exists():
        return None
    return destination
