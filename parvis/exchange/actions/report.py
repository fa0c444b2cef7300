"""What an import did, in figures and in sentences."""

import dataclasses
from collections.abc import Iterable
from typing import Any

from parvis.exchange.actions.refusals import Fault, PackageRefused
from parvis.kit.typography import typographic

LISTED = 10_000
WITHHELD_REASON = "Ligne retenue avec son compte"


@dataclasses.dataclass
class Report:
    """Rows of the package: read = created + changed + unchanged + refused, closed and removed rows apart.

    What --prune closes, and what a complete period removes, is counted with the changed rows and told in `notes`.
    `refusals` lists the first ten thousand.
    """

    is_applied: bool = False
    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    refusals: list[Fault] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)

    def note(self, sentence: str) -> None:
        self.notes.append(typographic(sentence))

    def refuse_all(self, refusal: PackageRefused) -> None:
        """Nothing was applied: every row that was read is refused with the package."""
        self.is_applied = False
        self.created = self.changed = self.unchanged = 0
        self.refusals = [refusal.fault, *self.refusals][:LISTED]
        self.refused = max(self.read, 1)
        self.notes = []

    def as_json(self) -> dict[str, Any]:
        return {
            "read": self.read,
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "refusals": [dataclasses.asdict(fault) for fault in self.refusals],
        }


REFUSAL_HEADER = ("fichier", "ligne", "colonne", "valeur", "motif")


def refusal_rows(refusals: Iterable[dict[str, Any]]) -> list[list[str]]:
    """The refusals as rows of a CSV, header first; the whole file has no line."""
    names = ("file", "line", "column", "value", "reason")
    return [list(REFUSAL_HEADER), *[[str(fault[name] or "") for name in names] for fault in refusals]]
