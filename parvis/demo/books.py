"""The agency's books on one day: the accounts of every client, their entries, the calls they received."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from parvis.demo import dice, payers, rents
from parvis.demo.buildings import Building
from parvis.demo.cast import Client
from parvis.demo.charges import FREE_ASSOCIATION, Ledger, association_ledger, free_association_ledger
from parvis.demo.collected import charges_collected
from parvis.demo.months import add_months, days_after
from parvis.demo.payers import Due, Payer, Payment
from parvis.demo.rents import Movement
from parvis.demo.roles import Lease, Letting, Stage

CO_OWNER, LANDLORD, TENANT = "co_owner", "landlord", "tenant"
MANDATES_CREDITOR = "MANDANTS"
HABITS = {
    CO_OWNER: (payers.TRANSFER,) * 10 + (payers.CHEQUE,) * 6 + (payers.DEBIT,) * 8 + (payers.SLOW, payers.AHEAD),
    TENANT: (payers.TRANSFER,) * 12 + (payers.DEBIT,) * 8 + (payers.CHEQUE, payers.SLOW),
}
# When the troubles of a payer begin: years after the first of the accounts, month.
TROUBLES = {payers.DISPUTE: (2, 1), payers.PLAN: (2, 7), payers.DEFAULTER: (2, 9)}
NO_TROUBLE = (2, 1)
CLOSED_DAYS_AFTER = 30
MONTHS_PAID_AHEAD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of `entries.csv`: a debit asks, a credit is in the client's favour."""

    reference: str
    booked_on: dt.date
    kind: str
    label: str
    detail: str = ""
    due_on: dt.date | None = None
    debit_cents: int = 0
    credit_cents: int = 0
    means: str = ""
    vat_cents: int | None = None
    charges_cents: int | None = None
    tax_line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account of the package with all its lines."""

    reference: str
    client: Client
    creditor: str
    kind: str
    building: str
    lot: str
    entries: tuple[Entry, ...]
    calls: tuple[Due, ...] = ()
    payment_mode: str = "manual"
    arrangement: str = ""
    next_payout_on: dt.date | None = None
    closed_on: dt.date | None = None

    @property
    def balance_cents(self) -> int:
        return sum(entry.credit_cents - entry.debit_cents for entry in self.entries)


def books_of(stage: Stage, *, today: dt.date) -> list[Account]:
    """Every account of the agency, as its books stand at the end of `today`."""
    accounts: list[Account] = []
    for building in stage.buildings:
        if building.is_syndic:
            ledger = association_ledger(stage, building, today=today)
            accounts += co_owner_accounts(stage, ledger, creditor=f"SDC-{building.reference}", today=today)
        if building.reference in FREE_ASSOCIATION.buildings:
            ledger = free_association_ledger(stage, building, today=today)
            accounts += co_owner_accounts(stage, ledger, creditor=FREE_ASSOCIATION.reference, today=today)
    accounts += [
        tenant_account(stage, letting, lease, today=today) for letting in stage.lettings for lease in letting.leases
    ]
    return accounts + list(landlord_accounts(stage, today=today))


def payer_of(stage: Stage, client: Client, kind: str, account: str) -> Payer:
    habit = stage.habits.get((client.reference, kind)) or dice.pick(HABITS[kind], account, "habit")
    years, month = TROUBLES.get(habit, NO_TROUBLE)
    return Payer(account=account, habit=habit, trouble_on=dt.date(stage.first_year + years, month, 1))


# Co-owners


def co_owner_accounts(stage: Stage, ledger: Ledger, *, creditor: str, today: dt.date) -> Iterator[Account]:
    for reference, dues in ledger.dues.items():
        asked = [due for due in dues if (due.issued_on or due.booked_on) <= today]
        if asked:
            yield co_owner_account(
                stage, ledger, client=ledger.payers[reference], creditor=creditor, asked=asked, today=today
            )


def co_owner_account(
    stage: Stage, ledger: Ledger, *, client: Client, creditor: str, asked: list[Due], today: dt.date
) -> Account:
    reference = f"{creditor.replace('SDC-', '450-')}-{client.reference}"
    payer = payer_of(stage, client, CO_OWNER, reference)
    entries = lines(asked, payer.payments(asked, until=today), until=today)
    closed_on = sold_on(stage, ledger.building, client)
    if closed_on and closed_on <= today:
        entries += closing(entries, closed_on, label="Solde réglé par le notaire")
    lots = lots_of(stage, ledger.building, client)
    return Account(
        reference=reference,
        client=client,
        creditor=creditor,
        kind=CO_OWNER,
        building=ledger.building.reference,
        lot=lots[0] if len(lots) == 1 else "",
        entries=tuple(entries),
        calls=tuple(due for due in asked if due.cents > 0),
        payment_mode=payer.payment_mode,
        arrangement=payer.arrangement,
        closed_on=closed_on if closed_on and closed_on <= today else None,
    )


def lots_of(stage: Stage, building: Building, client: Client) -> list[str]:
    return [
        lot.number
        for tenure in stage.tenures
        if tenure.unit.building is building and client in (tenure.payer, tenure.works_payer)
        for lot in tenure.unit.lots
    ]


def sold_on(stage: Stage, building: Building, client: Client) -> dt.date | None:
    """Some weeks after the client sold their last lot there; None while they hold one."""
    tenures = [t for t in stage.tenures if t.unit.building is building and client in (t.payer, t.works_payer)]
    last = max((tenure.ends_on or dt.date.max for tenure in tenures), default=dt.date.max)
    return None if last == dt.date.max else days_after(last, CLOSED_DAYS_AFTER)


def lines(dues: list[Due], payments: list[Payment], *, until: dt.date) -> list[Entry]:
    """What is booked by `until`, in the order of the days."""
    entries = [asked_entry(due) for due in dues if due.booked_on <= until and due.cents]
    entries += [paid_entry(payment) for payment in payments]
    return sorted(entries, key=lambda entry: (entry.booked_on, entry.reference))


def asked_entry(due: Due) -> Entry:
    return Entry(
        reference=due.reference,
        booked_on=due.booked_on,
        due_on=due.due_on if due.cents > 0 else None,
        kind=due.kind,
        label=due.label,
        detail=due.detail,
        debit_cents=max(due.cents, 0),
        credit_cents=max(-due.cents, 0),
    )


def paid_entry(payment: Payment) -> Entry:
    return Entry(
        reference=payment.reference,
        booked_on=payment.booked_on,
        kind="payment",
        label=payment.label,
        credit_cents=payment.cents,
        means=payment.means,
    )


def closing(entries: list[Entry], day: dt.date, *, label: str) -> list[Entry]:
    """The line that brings an account to zero when its holder leaves."""
    balance = sum(entry.credit_cents - entry.debit_cents for entry in entries)
    if balance == 0:
        return []
    return [
        Entry(
            reference="SOLDE",
            booked_on=day,
            kind="payment" if balance < 0 else "payout",
            label=label if balance < 0 else "Remboursement du solde",
            debit_cents=max(balance, 0),
            credit_cents=max(-balance, 0),
        )
    ]


# Tenants


def tenant_account(stage: Stage, letting: Letting, lease: Lease, *, today: dt.date) -> Account:
    """One account a lease; co-tenants are bound together and it stands under the first of them."""
    reference = lease.reference.replace("BAIL", "411")
    payer, asked = tenant_payer(stage, lease), tenant_asked(stage, lease, today=today)
    entries = lines(asked, tenant_payments(stage, lease, asked, until=today), until=today)
    closed_on = days_after(lease.ends_on, CLOSED_DAYS_AFTER) if lease.ends_on else None
    if closed_on and closed_on <= today:
        entries += closing(entries, closed_on, label="Solde retenu sur le dépôt de garantie")
    return Account(
        reference=reference,
        client=lease.tenants[0],
        creditor=MANDATES_CREDITOR,
        kind=TENANT,
        building=letting.unit.building.reference,
        lot=letting.unit.main.number,
        entries=tuple(entries),
        calls=tuple(due for due in asked if due.cents > 0),
        payment_mode=payer.payment_mode,
        arrangement=payer.arrangement,
        closed_on=closed_on if closed_on and closed_on <= today else None,
    )


def tenant_payer(stage: Stage, lease: Lease) -> Payer:
    return payer_of(stage, lease.tenants[0], TENANT, lease.reference.replace("BAIL", "411"))


def tenant_payments(stage: Stage, lease: Lease, asked: list[Due], *, until: dt.date) -> list[Payment]:
    """What the tenant pays, and the housing aid that some have."""
    left_to_pay = [rents.less_aid(due, lease) for due in asked]
    own = tenant_payer(stage, lease).payments(left_to_pay, until=until)
    return [*own, *rents.aid_payments(lease, asked, until=until)]


def tenant_asked(stage: Stage, lease: Lease, *, today: dt.date) -> list[Due]:
    dues = rents.tenant_dues(lease, first_day=dt.date(stage.first_year, 1, 1), today=today)
    return [due for due in dues if (due.issued_on or due.booked_on) <= today]


# Landlords


def landlord_accounts(stage: Stage, *, today: dt.date) -> Iterator[Account]:
    """One account a landlord: all that the agency collects and pays for them."""
    by_landlord: dict[str, list[Letting]] = {}
    for letting in stage.lettings:
        by_landlord.setdefault(letting.landlord.reference, []).append(letting)
    for lettings in by_landlord.values():
        yield landlord_account(stage, lettings, today=today)


def landlord_account(stage: Stage, lettings: list[Letting], *, today: dt.date) -> Account:
    landlord = lettings[0].landlord
    movements = [movement for letting in lettings for movement in letting_movements(stage, letting, today=today)]
    payout_day = rents.payout_day(landlord.reference)
    booked = rents.with_payouts(movements, day=payout_day, until=today)
    entries = sorted((landlord_entry(line) for line in booked), key=lambda entry: (entry.booked_on, entry.reference))
    buildings = {letting.unit.building.reference for letting in lettings}
    return Account(
        reference=f"467-{landlord.reference}",
        client=landlord,
        creditor=MANDATES_CREDITOR,
        kind=LANDLORD,
        building=buildings.pop() if len(buildings) == 1 else "",
        lot=lettings[0].unit.main.number if len(lettings) == 1 else "",
        entries=tuple(entries),
        next_payout_on=rents.next_payout(payout_day, today=today),
    )


def letting_movements(stage: Stage, letting: Letting, *, today: dt.date) -> Iterator[Movement]:
    """What the tenants paid, the fees on it, the works of the flat."""
    for lease in letting.leases:
        payments = tenant_payments(stage, lease, tenant_asked(stage, lease, today=today), until=today)
        to_come = tenant_asked(stage, lease, today=add_months(today, MONTHS_PAID_AHEAD))
        charges = charges_collected(to_come, payments)
        for payment in payments:
            if payment.reference != "R-DG":
                yield from rents.collected(letting, lease, payment, charges_cents=charges[payment.reference])
    first_day = dt.date(stage.first_year, 1, 1)
    yield from rents.expenses(letting, first_day=first_day)
    yield from rents.insurance(letting, first_day=first_day, until=today)


def landlord_entry(movement: Movement) -> Entry:
    return Entry(
        reference=movement.reference,
        booked_on=movement.booked_on,
        kind=movement.kind,
        label=movement.label,
        detail=movement.detail,
        debit_cents=max(-movement.cents, 0),
        credit_cents=max(movement.cents, 0),
        vat_cents=movement.vat_cents,
        charges_cents=movement.charges_cents,
        tax_line=movement.tax_line,
    )
