"""The first page of the staff: what came in, what was refused, which accounts wait."""

import dataclasses

from django.db.models import QuerySet

from parvis.exchange.models import FecAccount, ImportRun
from parvis.kit.money import NARROW_SPACE
from parvis.ledger.access import accounts_to_complete
from parvis.ledger.models import Account
from parvis.people.models import SiteShield, Viewer
from parvis.threads.access import threads_of_agency
from parvis.threads.models import Thread

RUNS = 10
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


@dataclasses.dataclass(frozen=True)
class HomePage:
    """`incomplete` holds the first accounts; `incomplete_count` says how many there are.

    `waiting_count` accounts of the books wait for their client, `messages_count` conversations for an answer.
    """

    lines: list[RunLine]
    incomplete: QuerySet[Account]
    incomplete_count: int
    waiting_count: int
    shield: SiteShield | None
    messages_count: int

    @property
    def is_cut(self) -> bool:
        return self.incomplete_count > ACCOUNTS


def home_page(viewer: Viewer) -> HomePage:
    incomplete = accounts_to_complete(viewer).select_related("client", "building")
    return HomePage(
        lines=[RunLine(run) for run in ImportRun.objects.visible_to(viewer).defer("refusals")[:RUNS]],
        incomplete=incomplete[:ACCOUNTS],
        incomplete_count=incomplete.count(),
        waiting_count=FecAccount.objects.visible_to(viewer).filter(decision=FecAccount.Decision.WAITING).count(),
        shield=SiteShield.objects.visible_to(viewer).first(),
        messages_count=threads_of_agency(viewer).filter(state=Thread.State.WAITING).count(),
    )
