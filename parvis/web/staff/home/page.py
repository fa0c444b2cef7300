"""The first page of the staff: what failed, what waits by deadline, which accounts lack something, what came in."""

import dataclasses
from collections import Counter

from parvis.exchange.models import ImportRun
from parvis.kit.clock import database_now
from parvis.ledger.access import accounts_to_complete
from parvis.ledger.models import Account
from parvis.people.models import SiteShield, Viewer
from parvis.people.rules import Duty
from parvis.web.staff.home.failures import Failure, failures_of
from parvis.web.staff.home.waiting import SHOWN, WaitingLine, waiting_lines
from parvis.web.ui.import_runs import RunLine

RUNS = 3
ACCOUNTS = 50


@dataclasses.dataclass(frozen=True, kw_only=True)
class HomePage:
    """`failures` first, then `waiting` by deadline; `incomplete` holds the first accounts of `incomplete_count`."""

    failures: list[Failure]
    waiting: list[WaitingLine]
    only_mine: bool
    lines: list[RunLine]
    incomplete: list[Account]
    incomplete_count: int
    shield: SiteShield | None
    shows_imports: bool

    @property
    def is_cut(self) -> bool:
        return self.incomplete_count > ACCOUNTS

    @property
    def first_ones(self) -> int:
        """How many of each sort are shown, where one has as many; 0 where all are there."""
        return SHOWN if SHOWN in Counter(line.url_name for line in self.waiting).values() else 0

    @property
    def late_count(self) -> int:
        return sum(line.is_late for line in self.waiting)


def home_page(viewer: Viewer, *, only_mine: bool, postal_code: str) -> HomePage:
    now = database_now()
    runs = list(ImportRun.objects.visible_to(viewer).defer("refusals")[:RUNS]) if Duty.BOOKS in viewer.duties else []
    incomplete = accounts_to_complete(viewer) if Duty.ACCOUNTS in viewer.duties else Account.objects.none()
    return HomePage(
        failures=failures_of(viewer, last_run=runs[0] if runs else None, now=now),
        waiting=waiting_lines(viewer, only_mine=only_mine, now=now, postal_code=postal_code),
        only_mine=only_mine,
        lines=[RunLine(run) for run in runs],
        incomplete=list(incomplete.select_related("client", "building")[:ACCOUNTS]),
        incomplete_count=incomplete.count(),
        shield=SiteShield.objects.visible_to(viewer).first(),
        shows_imports=Duty.BOOKS in viewer.duties,
    )
