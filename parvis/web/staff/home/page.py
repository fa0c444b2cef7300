"""The first page of the staff: what came in, what was refused, which accounts wait."""

import dataclasses

from django.db.models import QuerySet

from parvis.exchange.models import ImportRun
from parvis.ledger.access import accounts_to_complete
from parvis.ledger.models import Account
from parvis.people.models import Viewer

RUNS = 10
ACCOUNTS = 50


@dataclasses.dataclass(frozen=True)
class HomePage:
    """`incomplete` holds the first accounts; `incomplete_count` says how many there are."""

    runs: QuerySet[ImportRun]
    incomplete: QuerySet[Account]
    incomplete_count: int

    @property
    def is_cut(self) -> bool:
        return self.incomplete_count > ACCOUNTS


def home_page(viewer: Viewer) -> HomePage:
    incomplete = accounts_to_complete(viewer).select_related("client", "building")
    return HomePage(
        runs=ImportRun.objects.visible_to(viewer).defer("refusals")[:RUNS],
        incomplete=incomplete[:ACCOUNTS],
        incomplete_count=incomplete.count(),
    )
