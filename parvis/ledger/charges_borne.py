"""What an exercise asked of one account: who owns the lot when a sum falls due bears it (décret 67-223, art. 6-2)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parvis.ledger.building_books import TITLE_OF_KIND, BuildingBooks
from parvis.ledger.models import Account, BudgetLine, FiscalYear
from parvis.ledger.rules.explained import Section, Step

FUND = TITLE_OF_KIND[BudgetLine.Kind.WORKS_FUND]


@dataclass(frozen=True, slots=True, kw_only=True)
class Borne:
    """Label of a key → its current charges, in cents; what the calls asked of them, and what was settled.

    `settled_cents` is None when the settlement fell on somebody else. `is_whole`: the account bore all the calls and
    the settlement, so that the charges are what the year really cost.
    """

    by_key: Mapping[str, int]
    called_cents: int
    settled_cents: int | None
    fund_cents: int
    is_whole: bool


def charges_borne(books: BuildingBooks, account: Account, year: FiscalYear, *, today: dt.date) -> Borne:
    """Raises `CannotExplain` or `SharesDoNotAddUp` where the agency has not said enough."""
    settled = books.settlement(account, year, today=today)
    is_whole = books.is_borne_whole(account, year, today=today)
    if is_whole:
        called = Counter({each.key_label: each.called_cents for each in settled})
        fund_cents = books.fund_paid(year, books.lots_of(account, year.ends_on))
    else:
        steps = books.provisions(account, year)
        called = by_key(step for step in steps if step.section is Section.CURRENT or is_current_adjustment(step))
        fund_cents = sum(step.cents for step in steps if step.title == FUND)
    owed = {each.key_label: each.owed_cents for each in settled}
    return Borne(
        by_key={label: called[label] + owed.get(label, 0) for label in [*called, *(owed.keys() - called.keys())]},
        called_cents=called.total(),
        settled_cents=sum(owed.values()) if settled else None,
        fund_cents=fund_cents,
        is_whole=is_whole,
    )


def by_key(steps: Iterable[Step]) -> Counter[str]:
    found: Counter[str] = Counter()
    for step in steps:
        found[step.key_label] += step.cents
    return found


def is_current_adjustment(step: Step) -> bool:
    """An adjustment of the fund or of an advance has a title."""
    return step.section is Section.ADJUSTMENT and not step.title
