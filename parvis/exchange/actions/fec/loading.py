"""From the lines of a FEC to temporary tables, a handful at a time."""

import dataclasses
import datetime as dt
import time
from collections.abc import Collection, Iterator, Sequence

from parvis.exchange.actions.figures import counted
from parvis.exchange.actions.loading import MOST_FAULTS, SECONDS_BETWEEN_NEWS, Progress, collector_at_rest
from parvis.exchange.actions.refusals import Fault, PackageRefused
from parvis.exchange.actions.staging import Column, Staging
from parvis.exchange.rules.books import Period, is_bank, nature_of, opens_exercise, proposed_kind, says_opening
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
TWO_SIDES = "La ligne porte un débit et un crédit : faites-en deux lignes."
TOO_LONG = f"Le numéro de compte dépasse {NUMBER_LENGTH} signes : raccourcissez-le."


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
        """The batch without the lines that no account can hold; nearly every batch is whole."""
        days = [line.entry_date for line in batch]
        newest = max(days)
        if newest > self.period.ends_on:
            self.refuse_outside(batch)
        if newest <= self.today and not any(line.debit_cents and line.credit_cents for line in batch):
            self.last_entry_on = max(newest, self.last_entry_on or newest)
            return batch
        kept = [line for line in batch if not self.is_faulty(line)]
        self.given -= len(batch) - len(kept)
        if kept:
            newest = max(line.entry_date for line in kept)
            self.last_entry_on = max(newest, self.last_entry_on or newest)
        return kept

    def is_faulty(self, line: FecLine) -> bool:
        if line.entry_date > self.today:
            self.put_aside(line, column="EcritureDate", value=line.entry_date.isoformat(), reason=IN_THE_FUTURE)
        elif line.debit_cents and line.credit_cents:
            self.put_aside(line, column="Debit", value="", reason=TWO_SIDES)
        else:
            return False
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
        for line in batch:
            if (line.account, line.auxiliary) not in self.ranks:
                self.meet(line)
        if not self.unstaged:
            return batch
        ranks, unstaged = self.ranks, self.unstaged
        others = [line for line in batch if ranks[line.account, line.auxiliary] in unstaged]
        self.left_out += len(others)
        self.openings += sum(map(self.is_opening, others))
        return [line for line in batch if ranks[line.account, line.auxiliary] not in unstaged] if others else batch

    def meet(self, line: FecLine) -> None:
        """The first line of an account."""
        key = (line.account, line.auxiliary)
        self.ranks[key] = rank = len(self.ranks)
        self.labels.append((line.auxiliary_label or line.account_label)[:LABEL_LENGTH])
        if not (self.keeps_all or proposed_kind(line.account) or key in self.wanted):
            self.unstaged.add(rank)
        if max(map(len, key)) > NUMBER_LENGTH:
            raise PackageRefused(TOO_LONG, file=self.name, line=line.number, column="CompteNum", value=line.account)

    def is_opening(self, line: FecLine) -> bool:
        """Dated before the exercise, in a journal that opens it, or on its first day and said so by its label."""
        begins_on = self.period.begins_on
        if line.entry_date < begins_on:
            return True
        if opens_exercise(line.journal_code, line.journal_label, chosen=self.opening_journals):
            return True
        return not self.opening_journals and line.entry_date == begins_on and says_opening(line.label)

    def columns_of(self, batch: list[FecLine]) -> list[Column]:
        ranks, days = self.ranks, self.days
        references = identities(batch)
        openings = list(map(self.is_opening, batch))
        self.openings += sum(openings)
        if min(line.entry_date for line in batch) < self.period.begins_on:
            references = self.tied_to_exercise(batch, references)
        self.has_twins = self.has_twins or len(set(references)) < len(references)
        labels = [line.label or line.journal_label or "Écriture" for line in batch]
        return [
            [str(line.number) for line in batch],
            [str(ranks[line.account, line.auxiliary]) for line in batch],
            references,
            [days[line.entry_date] for line in batch],
            list(map(nature, batch)),
            cut(labels, LABEL_LENGTH),
            cut([line.piece_reference for line in batch], PIECE_LENGTH),
            [str(line.debit_cents) for line in batch],
            [str(line.credit_cents) for line in batch],
            ["1" if is_opening else "0" for is_opening in openings],
            cut([line.lettering for line in batch], LETTERING_LENGTH),
            [days[line.lettered_on] for line in batch],
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


def nature(line: FecLine) -> str:
    from_bank = is_bank(line.journal_code, line.journal_label)
    return nature_of(line.label, is_bank=from_bank, is_credit=line.credit_cents > line.debit_cents)


def cut(texts: Sequence[str], length: int) -> list[str]:
    return [text[:length] for text in texts]
