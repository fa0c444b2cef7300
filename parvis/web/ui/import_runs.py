"""An import in words and figures, as the pages of the staff show it."""

from dataclasses import dataclass

from parvis.exchange.models import ImportRun
from parvis.kit.money import format_whole

WHAT = {"package": "Paquet", "fec": "FEC", "papers": "Documents"}


@dataclass(frozen=True)
class RunLine:
    """One import that was applied or refused."""

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
    def came_as(self) -> str:
        """« FEC 123456782FEC20261231.txt », « Paquet »."""
        name = self.run.file_name if self.run.source == ImportRun.Source.FEC else ""
        return f"{WHAT[self.run.source]} {name}".strip()

    @property
    def figures(self) -> list[tuple[str, str]]:
        return figures_of(vars(self.run), source=self.run.source)


def figures_of(report: dict[str, int], *, source: str) -> list[tuple[str, str]]:
    """« Lignes lues », « Créées »…, of a report or of what a preview announces."""
    words = {"read": "Lignes lues", "created": "Créées", "changed": "Modifiées", "unchanged": "Inchangées"}
    words["refused"] = "Refusées"
    if source == ImportRun.Source.FEC:
        words |= {"removed": "Retirées", "left_out": "Sans client", "waiting": "En attente d’un client"}
    return [(word, format_whole(report.get(name, 0))) for name, word in words.items()]
