"""« Pourquoi ce montant ? »: a call taken apart, step by step (rules 4.1). Pure: integers in, integers out.

A lot is named by its number. Nothing here reads the amount called: it is compared at the end, and a difference is told.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from parvis.ledger.rules.calls import weighted_instalment
from parvis.property.rules import allocate


class Section(StrEnum):
    """The parts of a call, in the order in which they are told (rules 4.1, 3)."""

    CURRENT = "current"
    WORKS_FUND = "works_fund"
    ADVANCE = "advance"
    ADJUSTMENT = "adjustment"
    WORKS = "works"
    SETTLEMENT = "settlement"


ORDER = tuple(Section)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key of the deed: how many shares each lot of the building has in it.

    What was allocated once is kept in `known`: the calls of a building share the same few sums.
    """

    code: str
    label: str
    total_shares: int
    shares: Mapping[str, int]
    known: dict[int, dict[str, int]] = field(default_factory=dict, compare=False, repr=False)

    def allocate(self, cents: int) -> dict[str, int]:
        """Raises `SharesDoNotAddUp` when the lots do not hold the total of the deed."""
        if cents not in self.known:
            self.known[cents] = allocate(amount_cents=cents, shares=self.shares, total_shares=self.total_shares)
        return self.known[cents]

    def shares_of(self, lots: Iterable[str]) -> int:
        return sum(self.shares.get(lot, 0) for lot in lots)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sum to share with a key: a line of a budget, what works cost, what a year spent."""

    section: Section
    key: Key
    cents: int
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The budget of an exercise, called in `count` times; the first `called_before_vote` on the previous one."""

    reference: str
    lines: tuple[Line, ...]
    count: int = 4
    called_before_vote: int = 0
    previous: tuple[Line, ...] = ()
    previous_reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the explanation. `share_cents` is the client’s part of `whole_cents`, for all their lots.

    `schedule` is what each instalment of that part asks, this one and the others: they add up to `share_cents`.
    An adjustment says in `former_cents` and `share_cents` the yearly part under the two budgets, and in `past` how
    many instalments it corrects.
    """

    section: Section
    key_code: str
    key_label: str
    title: str
    whole_cents: int
    own_shares: int
    total_shares: int
    share_cents: int
    cents: int
    schedule: tuple[int, ...] = ()
    rank: int = 0
    former_cents: int = 0
    past: int = 0
    budget: str = ""
    is_before_vote: bool = False

    @property
    def has_uneven_instalments(self) -> bool:
        """Whether the part does not divide exactly: one instalment bears a cent that another does not."""
        return len(set(self.schedule)) > 1

    @property
    def is_rounded(self) -> bool:
        """Whether the client’s part is not a whole number of cents before rounding."""
        return self.whole_cents * self.own_shares % self.total_shares != 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All the steps of a call, their total, and what was really called."""

    steps: tuple[Step, ...]
    called_cents: int

    @property
    def total_cents(self) -> int:
        return sum(step.cents for step in self.steps)

    @property
    def difference_cents(self) -> int:
        """What was called beyond what the steps explain; never hidden when it is not 0."""
        return self.called_cents - self.total_cents


def in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    return tuple(sorted(steps, key=lambda step: (ORDER.index(step.section), step.title, step.key_code)))


def part_of(line: Line, lots: Collection[str], *, rank: int, weights: Sequence[int], budget: str = "") -> Step:
    """The client’s part of one line, and this instalment of it: each lot is rounded by itself."""
    by_lot = line.key.allocate(line.cents)
    own = [by_lot[lot] for lot in lots if lot in by_lot]
    schedule = tuple(
        sum(weighted_instalment(share_cents=cents, rank=each, weights=weights) for cents in own)
        for each in range(1, len(weights) + 1)
    )
    return Step(
        section=line.section,
        key_code=line.key.code,
        key_label=line.key.label,
        title=line.title,
        whole_cents=line.cents,
        own_shares=line.key.shares_of(lots),
        total_shares=line.key.total_shares,
        share_cents=sum(own),
        cents=schedule[rank - 1],
        schedule=schedule,
        rank=rank,
        budget=budget,
    )


def explain_instalment(budget: Budget, lots: Collection[str], *, rank: int) -> tuple[Step, ...]:
    """Instalment `rank` of a budget: on the previous one while it is not voted, its difference once it is."""
    weights = (1,) * budget.count
    is_before_vote = rank <= budget.called_before_vote
    lines, name = (budget.previous, budget.previous_reference) if is_before_vote else (budget.lines, budget.reference)
    steps = [part_of(line, lots, rank=rank, weights=weights, budget=name) for line in lines]
    if is_before_vote:
        steps = [replace(step, is_before_vote=True) for step in steps]
    if budget.called_before_vote and rank == budget.called_before_vote + 1:
        steps += adjustments(budget, lots)
    return in_order(step for step in steps if step.own_shares)


def adjustments(budget: Budget, lots: Collection[str]) -> list[Step]:
    """One block: what the instalments already called would have asked more, or less, under the budget voted since."""
    weights, past = (1,) * budget.count, budget.called_before_vote
    former = {(line.section, line.key.code): line for line in budget.previous}
    voted = {(line.section, line.key.code): line for line in budget.lines}
    found = []
    for name in sorted(former.keys() | voted.keys()):
        line = voted.get(name) or former[name]
        new = part_of(voted.get(name) or without(line), lots, rank=1, weights=weights)
        old = part_of(former.get(name) or without(line), lots, rank=1, weights=weights)
        found.append(
            Step(
                section=Section.ADJUSTMENT,
                key_code=line.key.code,
                key_label=line.key.label,
                title=line.title if line.section != Section.CURRENT else "",
                whole_cents=line.cents,
                own_shares=new.own_shares,
                total_shares=line.key.total_shares,
                share_cents=new.share_cents,
                former_cents=old.share_cents,
                cents=sum(new.schedule[:past]) - sum(old.schedule[:past]),
                past=past,
                budget=budget.reference,
            )
        )
    return found


def without(line: Line) -> Line:
    return Line(section=line.section, key=line.key, cents=0, title=line.title)


def explain_works(line: Line, lots: Collection[str], *, rank: int, weights: Sequence[int]) -> tuple[Step, ...]:
    """One call of a works operation: the part of its cost that is called, in as many times as `weights`."""
    step = part_of(line, lots, rank=rank, weights=weights)
    return (step,) if step.own_shares else ()
