"""The charges of the buildings where a landlord lets, expense by expense, and the part that the tenant owes."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from parvis.ledger.models import Account, Expense, FiscalYear
from parvis.ledger.models.lettings import managed_lots
from parvis.ledger.rules.recoverable import ShareOfCharge, Spent, shares_of_charges
from parvis.people.models import Viewer
from parvis.property.models import AllocationKey
from parvis.property.rules import SharesDoNotAddUp
from parvis.web.ui.holders import of_holder

Keys = dict[str, tuple[dict[str, int], int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargesPage:
    """One exercise of one building. `year` is None while no accounts are approved."""

    account: Account
    of_holder: str
    year: FiscalYear | None
    years: list[FiscalYear]
    lines: list[ShareOfCharge]

    @property
    def share_cents(self) -> int:
        return sum(line.share_cents for line in self.lines)

    @property
    def recoverable_cents(self) -> int:
        return sum(line.recoverable_cents for line in self.lines)

    @property
    def has_doubts(self) -> bool:
        return any(not line.is_sure for line in self.lines)


def charges_page(viewer: Viewer, account: Account, *, asked: str) -> ChargesPage:
    """The exercise asked for, or the last approved one, of the lots let through the agency."""
    years = list(
        FiscalYear.objects.visible_to(viewer)
        .filter(
            status=FiscalYear.Status.APPROVED,
            building__lots__in=managed_lots(account, first=dt.date.min, last=dt.date.max),
        )
        .select_related("building")
        .distinct()
        .order_by("-ends_on", "building__name", "pk")
    )
    year = next((known for known in years if known.public_id == asked), years[0] if years else None)
    return ChargesPage(
        account=account,
        of_holder=of_holder(account.client, viewer=viewer),
        year=year,
        years=years,
        lines=lines_of(viewer, account, year) if year else [],
    )


def lines_of(viewer: Viewer, account: Account, year: FiscalYear) -> list[ShareOfCharge]:
    """The expenses of the exercise on the lots let: nothing when the shares of a key do not make its total."""
    lots = managed_lots(account, first=year.begins_on, last=year.ends_on).filter(building_id=year.building_id)
    expenses = list(
        Expense.objects.visible_to(viewer).filter(fiscal_year=year, works_operation=None).select_related("key")
    )
    says = any(expense.recoverable_cents for expense in expenses)
    spent = [spent_on(alike, says_recoverable=says) for alike in grouped(expenses)]
    try:
        return shares_of_charges(
            spent, keys=keys_of(viewer, year), lots=frozenset(lots.values_list("number", flat=True))
        )
    except SharesDoNotAddUp:
        return []


def grouped(expenses: list[Expense]) -> list[list[Expense]]:
    """Those of the same nature and key together: the twelve bills of a year make one line."""
    groups: dict[tuple[str, str, int], list[Expense]] = {}
    for expense in expenses:
        groups.setdefault((expense.chart_account, expense.label, expense.key_id), []).append(expense)
    return list(groups.values())


def spent_on(alike: list[Expense], *, says_recoverable: bool) -> Spent:
    given = sum(expense.recoverable_cents for expense in alike)
    return Spent(
        label=alike[0].label,
        chart_account=alike[0].chart_account,
        key=alike[0].key.code,
        amount_cents=sum(expense.amount_cents for expense in alike),
        given_cents=given if says_recoverable else None,
    )


def keys_of(viewer: Viewer, year: FiscalYear) -> Keys:
    """Code of the key → the shares of its lots and the deed's total."""
    keys = AllocationKey.objects.visible_to(viewer).filter(building_id=year.building_id)
    shares: defaultdict[str, dict[str, int]] = defaultdict(dict)
    totals: dict[str, int] = {}
    for code, total, lot, weight in keys.values_list(
        "code", "total_shares", "lot_shares__lot__number", "lot_shares__shares"
    ):
        totals[code] = total
        if lot is not None:
            shares[code][lot] = weight
    return {code: (shares[code], total) for code, total in totals.items()}
