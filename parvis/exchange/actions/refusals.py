"""What an import refuses, and how it says where and what to do."""

import dataclasses

from parvis.exchange.rules.visible import shown, visible
from parvis.kit.refusals import Refusal
from parvis.kit.typography import typographic


@dataclasses.dataclass(frozen=True, kw_only=True)
class Fault:
    """One refused cell or row: `line` counts from 1 at the header, 0 speaks of the whole file."""

    file: str
    line: int
    column: str
    value: str
    reason: str


class PackageRefused(Refusal):
    """A structural fault: nothing of the package is applied."""

    def __init__(self, reason: str, *, file: str = "", line: int = 0, column: str = "", value: str = "") -> None:
        file, reason = shown(file), typographic(visible(reason))
        self.fault = Fault(file=file, line=line, column=shown(column), value=shown(value), reason=reason)
        place = f"{file}, ligne {line}" if line else file
        super().__init__(typographic(f"{place} : {reason}") if place else reason)


class ImportUnderWay(PackageRefused):
    """Another import holds the agency's lock, or the database is busy for too long."""

    def __init__(self) -> None:
        super().__init__("Un autre import est en cours. Rien n’a été changé : attendez sa fin, puis recommencez.")


class WrongUse(Refusal):
    """What was asked makes no sense: no such path, no such agency."""


class AccountsToWithhold(Exception):
    """Found while applying: these accounts cannot be right. Everything is undone and done again without them."""

    def __init__(self, faults: list[tuple[str, Fault]]) -> None:
        super().__init__()
        self.faults = faults
