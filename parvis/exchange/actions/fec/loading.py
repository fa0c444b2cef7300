"""From the lines of a FEC to temporary tables, a handful at a time."""

import dataclasses
import datetime as dt
import operator
import time
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from parvis.exchange.actions.figures import counted
from parvis.exchange.actions.loading import MOST_FAULTS, SECONDS_BETWEEN_NEWS, Progress, collector_at_rest
from parvis.exchange.actions.refusals import Fault, PackageRefused
from parvis.exchange.actions.staging import Column, Staging
from parvis.exchange.rules.books import Period, is_bank, nature_by, opens_exercise, proposed_kind, says_opening
from parvis.exchange.rules.fec import FecLine, FecReader, identities
from parvis.exchange.rules.visible import shown
from parvis.kit.typography import typographic

AccountKey = tuple[str, str]
LINE_COLUMNS = (
    ("line", "integer"),
    ("account", "integer"),
    ("reference", "text"),
    ("booked_on", "date"),
    ("kind", "text"),
    ("label", "text"),
    ("piece", "text"),
    ("debit", "number"),
    ("credit", "number"),
    ("is_opening", "boolean"),
    ("lettering", "text"),
    ("lettered_on", "date"),
)
ACCOUNT_COLUMNS = (
    ("line", "integer"),
    ("number", "text"),
    ("auxiliary", "text"),
    ("label", "text"),
    ("is_staged", "boolean"),
)
PROBLEM_COLUMNS = (("number", "text"), ("auxiliary", "text"), ("place", "text"))
LABEL_LENGTH, PIECE_LENGTH, LETTERING_LENGTH, NUMBER_LENGTH = 160, 60, 40, 60
IN_THE_FUTURE = "La date est dans le futur : une écriture va jusqu’à aujourd’hui au plus."
TOO_LONG = f"Le numéro de compte dépasse {NUMBER_LENGTH} signes : raccourcissez-le."


ACCOUNT_OF = operator.attrgetter("account", "auxiliary")
JOURNAL_OF = operator.attrgetter("journal_code", "journal_label")
DAY_OF = operator.attrgetter("entry_date")


class Days(dict[dt.date | None, str | None]):
    """Days as they are kept."""

    def __missing__(self, day: dt.date | None) -> str | None:
        self[day] = kept = day.isoformat() if day else None
        return kept


@dataclasses.dataclass(kw_only=True)
class FecLoader:
    """Reads one FEC into `stage_line` and `stage_account`. No line is booked after `today`, the day in Paris.

    Lines of the accounts that are no client's are counted, not kept: all but those of third parties and `wanted`.
    """

    reader: FecReader
    name: str
    staging: Staging
    period: Period
    today: dt.date
    opening_journals: tuple[str, ...]
    wanted: Collection[AccountKey]
    keeps_all: bool
    progress: Progress
    given: int = 0
    left_out: int = 0
    openings: int = 0
    has_twins: bool = False
    last_entry_on: dt.date | None = None
    faults: list[Fault] = dataclasses.field(default_factory=list)
    withheld: dict[AccountKey, str] = dataclasses.field(default_factory=dict)
    ranks: dict[AccountKey, int] = dataclasses.field(default_factory=dict)
    labels: list[str] = dataclasses.field(default_factory=list)
    unstaged: set[int] = dataclasses.field(default_factory=set)
    days: Days = dataclasses.field(default_factory=Days)
    told_at: float = 0.0

    def load(self) -> None:
        with self.staging.reading(), collector_at_rest():
            self.staging.create("stage_line", LINE_COLUMNS)
            self.staging.load("stage_line", LINE_COLUMNS, self.columns())
            self.keep_problems()
            self.load_accounts()
            self.staging.analyze("stage_line")
            self.staging.analyze("stage_account")

    def load_accounts(self) -> None:
        self.staging.create("stage_account", ACCOUNT_COLUMNS)
        self.staging.create("stage_problem", PROBLEM_COLUMNS)
        if self.ranks:
            numbers, auxiliaries = zip(*self.ranks, strict=True)
            staged = ["0" if rank in self.unstaged else "1" for rank in self.ranks.values()]
            ranks = list(map(str, self.ranks.values()))
            self.staging.load("stage_account", ACCOUNT_COLUMNS, [[ranks, numbers, auxiliaries, self.labels, staged]])
        if self.withheld:
            numbers, auxiliaries = zip(*self.withheld, strict=True)
            places = list(self.withheld.values())
            self.staging.load("stage_problem", PROBLEM_COLUMNS, [[numbers, auxiliaries, places]])

    # Lines

    def columns(self) -> Iterator[list[Column]]:
        """Yield the lines kept as columns of the temporary table."""
        for batch in self.reader.batches():
            self.given += len(batch)
            self.tell_progress()
            kept = self.of_clients(self.sound(batch))
            if kept:
                yield self.columns_of(kept)

    def sound(self, batch: list[FecLine]) -> list[FecLine]:
        """The batch without the lines of days to come; nearly every batch is whole."""
        days = [line.entry_date for line in batch]
        newest = max(days)
        if newest > self.period.ends_on:
            self.refuse_outside(batch)
        if newest <= self.today:
            self.last_entry_on = max(newest, self.last_entry_on or newest)
            return batch
        kept = [line for line in batch if not self.is_to_come(line)]
        self.given -= len(batch) - len(kept)
        if kept:
            newest = max(line.entry_date for line in kept)
            self.last_entry_on = max(newest, self.last_entry_on or newest)
        return kept

    def is_to_come(self, line: FecLine) -> bool:
        if line.entry_date <= self.today:
            return False
        self.put_aside(line, column="EcritureDate", value=line.entry_date.isoformat(), reason=IN_THE_FUTURE)
        return True

    def refuse_outside(self, batch: list[FecLine]) -> None:
        line = next(line for line in batch if line.entry_date > self.period.ends_on)
        raise PackageRefused(
            f"Cette écriture vient après la fin de l’exercice, le {self.period.ends_on:%d/%m/%Y}. Le nom du fichier "
            "ne dit peut-être pas le vrai : donnez l’exercice par --from et --to.",
            file=self.name,
            line=line.number,
            column="EcritureDate",
            value=line.entry_date.isoformat(),
        )

    def of_clients(self, batch: list[FecLine]) -> list[FecLine]:
        """The lines that may be a client's; the others are counted."""
        ranks, unstaged = self.ranks, self.unstaged
        keys = list(map(ACCOUNT_OF, batch))
        for place, key in enumerate(keys):
            if key not in ranks:
                self.meet(batch[place])
        found = [ranks[key] for key in keys]
        if unstaged.isdisjoint(found):
            return batch
        others = [line for line, rank in zip(batch, found, strict=True) if rank in unstaged]
        self.left_out += len(others)
        self.openings += sum(self.opening_flags(others))
        return [line for line, rank in zip(batch, found, strict=True) if rank not in unstaged]

    def meet(self, line: FecLine) -> None:
        """The first line of an account."""
        key = (line.account, line.auxiliary)
        self.ranks[key] = rank = len(self.ranks)
        self.labels.append((line.auxiliary_label or line.account_label)[:LABEL_LENGTH])
        if not (self.keeps_all or proposed_kind(line.account) or key in self.wanted):
            self.unstaged.add(rank)
        if max(map(len, key)) > NUMBER_LENGTH:
            raise PackageRefused(TOO_LONG, file=self.name, line=line.number, column="CompteNum", value=line.account)

    def opening_flags(self, batch: list[FecLine]) -> list[bool]:
        """Which lines open the exercise: nearly every batch has none, and is not looked at line by line."""
        journals = {journal: self.opens(journal) for journal in set(map(JOURNAL_OF, batch))}
        if not any(journals.values()) and min(map(DAY_OF, batch)) > self.period.begins_on:
            return [False] * len(batch)
        return [journals[JOURNAL_OF(line)] or self.is_opening(line) for line in batch]

    def opens(self, journal: tuple[str, str]) -> bool:
        return opens_exercise(*journal, chosen=self.opening_journals)

    def is_opening(self, line: FecLine) -> bool:
        """Dated before the exercise, or on its first day and said so by its label."""
        begins_on = self.period.begins_on
        if line.entry_date != begins_on:
            return line.entry_date < begins_on
        return not self.opening_journals and says_opening(line.label)

    def columns_of(self, batch: list[FecLine]) -> list[Column]:
        columns: Any = FecLine._make(zip(*batch, strict=True))  # Any: each field is that of all the lines
        days = self.days
        references, openings = identities(batch), self.opening_flags(batch)
        self.openings += sum(openings)
        if min(columns.entry_date) < self.period.begins_on:
            references = self.tied_to_exercise(batch, references)
        self.has_twins = self.has_twins or len(set(references)) < len(references)
        debited, credited = on_one_side(columns.debit_cents, columns.credit_cents)
        labels = [
            label or journal or "Écriture" for label, journal in zip(columns.label, columns.journal_label, strict=True)
        ]
        return [
            list(map(str, columns.number)),
            [str(self.ranks[key]) for key in zip(columns.account, columns.auxiliary, strict=True)],
            references,
            [days[day] for day in columns.entry_date],
            natures(batch),
            cut(labels, LABEL_LENGTH),
            cut(columns.piece_reference, PIECE_LENGTH),
            list(map(str, debited)),
            list(map(str, credited)),
            ["1" if is_opening else "0" for is_opening in openings],
            cut(columns.lettering, LETTERING_LENGTH),
            [days[day] for day in columns.lettered_on],
        ]

    def tied_to_exercise(self, batch: list[FecLine], references: list[str]) -> list[str]:
        """A detailed opening balance may be the very line of the exercise before: it is another one in this."""
        begins_on = self.period.begins_on
        return [
            f"{reference}@{begins_on.isoformat()}" if line.entry_date < begins_on else reference
            for line, reference in zip(batch, references, strict=True)
        ]

    # Faults

    def put_aside(self, line: FecLine, *, column: str, value: str, reason: str) -> None:
        self.add_fault(line.number, column=column, value=value, reason=reason)
        self.withhold((line.account, line.auxiliary), line=line.number)

    def keep_problems(self) -> None:
        """What the reader found wrong: its lines, and the accounts that they touch."""
        for problem in self.reader.problems:
            self.add_fault(problem.line, column=problem.column, value=problem.value, reason=problem.reason)
            for key in problem.accounts:
                self.withhold(key, line=problem.line)

    def withhold(self, key: AccountKey, *, line: int) -> None:
        self.withheld.setdefault(key, f"{self.name}, ligne {line}")

    def add_fault(self, line: int, *, column: str, value: str, reason: str) -> None:
        self.faults.append(
            Fault(file=self.name, line=line, column=column, value=shown(value), reason=typographic(reason))
        )
        if len(self.faults) > MOST_FAULTS:
            raise PackageRefused(f"Plus de {MOST_FAULTS} fautes : le fichier est sans doute abîmé.", file=self.name)

    def tell_progress(self) -> None:
        if time.monotonic() - self.told_at >= SECONDS_BETWEEN_NEWS:
            self.told_at = time.monotonic()
            self.progress(f"{self.name} : {counted(self.given, 'ligne lue', 'lignes lues')}")


def natures(batch: list[FecLine]) -> list[str]:
    """What each line is to a client; whether a journal is a bank's is asked once for all its lines."""
    banks = {journal: is_bank(*journal) for journal in set(map(JOURNAL_OF, batch))}
    return [
        ("payment" if line.credit_cents > line.debit_cents else "payout")
        if banks[line.journal_code, line.journal_label]
        else nature_by(line.label[:5])
        for line in batch
    ]


def on_one_side(debited: Sequence[int], credited: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
    """A line with a debit and a credit moves their difference; hardly any line has both."""
    if not any(map(all, zip(debited, credited, strict=True))):
        return debited, credited
    kept = [
        (max(debit - credit, 0), max(credit - debit, 0)) if debit and credit else (debit, credit)
        for debit, credit in zip(debited, credited, strict=True)
    ]
    return tuple(debit for debit, _credit in kept), tuple(credit for _debit, credit in kept)


def cut(texts: Sequence[str], length: int) -> Sequence[str]:
    return [text[:length] for text in texts] if max(map(len, texts)) > length else texts
