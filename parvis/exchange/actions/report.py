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

    A package refused before its first row was read counts one refused. What --prune closes, and what a complete
    period removes, is counted with the changed rows and told in `notes`. `refusals` lists the first ten thousand.
    `withheld_accounts` wait for a correction after this package; `changed_beside` counts what changed without its
    row: accounts newly withheld or whole again, old passwords.
    """

    is_applied: bool = False
    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    refusals: list[Fault] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)
    withheld_accounts: int = 0
    changed_beside: int = 0

    @property
    def changes_nothing(self) -> bool:
        return not (self.created or self.changed or self.changed_beside)

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
