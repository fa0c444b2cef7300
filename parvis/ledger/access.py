"""What the staff see of the accounts, beside what each client sees of their own; the papers behind entries."""

from typing import Any, NamedTuple

from django.db.models import QuerySet

from parvis.documents.models import Document
from parvis.kit.prepared import prepared
from parvis.kit.viewer import Viewer
from parvis.ledger.models import Account, AccountQuerySet, CallDifference
from parvis.ledger.models.budgets import CallDifferenceQuerySet
from parvis.property.access import in_scope


def accounts_to_complete(viewer: Viewer) -> AccountQuerySet:
    """The accounts of the agency in « situation incomplète », for its staff alone."""
    if not viewer.is_staff:
        return Account.objects.none()
    return Account.objects.filter(in_scope(viewer), agency_id=viewer.agency_id, is_withheld=True).order_by(
        "reference", "pk"
    )


def accounts_of_client(viewer: Viewer, *, client_id: int) -> AccountQuerySet:
    """The accounts of a client that a member of the staff may see."""
    if not viewer.is_staff:
        return Account.objects.none()
    mine = Account.objects.filter(in_scope(viewer), agency_id=viewer.agency_id, client_id=client_id)
    return mine.select_related("building", "lot").order_by("closed_on", "reference", "pk")


def differences_of_agency(viewer: Viewer) -> CallDifferenceQuerySet:
    """The calls of accounts in scope whose amount their parts do not explain, for the staff alone."""
    mine = in_scope(viewer, client="call__account__client", building="call__account__building")
    return CallDifference.objects.visible_to(viewer).filter(mine)


class PieceRow(NamedTuple):
    """A document that entries name, and to whom it is addressed."""

    id: int
    reference: str
    public_id: str
    kind: str
    audience: str
    client_id: int | None


def pieces_behind(viewer: Viewer, references: list[str], *, at_most: int) -> list[PieceRow]:
    """The documents of these references that the viewer may open; `at_most` references are asked for.

    What stands behind an entry is nearly always addressed to the client of the account: that is known from the row.
    For the other audiences, which cost a statement of their own, `visible_to` says.
    """
    if not references:
        return []
    padded = references[:at_most] + references[-1:] * (at_most - len(references))
    rows = [PieceRow(*row) for row in named_documents(viewer, *padded)]
    theirs = {Document.Audience.CLIENT: viewer.client_ids, Document.Audience.ACCOUNT: viewer.account_client_ids}
    shared = [row.id for row in rows if row.audience not in theirs]
    seen = set(Document.objects.visible_to(viewer).filter(pk__in=shared).values_list("pk", flat=True)) if shared else ()
    return [row for row in rows if row.id in seen or row.client_id in theirs.get(Document.Audience(row.audience), ())]


@prepared
def named_documents(viewer: Viewer, *references: str) -> "QuerySet[Document, tuple[Any, ...]]":
    """What the agency has published under these references, whoever may read it; one statement for any of them."""
    documents = Document.objects.published().filter(agency_id=viewer.agency_id, reference__in=references)
    return documents.order_by().values_list(*PieceRow._fields)
