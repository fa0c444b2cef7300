"""What reading a FEC gives: its lines, its faults, the tolerances it needed."""

import dataclasses
import datetime as dt
import functools
import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from parvis.kit.refusals import Refusal
from parvis.kit.typography import typographic

# A sign that no text of a line holds.
PARTS = "\x1f"
DIGEST_LENGTH = 32  # 128 bits


class FecLine(NamedTuple):
    """One line of entry. Texts are stripped and in NFC form; amounts are cents and may be negative.

    A line may have both a debit and a credit, or neither: the DGFiP's checker lets it pass with a warning.
    """

    number: int  # line in the file, the header being 1
    journal_code: str
    journal_label: str
    entry_number: str
    entry_date: dt.date
    account: str
    account_label: str
    auxiliary: str
    auxiliary_label: str
    piece_reference: str
    piece_date: dt.date | None
    label: str
    debit_cents: int
    credit_cents: int
    lettering: str
    lettered_on: dt.date | None
    validated_on: dt.date | None
    others: str  # currency and cash accounting: what only tells lines apart

    @property
    def identity(self) -> str:
        """A digest of every field of the norm but the lettering (EcritureLet, DateLet).

        The same line has the same identity whatever the encoding, separator, variant and order of columns of its
        file. Lines equal in all those fields share it; their rank among equals is for the caller to add. Computed
        when asked for: of most lines of a ledger, those of banks and expenses, nobody asks.
        """
        return identities([self])[0]


def identities(lines: Sequence[FecLine]) -> list[str]:
    """The identity of each line, many at once for the time of a few."""
    if not lines:
        return []
    columns = list(zip(*lines, strict=True))
    texts = (*columns[1:4], *columns[5:10], columns[11], columns[17])
    days = [map(day_text, columns[place]) for place in (4, 10, 16)]
    cents = [map(str, columns[place]) for place in (12, 13)]
    together = map(PARTS.join, zip(*texts, *days, *cents, strict=True))
    return [hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH] for text in together]


@functools.lru_cache(maxsize=4096)
def day_text(day: dt.date | None) -> str:
    """A day as the norm writes it, or nothing."""
    return day.isoformat().replace("-", "") if day else ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FecProblem:
    """One faulty line, not given among the lines, or one entry that does not balance, whose lines are given.

    `accounts` are the (account, auxiliary) that it touches: one for a line, several for an entry; none when the
    line says no account.
    """

    line: int
    column: str
    value: str
    reason: str
    accounts: frozenset[tuple[str, str]] = frozenset()


@dataclasses.dataclass(slots=True, kw_only=True)
class FecTolerance:
    """One kind of departure from the norm that reading went past: how often, and where first."""

    kind: str
    label: str
    count: int
    first_line: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FecLayout:
    """How the file is written. `variant` says how it gives amounts."""

    name: str
    encoding: str  # as people name it: « UTF-8 », « CP850 »…
    separator: str
    columns: tuple[str, ...]  # in the order of the file, as the norm writes them; as the file does when unknown
    variant: str  # « Debit/Credit » or « Montant/Sens »
    siren: str  # from the name of the file, or nothing
    closing_on: dt.date | None  # the same


class FecRefused(Refusal):
    """A structural fault: nothing of the file can be taken. `line` 0 speaks of the whole file."""

    def __init__(self, reason: str, *, line: int = 0, column: str = "", value: str = "") -> None:
        self.problem = FecProblem(line=line, column=column, value=value, reason=typographic(reason))
        super().__init__(typographic(f"Ligne {line} : {reason}" if line else reason))
