"""Which payment pays which debt. Pure: the lines of one account in, what each credit pays of each debit out.

C. civ. art. 1342-10: the debtor's choice first, which the lettering tells; else what is due first, the oldest before
the others. What is imputed stays imputed, until the payment itself is rejected.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

PAYMENT = "payment"
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the account, in cents: a debit asks, a credit pays. A debit of kind « payment » is a rejection."""

    reference: str
    booked_on: dt.date
    kind: str
    debit_cents: int = 0
    credit_cents: int = 0
    due_on: dt.date | None = None
    lettering: str = ""

    @property
    def is_debt(self) -> bool:
        return self.debit_cents > 0

    @property
    def is_rejection(self) -> bool:
        return self.is_debt and self.kind == PAYMENT

    @property
    def due_order(self) -> tuple[dt.date, dt.date, str]:
        return self.due_on or self.booked_on, self.booked_on, self.reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So much of a credit pays so much of a debit, both by reference."""

    credit: str
    debit: str
    cents: int


@dataclass(slots=True)
class Books:
    """The account as it is booked, a line after the other."""

    lettered: dict[Pair, int]
    owed: dict[str, int] = field(default_factory=dict)
    free: dict[str, int] = field(default_factory=dict)
    paid: dict[Pair, int] = field(default_factory=dict)
    debts: dict[str, Line] = field(default_factory=dict)
    waiting: list[tuple[tuple[dt.date, dt.date, str], str]] = field(default_factory=list)

    def ask(self, line: Line) -> None:
        self.debts[line.reference] = line
        self.owe(line.reference, line.debit_cents - sum_of(self.lettered, place=1, reference=line.reference))

    def owe(self, reference: str, cents: int) -> None:
        self.owed[reference] = self.owed.get(reference, 0) + cents
        if self.owed[reference]:
            heappush(self.waiting, (self.debts[reference].due_order, reference))

    def receive(self, line: Line) -> None:
        left = line.credit_cents - sum_of(self.lettered, place=0, reference=line.reference)
        if left:
            self.free[line.reference] = left

    def reject(self, reference: str) -> None:
        """What that payment had paid is owed again."""
        self.free.pop(reference, None)
        for credit, debit in [pair for pair in self.paid if pair[0] == reference]:
            self.owe(debit, self.paid.pop((credit, debit)))

    def settle(self) -> None:
        """Whatever is free pays what is owed: the oldest payment, the debt due first."""
        while self.free and self.waiting:
            _order, debit = self.waiting[0]
            credit = next(iter(self.free))
            cents = min(self.free[credit], self.owed[debit])
            if cents:
                self.paid[credit, debit] = self.paid.get((credit, debit), 0) + cents
                self.owed[debit] -= cents
                self.free[credit] -= cents
            if not self.owed[debit]:
                heappop(self.waiting)
            if not self.free[credit]:
                del self.free[credit]


def impute(lines: Iterable[Line]) -> list[Share]:
    """What each credit pays of each debit, the lines taken in the order of the books."""
    in_order = sorted(lines, key=lambda line: (line.booked_on, not line.is_debt, line.reference))
    rejected = rejected_payments(in_order)
    books = Books(lettered=by_lettering(in_order, without={*rejected, *rejected.values()}))
    for line in in_order:
        if line.reference in rejected:
            books.reject(rejected[line.reference])
        elif line.is_debt:
            books.ask(line)
        else:
            books.receive(line)
        books.settle()
    shares = {**books.lettered}
    for pair, cents in books.paid.items():
        shares[pair] = shares.get(pair, 0) + cents
    return [Share(credit=credit, debit=debit, cents=cents) for (credit, debit), cents in shares.items()]


def rejected_payments(in_order: Sequence[Line]) -> dict[str, str]:
    """Rejection → the payment it undoes: of the same amount, lettered with it or the latest before it.

    A rejection that undoes no known payment is a debt like another.
    """
    found: dict[str, str] = {}
    payments: list[Line] = []
    for line in in_order:
        if line.is_rejection:
            same = [paid for paid in payments if paid.credit_cents == line.debit_cents]
            together = [paid for paid in same if line.lettering and paid.lettering == line.lettering]
            if chosen := (together or same)[-1:]:
                found[line.reference] = chosen[0].reference
                payments.remove(chosen[0])
        elif line.kind == PAYMENT:
            payments.append(line)
    return found


def by_lettering(in_order: Sequence[Line], *, without: set[str]) -> dict[Pair, int]:
    """What the lettering pairs: the credits of a code pay its debits, those due first before the others."""
    groups: defaultdict[str, list[Line]] = defaultdict(list)
    for line in in_order:
        if line.lettering and line.reference not in without:
            groups[line.lettering].append(line)
    paired: dict[Pair, int] = {}
    for group in groups.values():
        books = Books(lettered={})
        for debt in (line for line in group if line.is_debt):
            books.ask(debt)
        for credit in (line for line in group if not line.is_debt):
            books.receive(credit)
        books.settle()
        paired |= books.paid
    return paired


def sum_of(pairs: dict[Pair, int], *, place: int, reference: str) -> int:
    """The cents of the pairs that hold this reference, as credit (0) or as debit (1)."""
    return sum(cents for pair, cents in pairs.items() if pair[place] == reference) if pairs else 0
