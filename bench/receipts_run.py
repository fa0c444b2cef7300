"""`python -m bench.receipts_run TENANTS ROUNDS` prints, as JSON, seconds a receipt takes, and its paper bare."""

import dataclasses
import datetime as dt
import json
import sys
import time
from collections.abc import Callable, Iterator

import django
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

django.setup()

from parvis.agencies.models import Agency  # noqa: E402 -- once Django is ready
from parvis.kit.papers import TEMPLATE, Paper  # noqa: E402
from parvis.kit.pdf import make_pdf  # noqa: E402
from parvis.ledger.actions.month_of_receipts import make_month  # noqa: E402
from parvis.ledger.models import RentReceipt  # noqa: E402
from parvis.ledger.receipt_document import receipt_paper  # noqa: E402
from parvis.ledger.rules.receipts import month_bounds  # noqa: E402
from tests import factories  # noqa: E402
from tests.ledger.tenants import demand, paid, tenant_account  # noqa: E402


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def count_on_from_the_population() -> None:
    """Its rows came with their numbers: those made now take the next ones."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)


@transaction.atomic
def move_in(agency: Agency, *, tenants: int, months: list[dt.date]) -> None:
    """So many tenants who have paid every month."""
    for number in range(tenants):
        client = factories.ClientFactory(agency=agency, first_name="Camille", last_name=f"Marchand {number}")
        account = tenant_account(client=client)
        for month in months:
            demand(account, month=month, rent_cents=70_000 + number, charges_cents=12_500)
            paid(account, on=month, cents=82_500 + number)


def papers_of(agency: Agency, month: dt.date) -> Iterator[Paper]:
    """The papers of that month under other names: typst remembers what it has laid out already."""
    receipts = RentReceipt.objects.live().filter(agency=agency, covers_from__range=month_bounds(month))
    for receipt in receipts.select_related("account").order_by("number"):
        paper = receipt_paper(receipt, agency=agency)
        yield dataclasses.replace(
            paper, recipient=[f"Chez {line}" for line in paper.recipient], title=f"{paper.title}."
        )


def main() -> None:
    tenants, rounds = int(sys.argv[1]), int(sys.argv[2])
    count_on_from_the_population()
    agency = factories.AgencyFactory(slug="quittances", host="quittances.exemple.fr")
    months = [dt.date(2026, rank + 1, 1) for rank in range(rounds + 1)]
    move_in(agency, tenants=tenants, months=months)
    make_month(agency=agency, month=months[0])  # compilers and plans are warm on both sides
    found = []
    for month in months[1:]:
        whole = seconds(lambda month=month: make_month(agency=agency, month=month))  # type: ignore[misc]
        contents = [paper.content() for paper in papers_of(agency, month)]
        bare = seconds(lambda contents=contents: [make_pdf(TEMPLATE, content=each) for each in contents])  # type: ignore[misc]
        found.append((whole / tenants, bare / tenants))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
