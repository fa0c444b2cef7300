"""What a tenant is given for what they have paid: a quittance only for a period paid in full. Pure.

Loi 89-462, art. 21: free, rent and charges apart; a payment in part gives right to a reçu.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from parvis.ledger.rules.imputation import PAYMENT, Line, Share, impute

HOUSING_AID = "housing_aid"
CREDIT_NOTE = "credit_note"
# What the labels of the books say, where the means of payment is not given.
MEANS_IN_LABELS = {"prélèvement": "direct_debit", "chèque": "cheque", "virement": "transfer", "carte": "card"}
REPLACED_BY_QUITTANCE = "Remplacé par la quittance de la période."
REPLACED_BY_RECEIPT = "Remplacé par un reçu plus récent."
NO_LONGER_PAID = "Un paiement de cette période a été rejeté ou retiré."


class ReceiptKind(StrEnum):
    FULL = "rent_receipt"
    PARTIAL = "partial_receipt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A sum of a period, in cents: what is rent, what is charges, what is neither."""

    rent_cents: int = 0
    charges_cents: int = 0
    other_cents: int = 0

    @property
    def total_cents(self) -> int:
        return self.rent_cents + self.charges_cents + self.other_cents

    def __add__(self, other: "Parts") -> "Parts":
        return Parts(
            rent_cents=self.rent_cents + other.rent_cents,
            charges_cents=self.charges_cents + other.charges_cents,
            other_cents=self.other_cents + other.other_cents,
        )

    def paid_by(self, cents: int) -> "Parts":
        """What a payment in part pays of each: in proportion, for they fell due together (c. civ. 1342-10, end)."""
        whole = (self.rent_cents, self.charges_cents, self.other_cents)
        rent, charges, other = in_proportion(cents, whole)
        return Parts(rent_cents=rent, charges_cents=charges, other_cents=other)


def in_proportion(cents: int, whole: Sequence[int]) -> list[int]:
    """Split `cents` as `whole`, to the cent: the cents left over go to the largest remainders, then to the first."""
    total = sum(whole)
    if not total:
        return [0 for _part in whole]
    parts = [cents * part // total for part in whole]
    by_remainder = sorted(range(len(whole)), key=lambda place: (-(cents * whole[place] % total), place))
    for place in by_remainder[: cents - sum(parts)]:
        parts[place] += 1
    return parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A demand of rent: the period and its parts. `reference` is that of its line.

    It is not `is_split` when nobody says what is rent and what is charges.
    """

    reference: str
    covers_from: dt.date
    covers_until: dt.date
    parts: Parts
    is_split: bool = True
    other_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A payment, or the part of it that pays a period."""

    on: dt.date
    means: str
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodState:
    """A period of rent: what it asks, what was received of it, and how."""

    covers_from: dt.date
    covers_until: dt.date
    asked: Parts
    received: Parts
    payments: tuple[Received, ...]
    is_split: bool = True
    other_label: str = ""

    @property
    def is_paid(self) -> bool:
        return self.received == self.asked and self.asked.total_cents > 0

    @property
    def left_cents(self) -> int:
        return self.asked.total_cents - self.received.total_cents

    @property
    def receipt_kind(self) -> ReceiptKind | None:
        """A quittance when all is paid, a reçu for a part, nothing for nothing or without the parts of the sum."""
        if not self.is_split:
            return None
        if self.is_paid:
            return ReceiptKind.FULL
        return ReceiptKind.PARTIAL if self.received.total_cents else None

    @property
    def housing_aid_cents(self) -> int:
        return self.received_by(HOUSING_AID)

    @property
    def credited_cents(self) -> int:
        """What credit notes took off."""
        return self.received_by(CREDIT_NOTE)

    def received_by(self, means: str) -> int:
        return sum(payment.cents for payment in self.payments if payment.means == means)


def periods_of(demands: Iterable[Demand], lines: Sequence[Line], *, means: Mapping[str, str]) -> list[PeriodState]:
    """The periods of an account, the oldest first. `means` says how each credit, by its reference, was paid."""
    shares: defaultdict[str, list[Share]] = defaultdict(list)
    for share in impute(lines):
        shares[share.debit].append(share)
    credited = {line.reference: line for line in lines if line.credit_cents}
    periods: defaultdict[tuple[dt.date, dt.date], list[Demand]] = defaultdict(list)
    for demand in demands:
        periods[demand.covers_from, demand.covers_until].append(demand)
    return [
        period_of(
            asked, [(credited[share.credit], share) for demand in asked for share in shares[demand.reference]], means
        )
        for _period, asked in sorted(periods.items())
    ]


def period_of(demands: Sequence[Demand], paid: Sequence[tuple[Line, Share]], means: Mapping[str, str]) -> PeriodState:
    """One period from its demands and what pays them. A payment counts once, whatever demands of it it pays."""
    cents: defaultdict[str, int] = defaultdict(int)
    by_credit: defaultdict[str, int] = defaultdict(int)
    for line, share in paid:
        cents[share.debit] += share.cents
        by_credit[line.reference] += share.cents
    days = {line.reference: line.booked_on for line, _share in paid}
    payments = [
        Received(on=days[credit], means=means.get(credit, ""), cents=received) for credit, received in by_credit.items()
    ]
    return PeriodState(
        covers_from=demands[0].covers_from,
        covers_until=demands[0].covers_until,
        asked=sum((demand.parts for demand in demands), Parts()),
        received=sum((demand.parts.paid_by(cents[demand.reference]) for demand in demands), Parts()),
        payments=tuple(sorted(payments, key=lambda payment: (payment.on, payment.means, payment.cents))),
        is_split=all(demand.is_split for demand in demands),
        other_label=next((demand.other_label for demand in demands if demand.other_label), ""),
    )


def means_of(*, kind: str, means: str, label: str) -> str:
    """How a credit was paid: as the books say, else as its label does; a credit that is no payment is a credit note."""
    if kind != PAYMENT:
        return CREDIT_NOTE
    if means:
        return means
    told = label.lower()
    return next((means for word, means in MEANS_IN_LABELS.items() if word in told), "")


def month_bounds(day: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of the month of that day."""
    first = day.replace(day=1)
    return first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
