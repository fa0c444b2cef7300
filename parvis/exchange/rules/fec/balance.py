"""Each entry (journal and number) balances to the cent. Only what does not balance yet is held in memory."""

import dataclasses
import datetime as dt
import itertools
import operator
from collections.abc import Sequence

from parvis.exchange.rules.fec.lines import FecLine, FecProblem
from parvis.exchange.rules.fec.tolerances import Tolerances
from parvis.exchange.rules.visible import shown
from parvis.kit.money import format_cents
from parvis.kit.typography import typographic

# More entries open at once than that: they cannot be followed one by one, for memory is bounded.
MOST_OPEN = 50_000
Key = tuple[str, str]


@dataclasses.dataclass(slots=True)
class OpenEntry:
    """The lines of an entry met since it last balanced."""

    first_line: int
    cents: int = 0
    accounts: set[tuple[str, str]] = dataclasses.field(default_factory=set)


class BalanceSheet:
    """Adds lines up by entry, and by journal and day for files whose numbers say nothing."""

    def __init__(self) -> None:
        self.open: dict[Key, OpenEntry] = {}
        self.days: dict[tuple[str, dt.date], int] = {}
        self.faulty: set[Key] = set()
        self.has_entries = True
        self.has_balanced = False

    def add(self, lines: Sequence[FecLine], *, keys: Sequence[Key], cents: Sequence[int]) -> None:
        """Lines of one entry mostly follow each other and balance: then nothing is held, nor looked at one by one.

        Only the first and the last entry of these lines may go on in those before and after.
        """
        changes = map(operator.ne, keys, itertools.islice(keys, 1, None))
        starts = list(itertools.compress(itertools.count(1), changes))
        if not starts:
            self.close(keys[0], lines)
            return
        self.close(keys[0], lines[: starts[0]])
        running = list(itertools.accumulate(cents))
        totals = {running[start - 1] for start in starts}
        if len(totals) > 1 or not self.open.keys().isdisjoint(keys[starts[0] : starts[-1]]):
            for start, following in itertools.pairwise(starts):
                self.close(keys[start], lines[start:following])
        elif len(starts) > 1:
            self.has_balanced = True
        self.close(keys[-1], lines[starts[-1] :])

    def close(self, key: Key, lines: Sequence[FecLine]) -> None:
        """Add lines of one entry that follow each other."""
        cents = sum(line.debit_cents - line.credit_cents for line in lines)
        if not cents and key not in self.open:
            self.has_balanced = self.has_balanced or len(lines) > 1
            return
        for line in lines:
            day = (line.journal_code, line.entry_date)
            self.days[day] = self.days.get(day, 0) + line.debit_cents - line.credit_cents
        if self.has_entries:
            self.hold(key, lines, cents=cents)

    def hold(self, key: Key, lines: Sequence[FecLine], *, cents: int) -> None:
        entry = self.open.setdefault(key, OpenEntry(first_line=lines[0].number))
        entry.cents += cents
        entry.accounts.update((line.account, line.auxiliary) for line in lines)
        if not entry.cents:
            del self.open[key]
            self.has_balanced = True
        elif len(self.open) > MOST_OPEN:
            self.has_entries = False
            self.open.clear()

    def miss(self, key: Key) -> None:
        """A line of that entry was refused: nothing can be said of its balance."""
        self.faulty.add(key)

    def problems(self, *, tolerances: Tolerances) -> list[FecProblem]:
        """Once every line was added: the entries that do not balance."""
        missing = {journal for journal, _number in self.faulty}
        unbalanced = {key: entry for key, entry in self.open.items() if key not in self.faulty}
        days = {key: cents for key, cents in self.days.items() if cents and key[0] not in missing}
        if not self.has_entries or (len(unbalanced) > 1 and not self.has_balanced and not days):
            tolerances.note("entry-numbers")
            return [day_problem(*key, cents) for key, cents in sorted(days.items())]
        return [entry_problem(key, entry) for key, entry in unbalanced.items()]


def entry_problem(key: Key, entry: OpenEntry) -> FecProblem:
    journal, number = map(shown, key)
    reason = f"L’écriture {number} du journal {journal} n’est pas équilibrée : ses débits moins ses crédits font "
    return FecProblem(
        line=entry.first_line,
        column="EcritureNum",
        value=number,
        reason=typographic(f"{reason}{format_cents(entry.cents)}."),
        accounts=frozenset(entry.accounts),
    )


def day_problem(journal: str, day: dt.date, cents: int) -> FecProblem:
    reason = f"Le journal {shown(journal)} n’est pas équilibré ce jour-là : ses débits moins ses crédits font "
    value = day.strftime("%d/%m/%Y")
    reason = typographic(f"{reason}{format_cents(cents)}.")
    return FecProblem(line=0, column="EcritureDate", value=value, reason=reason)
