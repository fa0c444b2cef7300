"""What the import of a FEC did, in figures and in sentences."""

import dataclasses
from typing import Any

from parvis.exchange.actions.refusals import PackageRefused
from parvis.exchange.actions.report import Report
from parvis.exchange.rules.fec import FecTolerance


@dataclasses.dataclass
class FecReport(Report):
    """Lines of the file: read = created + changed + unchanged + refused + left_out + waiting.

    `left_out` lines stand on accounts that are no client's (512, 6…, 7…), `waiting` ones on `waiting_accounts` whose
    client is not decided yet. `removed` lines were known of the period and have left the books. `mapping` is the
    table of the accounts as it would be after the import: rows of text, header first.
    """

    removed: int = 0
    left_out: int = 0
    waiting: int = 0
    waiting_accounts: int = 0
    tolerances: list[FecTolerance] = dataclasses.field(default_factory=list)
    mapping: list[list[str]] = dataclasses.field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        return super().changes_nothing and not self.removed

    def refuse_all(self, refusal: PackageRefused) -> None:
        super().refuse_all(refusal)
        self.removed = self.left_out = self.waiting = self.waiting_accounts = 0

    def as_json(self) -> dict[str, Any]:
        return {
            **super().as_json(),
            "removed": self.removed,
            "left_out": self.left_out,
            "waiting": self.waiting,
            "tolerances": [dataclasses.asdict(tolerance) for tolerance in self.tolerances],
        }
