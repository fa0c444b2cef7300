"""A landlord's account told to its holder: by nature for a period, by line of the form 2044 for a year. Pure.

The lines are those of the form for unfurnished lettings under the « régime réel » (CGI, art. 31; form no 2044, numbers
à vérifier each year against the form). Sums are those collected and paid by the agency in the year: what the landlord
pays without it is unknown here, and listed as to be completed.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

FLAT_FEE_CENTS = 20_00
NOT_DECLARED = "none"


class Line(StrEnum):
    """A line of the form 2044 (à vérifier)."""

    GROSS_RENTS = "211"
    OTHER_INCOME = "213"
    MANAGEMENT = "221"
    FLAT_FEE = "222"
    INSURANCE = "223"
    WORKS = "224"
    UNRECOVERED = "225"
    EVICTION = "226"
    PROPERTY_TAX = "227"
    CO_OWNERSHIP = "229"
    CO_OWNERSHIP_SETTLEMENT = "230"
    LOAN_INTEREST = "250"


TITLES = {
    Line.GROSS_RENTS: "Loyers bruts encaissés, sans les charges",
    Line.OTHER_INCOME: "Recettes diverses (indemnités d’assurance, subventions)",
    Line.MANAGEMENT: "Frais d’administration et de gestion",
    Line.FLAT_FEE: "Autres frais de gestion\u00a0: 20\u202f€ par local",
    Line.INSURANCE: "Primes d’assurance",
    Line.WORKS: "Dépenses de réparation, d’entretien et d’amélioration",
    Line.UNRECOVERED: "Charges récupérables non récupérées au départ du locataire",
    Line.EVICTION: "Indemnités d’éviction, frais de relogement",
    Line.PROPERTY_TAX: "Taxes foncières, sans la taxe d’ordures ménagères",
    Line.CO_OWNERSHIP: "Provisions pour charges de copropriété payées dans l’année",
    Line.CO_OWNERSHIP_SETTLEMENT: "Régularisation des provisions de l’année précédente",
    Line.LOAN_INTEREST: "Intérêts d’emprunt",
}
INCOME = (Line.GROSS_RENTS, Line.OTHER_INCOME)
BY_KIND = {"rent": Line.GROSS_RENTS, "fees": Line.MANAGEMENT, "works": Line.WORKS}
UNDECLARED_KINDS = ("payout", "payment", "settlement")
# What the agency may not know: shown as to be completed when nothing of it is booked.
TO_COMPLETE = (
    Line.INSURANCE,
    Line.UNRECOVERED,
    Line.EVICTION,
    Line.PROPERTY_TAX,
    Line.CO_OWNERSHIP,
    Line.CO_OWNERSHIP_SETTLEMENT,
    Line.LOAN_INTEREST,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A line of the account in cents: positive in favour of the landlord. VAT and charges are parts of it."""

    booked_on: dt.date
    kind: str
    label: str
    cents: int
    detail: str = ""
    vat_cents: int = 0
    charges_cents: int = 0
    tax_line: str = ""

    @property
    def line(self) -> Line | None:
        """Where it is declared; None when it is not, or when nobody says."""
        if self.tax_line and self.tax_line != NOT_DECLARED:
            return Line(self.tax_line)
        return None if self.tax_line else BY_KIND.get(self.kind)

    @property
    def is_unclassified(self) -> bool:
        return not self.tax_line and self.line is None and self.kind not in UNDECLARED_KINDS

    @property
    def signed_charges_cents(self) -> int:
        """The charges in a rent collected; those of a rent given back are given back too."""
        return self.charges_cents if self.cents >= 0 else -self.charges_cents

    @property
    def declared_cents(self) -> int:
        """What counts on its line: income as received without the charges, an expense as paid."""
        if self.line in INCOME:
            return self.cents - (self.signed_charges_cents if self.line is Line.GROSS_RENTS else 0)
        return -self.cents


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A line of the summary. `cents` is None when the landlord must complete it."""

    line: Line
    cents: int | None

    @property
    def title(self) -> str:
        return TITLES[self.line]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeSummary:
    """A year for the form 2044."""

    year: int
    lines: tuple[Declared, ...]
    charges_cents: int
    unclassified: tuple[Movement, ...]

    @property
    def known(self) -> tuple[Declared, ...]:
        return tuple(line for line in self.lines if line.cents is not None)

    @property
    def to_complete(self) -> tuple[Declared, ...]:
        return tuple(line for line in self.lines if line.cents is None)


def income_summary(movements: Iterable[Movement], *, year: int, dwellings: int) -> IncomeSummary:
    """The lines of one year of collections and payments. `dwellings` are those let: 20 € each on line 222."""
    of_year = [movement for movement in movements if movement.booked_on.year == year]
    sums: dict[Line, int] = {}
    for movement in of_year:
        if movement.line:
            sums[movement.line] = sums.get(movement.line, 0) + movement.declared_cents
    sums[Line.FLAT_FEE] = dwellings * FLAT_FEE_CENTS
    lines = [declared(line, sums=sums) for line in Line]
    return IncomeSummary(
        year=year,
        lines=tuple(lines),
        charges_cents=sum(movement.signed_charges_cents for movement in of_year if movement.line is Line.GROSS_RENTS),
        unclassified=tuple(movement for movement in of_year if movement.is_unclassified),
    )


def declared(line: Line, *, sums: dict[Line, int]) -> Declared:
    unknown = None if line in TO_COMPLETE else 0
    return Declared(line=line, cents=sums.get(line, unknown))


# Statement of a period


class Group(StrEnum):
    """The headings of a « compte rendu de gérance »."""

    RENTS = "rent"
    FEES = "fees"
    WORKS = "works"
    OTHER = "other"
    PAYOUTS = "payout"


GROUP_TITLES = {
    Group.RENTS: "Loyers encaissés",
    Group.FEES: "Honoraires",
    Group.WORKS: "Travaux",
    Group.OTHER: "Autres opérations",
    Group.PAYOUTS: "Versements sur votre compte bancaire",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupOfMovements:
    group: Group
    movements: tuple[Movement, ...]

    @property
    def title(self) -> str:
        return GROUP_TITLES[self.group]

    @property
    def cents(self) -> int:
        return sum(movement.cents for movement in self.movements)

    @property
    def vat_cents(self) -> int:
        return sum(movement.vat_cents for movement in self.movements)

    @property
    def charges_cents(self) -> int:
        return sum(movement.signed_charges_cents for movement in self.movements)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What happened between two days: the balance before, each heading, the balance after."""

    first: dt.date
    last: dt.date
    opening_cents: int
    groups: tuple[GroupOfMovements, ...]

    @property
    def closing_cents(self) -> int:
        return self.opening_cents + sum(group.cents for group in self.groups)


def statement(movements: Sequence[Movement], *, first: dt.date, last: dt.date) -> Statement:
    """The movements of a period by heading, in the order of the days; a heading without any is absent."""
    during = [movement for movement in movements if first <= movement.booked_on <= last]
    groups = [
        GroupOfMovements(group=group, movements=tuple(line for line in during if group_of(line) is group))
        for group in Group
    ]
    return Statement(
        first=first,
        last=last,
        opening_cents=sum(movement.cents for movement in movements if movement.booked_on < first),
        groups=tuple(group for group in groups if group.movements),
    )


def group_of(movement: Movement) -> Group:
    return Group(movement.kind) if movement.kind in set(Group) else Group.OTHER
