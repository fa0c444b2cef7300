"""The receipts that go by post: those of tenants who have not agreed to read them online (loi 89-462, art. 21)."""

import datetime as dt
from pathlib import Path

from parvis.agencies.models import Agency
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.ledger.models import RentReceipt
from parvis.ledger.receipt_document import receipt_pdf
from parvis.ledger.rules.receipts import month_bounds
from parvis.people.delivery import channels_of
from parvis.people.models import DeliveryChoice


def write_receipts_to_post(*, agency: Agency, month: dt.date, folder: Path) -> int:
    """One PDF each, named by its number; how many. What is there already is written again."""
    folder.mkdir(parents=True, exist_ok=True)
    receipts = RentReceipt.objects.live().filter(agency=agency, covers_from__range=month_bounds(month))
    tenants = set(receipts.values_list("account__client_id", flat=True))
    channels = channels_of(tenants, kind=DeliveryChoice.Kind.RECEIPTS, day=paris_day(database_now()))
    written = 0
    for receipt in receipts.select_related("account").order_by("number", "pk").iterator(chunk_size=200):
        if channels[receipt.account.client_id] is DeliveryChoice.Channel.POST:
            (folder / f"{receipt.number:07d}.pdf").write_bytes(receipt_pdf(receipt, agency=agency))
            written += 1
    return written
