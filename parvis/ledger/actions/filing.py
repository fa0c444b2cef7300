"""Receipts among the documents: each live one is published to its account, each cancelled one is withdrawn."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from parvis.agencies.models import Agency
from parvis.documents.actions import Paper, publish_ours, withdraw
from parvis.documents.models import Audience, Document
from parvis.kit.clock import database_now
from parvis.ledger.models import RentReceipt
from parvis.ledger.receipt_document import receipt_pdf, title_of

SYSTEM = ("system", "")
AT_ONCE = 100


def file_receipts(*, agency: Agency, by: tuple[str, str] = SYSTEM) -> int:
    """Publish the live receipts of an agency that are not yet, withdraw those cancelled since; how many were published.

    May be killed anywhere and run again: a receipt is marked in the transaction that publishes it.
    """
    withdraw_cancelled(agency=agency, by=by)
    return sum(publish_all(chunk, agency=agency, by=by) for chunk in chunks(waiting(agency)))


def waiting(agency: Agency) -> QuerySet[RentReceipt]:
    receipts = RentReceipt.objects.live().filter(agency=agency, published_at=None)
    return receipts.select_related("account__client", "account__lot").order_by("number", "pk")


def chunks(receipts: QuerySet[RentReceipt]) -> Iterator[list[RentReceipt]]:
    """So many at once, read anew each time: those done leave the query."""
    while found := list(receipts[:AT_ONCE]):
        yield found


@transaction.atomic
def publish_all(receipts: Sequence[RentReceipt], *, agency: Agency, by: tuple[str, str]) -> int:
    """One thread sets the papers, another writes those that are set: typst and the disk let Python go on."""
    with ThreadPoolExecutor(max_workers=1) as press:
        contents = press.map(partial(receipt_pdf, agency=agency), receipts)
        papers = (paper_of(receipt, agency=agency) for receipt in receipts)
        publish_ours(agency=agency, papers=zip(papers, contents, strict=True), by=by)
    numbers = [receipt.pk for receipt in receipts]
    return RentReceipt.objects.filter(pk__in=numbers).update(published_at=database_now())


def paper_of(receipt: RentReceipt, *, agency: Agency) -> Paper:
    return Paper(
        agency=agency,
        kind=receipt.kind,
        title=title_of(receipt),
        dated_on=receipt.issued_on,
        audience=Audience.ACCOUNT,
        client=receipt.account.client,
        lot=receipt.account.lot,
        reference=receipt.reference,
        covers_from=receipt.covers_from,
        covers_until=receipt.covers_until,
    )


@transaction.atomic
def withdraw_cancelled(*, agency: Agency, by: tuple[str, str]) -> None:
    """A withdrawn receipt is no longer published: it is not looked for a second time."""
    gone = list(RentReceipt.objects.filter(agency=agency, cancelled_at__isnull=False, published_at__isnull=False))
    references = [receipt.reference for receipt in gone]
    for document in Document.objects.of_agency(agency).filter(reference__in=references, withdrawn_at=None):
        withdraw(document, by=by)
    for receipt in gone:
        receipt.published_at = None
    RentReceipt.objects.bulk_update(gone, ["published_at"])
