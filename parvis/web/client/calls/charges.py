"""« Charges des deux derniers exercices » of a co-owner and their part of the works fund (décret 2019-502, art. 2)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parvis.kit.money import format_cents, plain_cents
from parvis.kit.typography import typographic
from parvis.ledger.building_books import BuildingBooks, CannotExplain
from parvis.ledger.charges_borne import FUND, Borne, charges_borne
from parvis.ledger.models import Account, FiscalYear
from parvis.ledger.rules.explained_words import label_of
from parvis.people.models import Viewer
from parvis.property.rules import SharesDoNotAddUp
from parvis.web.client.calls.page import AccountHead, head_of, state_words

YEARS = 2
TOTAL = "Total"
# The drawing: its width, where a bar begins under its name, how long the longest is; then the steps downwards.
WIDTH, LONGEST = 360, 240
NAME_AT, FIRST_BAR_AT, SECOND_BAR_AT, ROW_HEIGHT, BAR_HEIGHT = 16, 24, 46, 78, 18


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCharges:
    """What one closed exercise asked of the client: charge → cents, provisions that were called, the fund’s part.

    `fund_share_cents` is None when they hold the lot no more, and where there is no fund.
    """

    year: FiscalYear
    by_charge: Mapping[str, int]
    borne: Borne
    fund_share_cents: int | None

    @property
    def name(self) -> str:
        return self.year.reference

    @property
    def state(self) -> str:
        return typographic(f"Comptes de l’exercice {self.name} : {state_words(self.year)}.")

    @property
    def total_cents(self) -> int:
        return sum(self.by_charge.values())

    @property
    def settlement(self) -> str:
        """« En 2025, vos charges courantes sont de … . Les appels vous en demandaient … »; nothing without any."""
        called, owed = self.borne.called_cents, self.borne.settled_cents or 0
        ends = f"{format_cents(abs(owed))} {'restaient à votre charge' if owed > 0 else 'vous revenaient'}"
        if not self.borne.is_whole:
            return typographic(" ".join(self.own_part(ends)))
        return typographic(
            f"En {self.name}, vos charges courantes sont de {format_cents(called + owed)}. "
            f"Les appels vous en demandaient {format_cents(called)}" + (f" : {ends}." if owed else ".")
        )

    def own_part(self, ends: str) -> list[str]:
        """What is said to who held the lot a part of the time: their own calls, and whose the settlement is."""
        if not self.borne.called_cents:
            return [] if self.borne.settled_cents is None else [f"À la régularisation de {self.name}, {ends}."]
        asked = format_cents(self.borne.called_cents)
        told = f"En {self.name}, les appels échus pendant que vous déteniez le lot vous demandaient {asked}."
        if self.borne.settled_cents is None:
            return [told, "La régularisation revient à qui détient le lot le jour où les comptes sont approuvés."]
        return [told, f"À la régularisation, {ends}."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of the drawing and what stands at its end."""

    top: int
    length: int
    words: str
    is_former: bool

    @property
    def height(self) -> int:
        return BAR_HEIGHT

    @property
    def baseline(self) -> int:
        return self.top + BAR_HEIGHT - 4

    @property
    def words_at(self) -> int:
        return self.length + 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeRow:
    """A charge in the two years, the latest first."""

    label: str
    cents: list[int]
    names: list[str]
    bars: list[Bar]
    name_at: int

    @property
    def named(self) -> list[tuple[str, int]]:
        """Each year and its sum."""
        return list(zip(self.names, self.cents, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargesPage:
    """Nothing but `head` where the agency tells of no closed exercise."""

    head: AccountHead
    years: list[YearCharges]
    rows: list[ChargeRow]
    is_withheld: bool

    @property
    def height(self) -> int:
        return ROW_HEIGHT * len(self.rows)

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def names(self) -> str:
        """« 2025 et 2024 »."""
        return " et ".join(year.name for year in self.years)

    @property
    def in_words(self) -> str:
        """What the drawing shows, for who does not see it; the figures are in the table."""
        totals = [f"{format_cents(year.total_cents)} en {year.name}" for year in self.years]
        return typographic(f"Vos charges par poste : {' et '.join(totals)} au total.")


def charges_page(viewer: Viewer, account: Account, *, today: dt.date) -> ChargesPage:
    head, books = head_of(viewer, account), BuildingBooks.of_account(account)
    years: list[YearCharges] = []
    if books and not account.is_withheld:
        visible = FiscalYear.objects.visible_to(viewer).filter(building=account.building)
        closed = visible.exclude(status=FiscalYear.Status.PROVISIONAL).order_by("-begins_on", "-pk")[:YEARS]
        years = [found for year in closed if (found := year_charges(books, account, year, today=today))]
    return ChargesPage(head=head, years=years, rows=rows_of(years), is_withheld=account.is_withheld)


def year_charges(books: BuildingBooks, account: Account, year: FiscalYear, *, today: dt.date) -> YearCharges | None:
    """What the exercise asked of the account; nothing where it asked nothing, or where the agency has said too little.

    The part of the fund follows the lot, whoever bears the charges: it is that of who holds it today.
    """
    lots = books.lots_of(account, today) or books.lots_of(account, today, for_works=True)
    try:
        borne = charges_borne(books, account, year, today=today)
        charges = {typographic(label): cents for label, cents in borne.by_key.items()}
        for step in books.works_called(account, year):
            charges[label_of(step)] = charges.get(label_of(step), 0) + step.cents
        fund_share = books.fund_share(lots, until=year) if lots and books.fund_lines(year) else None
    except (CannotExplain, SharesDoNotAddUp):
        return None
    charges |= {FUND: borne.fund_cents} if borne.fund_cents else {}
    if not charges and fund_share is None:
        return None
    return YearCharges(year=year, by_charge=charges, borne=borne, fund_share_cents=fund_share)


def rows_of(years: list[YearCharges]) -> list[ChargeRow]:
    """Every charge of either year, and the total; the bars share one scale."""
    labels = list(dict.fromkeys(label for year in years for label in year.by_charge))
    sums = [(label, [year.by_charge.get(label, 0) for year in years]) for label in labels]
    if years:
        sums.append((TOTAL, [year.total_cents for year in years]))
    longest = max((cents for _label, row in sums for cents in row), default=0)
    names = [year.name for year in years]
    return [
        ChargeRow(
            label=label,
            cents=row,
            names=names,
            name_at=rank * ROW_HEIGHT + NAME_AT,
            bars=bars_of(row, top=rank * ROW_HEIGHT, longest=longest),
        )
        for rank, (label, row) in enumerate(sums)
    ]


def bars_of(row: Iterable[int], *, top: int, longest: int) -> list[Bar]:
    return [
        Bar(
            top=top + place,
            length=max(1, LONGEST * max(cents, 0) // max(longest, 1)),
            words=format_cents(cents),
            is_former=place == SECOND_BAR_AT,
        )
        for place, cents in zip((FIRST_BAR_AT, SECOND_BAR_AT), row, strict=False)
    ]


def charges_rows(page: ChargesPage) -> list[list[str]]:
    """The table as a spreadsheet, header first."""
    header = ["Charge", *(f"Exercice {year.name}" for year in page.years)]
    return [header, *([row.label, *(plain_cents(cents) for cents in row.cents)] for row in page.rows)]
