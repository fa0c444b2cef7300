"""What a closed year cost each co-owner, key by key, and their part of the works fund (rules 4.2, 4.3). Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from parvis.ledger.rules.explained import Key, Line, Section, Step, in_order


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyYear:
    """What a key was voted and what it really cost in a year, for the whole building."""

    key: Key
    voted_cents: int
    spent_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The client’s part of a key: what it cost them, what they were asked for, and what is left to settle."""

    key_code: str
    key_label: str
    spent_whole_cents: int
    voted_whole_cents: int
    own_shares: int
    total_shares: int
    spent_cents: int
    called_cents: int

    @property
    def owed_cents(self) -> int:
        """Positive: the provisions were not enough."""
        return self.spent_cents - self.called_cents


def settle(years: Iterable[KeyYear], lots: Collection[str]) -> tuple[Settled, ...]:
    """Share what each key cost and what it was voted over the lots, by largest remainder (D. 67-223, art. 6-2)."""
    found = []
    for year in years:
        spent, voted = year.key.allocate(year.spent_cents), year.key.allocate(year.voted_cents)
        own_shares = year.key.shares_of(lots)
        if own_shares:
            found.append(
                Settled(
                    key_code=year.key.code,
                    key_label=year.key.label,
                    spent_whole_cents=year.spent_cents,
                    voted_whole_cents=year.voted_cents,
                    own_shares=own_shares,
                    total_shares=year.key.total_shares,
                    spent_cents=sum(spent.get(lot, 0) for lot in lots),
                    called_cents=sum(voted.get(lot, 0) for lot in lots),
                )
            )
    return tuple(sorted(found, key=lambda settled: settled.key_code))


def explain_settlement(years: Iterable[KeyYear], lots: Collection[str], *, budget: str) -> tuple[Step, ...]:
    """The settlement of a year as the steps of a call: `share_cents` is what it cost, `former_cents` the provisions."""
    return in_order(
        Step(
            section=Section.SETTLEMENT,
            key_code=settled.key_code,
            key_label=settled.key_label,
            title="",
            whole_cents=settled.spent_whole_cents,
            own_shares=settled.own_shares,
            total_shares=settled.total_shares,
            share_cents=settled.spent_cents,
            former_cents=settled.called_cents,
            cents=settled.owed_cents,
            budget=budget,
        )
        for settled in settle(years, lots)
    )


def works_fund_share(*, paid: Iterable[Line], used: Iterable[Line], lots: Collection[str]) -> int:
    """The part of the works fund attached to the lots: all that was paid in, less what works took (rules 4.3).

    It follows the lot: a sale changes nothing (loi 65-557, art. 14-2-1).
    """
    return sum(own_part(line, lots) for line in paid) - sum(own_part(line, lots) for line in used)


def own_part(line: Line, lots: Collection[str]) -> int:
    by_lot = line.key.allocate(line.cents)
    return sum(by_lot.get(lot, 0) for lot in lots)
