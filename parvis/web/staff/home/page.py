"""The first page of the staff: what failed, what waits by deadline, which accounts lack something, what came in."""

import dataclasses

from parvis.exchange.models import ImportRun
from parvis.kit.clock import database_now
from parvis.kit.money import NARROW_SPACE
from parvis.ledger.access import accounts_to_complete
from parvis.ledger.models import Account
from parvis.people.models import SiteShield, Viewer
from parvis.people.rules import Duty
from parvis.web.staff.home.failures import Failure, failures_of
from parvis.web.staff.home.waiting import WaitingLine, waiting_lines

RUNS = 3
ACCOUNTS = 50


@dataclasses.dataclass(frozen=True)
class RunLine:
    """One import in words and figures."""

    run: ImportRun

    @property
    def label(self) -> str:
        if self.run.state == ImportRun.State.REFUSED:
            return "Refusé"
        return "Appliqué en partie" if self.run.refused else "Appliqué"

    @property
    def tone(self) -> str:
        return {"Refusé": "error", "Appliqué en partie": "warning"}.get(self.label, "ok")

    @property
    def figures(self) -> list[tuple[str, str]]:
        run = self.run
        counts = {
            "Lignes lues": run.read,
            "Créées": run.created,
            "Modifiées": run.changed,
            "Inchangées": run.unchanged,
            "Refusées": run.refused,
        }
        if run.source == ImportRun.Source.FEC:
            counts |= {"Retirées": run.removed, "Sans client": run.left_out, "En attente d’un client": run.waiting}
        return [(word, f"{count:,}".replace(",", NARROW_SPACE)) for word, count in counts.items()]

    @property
    def came_as(self) -> str:
        """« FEC 123456782FEC20261231.txt »; a package needs no name."""
        return f"FEC {self.run.file_name}" if self.run.source == ImportRun.Source.FEC else ""


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
