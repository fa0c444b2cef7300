"""The receipts that go by post: those of tenants who have not agreed to read them online (loi 89-462, art. 21)."""

import datetime as dt
from pathlib import Path

from django.db.models import QuerySet

from parvis.agencies.models import Agency
from parvis.ledger.models import PaperlessAgreement, RentReceipt
from parvis.ledger.receipt_document import receipt_pdf
from parvis.ledger.rules.receipts import month_bounds


def receipts_to_post(*, agency: Agency, month: dt.date) -> QuerySet[RentReceipt]:
    agreed = PaperlessAgreement.objects.live().filter(agency=agency).values("client_id")
    receipts = RentReceipt.objects.live().filter(agency=agency, covers_from__range=month_bounds(month))
    return receipts.exclude(account__client_id__in=agreed).select_related("account").order_by("number", "pk")


def write_receipts_to_post(*, agency: Agency, month: dt.date, folder: Path) -> int:
    """One PDF each, named by its number; how many. What is there already is written again."""
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for receipt in receipts_to_post(agency=agency, month=month).iterator(chunk_size=200):
        (folder / f"{receipt.number:07d}.pdf").write_bytes(receipt_pdf(receipt, agency=agency))
        written += 1
    return written
