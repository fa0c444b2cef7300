"""The accounts of lettings: what tenants are asked, what landlords receive."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parvis.demo import dice
from parvis.demo.buildings import Unit
from parvis.demo.months import add_months, days_after, month_of, months_between
from parvis.demo.payers import Due, Payment
from parvis.demo.roles import Lease, Letting
from parvis.demo.sources import rent_per_square_metre
from parvis.kit.french_dates import month_and_year
from parvis.kit.money import format_cents

ISSUED_ON_DAY = 20
RISE_PER_MILLE = 19
CHARGES_PER_MILLE = 140
FEE_PER_TEN_THOUSAND = 720
RECONCILED_MONTH = 5
RECONCILED_ON_DAY = 12
RECONCILED_WITHIN_DAYS = 30
PAYOUT_DAYS = (8, 15, 22, 27)
VAT_OF_120 = 20
PERCENT_WITH_AID = 30
AID_DAY = 5
INSURED_MONTH = 2


def monthly_rent(unit: Unit) -> tuple[int, int]:
    """Rent and charges in cents, from the rent of the commune; rounded to the euro."""
    per_square_metre = rent_per_square_metre(unit.building.source.commune_code)
    around = dice.between(920, 1060, unit.name, "rent")
    euros = int(per_square_metre * unit.main.area_square_decimetres * around / 100_000)
    charges = euros * CHARGES_PER_MILLE // 1000
    return (euros - charges) * 100, charges * 100


def amounts(lease: Lease, month: dt.date) -> tuple[int, int]:
    """Rent and charges of a whole month: the rent follows its index every January."""
    years = max(0, month.year - lease.starts_on.year)
    rent_cents = lease.rent_cents * (1000 + RISE_PER_MILLE * years) // 1000
    return rent_cents, lease.charges_cents


def part_of_month(cents: int, month: dt.date, lease: Lease) -> int:
    """The part of a monthly sum for the days of the lease, half-up to the cent."""
    last = days_after(add_months(month, 1), -1)
    start, end = max(month, lease.starts_on), min(last, lease.ends_on or last)
    days = (end - start).days + 1
    return (2 * cents * days + last.day) // (2 * last.day)


def tenant_dues(lease: Lease, *, first_day: dt.date, today: dt.date) -> list[Due]:
    """Every rent asked since `first_day`, the deposit of a lease begun since, the yearly reconciliations."""
    until = lease.ends_on or add_months(month_of(today), 1)
    months = list(months_between(max(first_day, lease.starts_on), until))
    dues = [rent_due(lease, month) for month in months]
    if lease.starts_on >= first_day:
        dues.append(deposit_due(lease))
    dues += [reconciliation(lease, year) for year in range(first_day.year, today.year) if is_whole_year(lease, year)]
    return dues


def rent_due(lease: Lease, month: dt.date) -> Due:
    rent_cents, charges_cents = (part_of_month(cents, month, lease) for cents in amounts(lease, month))
    due_on = max(month.replace(day=lease.due_day), lease.starts_on)
    issued_on = min(max(add_months(month, -1).replace(day=ISSUED_ON_DAY), days_after(lease.starts_on, -5)), due_on)
    return Due(
        reference=f"L-{month:%Y-%m}",
        booked_on=issued_on,
        issued_on=issued_on,
        due_on=due_on,
        cents=rent_cents + charges_cents,
        rent_cents=rent_cents,
        charges_cents=charges_cents,
        covers_from=max(month, lease.starts_on),
        covers_until=min(days_after(add_months(month, 1), -1), lease.ends_on or dt.date.max),
        kind="rent",
        label=f"Loyer et charges, {month_and_year(month)}",
        detail=f"Loyer {format_cents(rent_cents)}, provision sur charges {format_cents(charges_cents)}",
    )


def aid_cents(lease: Lease) -> int:
    """What the CAF pays each month straight to the agency, for some tenants."""
    if not dice.happens(PERCENT_WITH_AID, lease.reference, "aid"):
        return 0
    return min(dice.between(90, 260, lease.reference, "amount of aid") * 100, lease.rent_cents // 2)


def less_aid(due: Due, lease: Lease) -> Due:
    """What is left for the tenant to pay of a rent."""
    return replace(due, cents=due.cents - min(aid_cents(lease), due.rent_cents)) if due.kind == "rent" else due


def aid_payments(lease: Lease, dues: list[Due], *, until: dt.date) -> Iterator[Payment]:
    """Housing aid, month by month."""
    for due in dues:
        day = max(due.due_on.replace(day=AID_DAY), due.booked_on)
        if due.kind == "rent" and day <= until and (cents := min(aid_cents(lease), due.rent_cents)):
            yield Payment(
                reference=f"AL-{due.due_on:%Y-%m}",
                booked_on=day,
                cents=cents,
                label="Aide au logement versée par la CAF",
                means="housing_aid",
            )


def deposit_due(lease: Lease) -> Due:
    return Due(
        reference="DG",
        booked_on=days_after(lease.starts_on, -5),
        issued_on=days_after(lease.starts_on, -5),
        due_on=days_after(lease.starts_on, -1),
        cents=lease.rent_cents,
        kind="other",
        label="Dépôt de garantie",
    )


def is_whole_year(lease: Lease, year: int) -> bool:
    """Whether the lease ran all that year and still runs when its charges are reconciled."""
    reconciled_on = dt.date(year + 1, RECONCILED_MONTH, RECONCILED_ON_DAY)
    return lease.starts_on <= dt.date(year, 1, 1) and (lease.ends_on is None or lease.ends_on >= reconciled_on)


def reconciliation(lease: Lease, year: int) -> Due:
    """Real charges of the year less the advances: some tens of euros, one way or the other."""
    booked_on = dt.date(year + 1, RECONCILED_MONTH, RECONCILED_ON_DAY)
    cents = dice.between(-9_000, 11_000, lease.reference, year, "reconciliation")
    return Due(
        reference=f"RC-{year}",
        booked_on=booked_on,
        issued_on=booked_on,
        due_on=days_after(booked_on, RECONCILED_WITHIN_DAYS) if cents > 0 else booked_on,
        cents=cents,
        kind="settlement",
        label=f"Régularisation des charges {year}",
        detail="Charges réelles moins provisions",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A line of a landlord's account: positive in their favour. `vat_cents` and `charges_cents` are parts of it."""

    reference: str
    booked_on: dt.date
    cents: int
    kind: str
    label: str
    detail: str = ""
    vat_cents: int | None = None
    charges_cents: int | None = None
    tax_line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expense:
    """Works paid for a landlord, so many months after the first of the accounts."""

    title: str
    cents: int
    after_months: int


EXPENSES = (
    Expense(title="Remplacement du chauffe-eau", cents=98_450, after_months=8),
    Expense(title="Remplacement de la porte palière", cents=164_000, after_months=21),
    Expense(title="Recherche de fuite et réparation", cents=41_230, after_months=30),
    Expense(title="Remise aux normes du tableau électrique", cents=87_600, after_months=33),
)


def collected(letting: Letting, lease: Lease, payment: Payment, *, charges_cents: int) -> Iterator[Movement]:
    """What a tenant's payment brings: the sum collected, less the fees of the agency (7.20 % of it)."""
    reference = f"{lease.reference}-{payment.reference}"
    flat = f"{letting.unit.main.label}, lot {letting.unit.main.number}"
    fee_cents = (2 * payment.cents * FEE_PER_TEN_THOUSAND + 10_000) // 20_000
    yield Movement(
        reference=f"E-{reference}",
        booked_on=payment.booked_on,
        cents=payment.cents,
        kind="rent",
        label="Loyer encaissé",
        detail=flat,
        charges_cents=charges_cents,
    )
    yield Movement(
        reference=f"H-{reference}",
        booked_on=payment.booked_on,
        cents=-fee_cents,
        kind="fees",
        label="Honoraires de gestion",
        detail=f"7,20\u202f% TTC de {format_cents(payment.cents)}",
        vat_cents=fee_cents * VAT_OF_120 // 120,
    )


def expenses(letting: Letting, *, first_day: dt.date) -> Iterator[Movement]:
    """The works of some lettings."""
    for expense in EXPENSES:
        if dice.happens(22, letting.unit.name, expense.title):
            booked_on = days_after(add_months(first_day, expense.after_months), 8)
            yield Movement(
                reference=f"T-{letting.unit.name}-{expense.after_months}",
                booked_on=booked_on,
                cents=-expense.cents,
                kind="works",
                label=f"Travaux\u00a0: {expense.title.lower()}",
                detail=f"{letting.unit.main.label}, lot {letting.unit.main.number}",
            )


def insurance(letting: Letting, *, first_day: dt.date, until: dt.date) -> Iterator[Movement]:
    """The owner’s insurance of some lettings, once a year, paid by the agency."""
    if not dice.happens(40, letting.unit.name, "insurance"):
        return
    for year in range(first_day.year, until.year + 1):
        booked_on = dt.date(year, INSURED_MONTH, 1)
        if letting.starts_on <= booked_on:
            yield Movement(
                reference=f"A-{letting.unit.name}-{year}",
                booked_on=booked_on,
                cents=-dice.between(11_000, 17_000, letting.unit.name, "premium"),
                kind="other",
                label=f"Assurance du propriétaire non occupant, {year}",
                detail=f"{letting.unit.main.label}, lot {letting.unit.main.number}",
                tax_line="223",
            )


def payout_day(landlord_reference: str) -> int:
    return dice.pick(PAYOUT_DAYS, landlord_reference, "payout")


def with_payouts(movements: list[Movement], *, day: int, until: dt.date) -> list[Movement]:
    """Once a month, what stands in the landlord's favour goes to their bank account."""
    in_order = sorted((m for m in movements if m.booked_on <= until), key=lambda m: (m.booked_on, m.reference))
    if not in_order:
        return []
    paid: list[Movement] = []
    balance, position = 0, 0
    for month in months_between(in_order[0].booked_on, until):
        pays_on = month.replace(day=day)
        while position < len(in_order) and in_order[position].booked_on < pays_on:
            balance += in_order[position].cents
            position += 1
        if balance > 0 and pays_on <= until:
            paid.append(payout(pays_on, balance))
            balance = 0
    return in_order + paid


def payout(day: dt.date, cents: int) -> Movement:
    return Movement(
        reference=f"V-{day:%Y-%m}",
        booked_on=day,
        cents=-cents,
        kind="payout",
        label="Versement sur votre compte bancaire",
    )


def next_payout(day_of_month: int, *, today: dt.date) -> dt.date:
    """The next day of payout, `today` being too late for today's."""
    this_month = today.replace(day=day_of_month)
    return this_month if this_month > today else add_months(month_of(today), 1).replace(day=day_of_month)
