"""A tenant's account with its rents and what was paid of them."""

import datetime as dt

from parvis.ledger.models import Account, Call, Creditor, Entry
from tests.factories import (
    AccountFactory,
    CallFactory,
    ClientFactory,
    CreditorFactory,
    EntryFactory,
    LeaseFactory,
    LotFactory,
    ManagementMandateFactory,
    TenancyFactory,
)

NOVEMBER = dt.date(2026, 11, 1)
RENT_CENTS, CHARGES_CENTS = 72_000, 12_500
MONTHLY_CENTS = RENT_CENTS + CHARGES_CENTS


def tenant_account(*, client=None, agency=None, with_lease=True) -> Account:
    """Bob rents a flat that Alice lets through the agency."""
    client = client or ClientFactory(**({"agency": agency} if agency else {}), first_name="Bob", last_name="Marchand")
    lot = LotFactory(building__agency=client.agency)
    if with_lease:
        lease = LeaseFactory(lot=lot, rent_cents=RENT_CENTS, charges_cents=CHARGES_CENTS)
        TenancyFactory(client=client, lease=lease)
        landlord = ClientFactory(agency=client.agency, first_name="Alice", last_name="Fontaine")
        ManagementMandateFactory(client=landlord, lot=lot)
    creditor = CreditorFactory(agency=client.agency, kind=Creditor.Kind.MANDATES, name="Compte des mandants")
    return AccountFactory(client=client, lot=lot, building=lot.building, kind=Account.Kind.TENANT, creditor=creditor)


def demand(account: Account, *, month=NOVEMBER, rent_cents=RENT_CENTS, charges_cents=CHARGES_CENTS, **said) -> Call:
    """A rent asked and booked."""
    amount_cents = said.pop("amount_cents", None) or (rent_cents or 0) + (charges_cents or 0)
    reference = f"L-{month:%Y-%m}"
    EntryFactory(
        account=account,
        reference=reference,
        kind=Entry.Kind.RENT,
        booked_on=month,
        due_on=month,
        debit_cents=amount_cents,
        label="Loyer et charges",
    )
    return CallFactory(
        account=account,
        reference=reference,
        issued_on=month,
        due_on=month,
        amount_cents=amount_cents,
        rent_cents=rent_cents,
        charges_cents=charges_cents,
        **said,
    )


def paid(account: Account, *, on=dt.date(2026, 11, 5), cents=MONTHLY_CENTS, means="transfer") -> Entry:
    return EntryFactory(
        account=account,
        kind=Entry.Kind.PAYMENT,
        booked_on=on,
        credit_cents=cents,
        debit_cents=0,
        means=means,
        label="Virement reçu",
    )


def rejected(account: Account, *, on=dt.date(2026, 11, 12), cents=MONTHLY_CENTS) -> Entry:
    return EntryFactory(
        account=account, kind=Entry.Kind.PAYMENT, booked_on=on, debit_cents=cents, label="Prélèvement rejeté"
    )
