"""A landlord's account: a rent collected, the fee on it, works, a payout."""

import datetime as dt

from parvis.ledger.models import Account, Creditor, Entry
from tests.factories import AccountFactory, CreditorFactory, EntryFactory, LotFactory, ManagementMandateFactory

YEAR = 2026


def landlord_account(client, *, lot=None) -> Account:
    """The client lets a flat through the agency."""
    lot = lot or LotFactory(building__agency=client.agency)
    ManagementMandateFactory(client=client, lot=lot)
    creditor = CreditorFactory(agency=client.agency, kind=Creditor.Kind.MANDATES, name="Compte des mandants")
    return AccountFactory(
        client=client,
        creditor=creditor,
        kind=Account.Kind.LANDLORD,
        building=lot.building,
        lot=lot,
        balance_cents=78_416,
        next_payout_on=dt.date(2026, 12, 8),
        as_of=dt.date(2026, 11, 22),
    )


def collected(account: Account, *, month: int, cents=84_500, charges_cents=12_500) -> None:
    """The rent of a month, and the fee with its VAT."""
    day = dt.date(YEAR, month, 5)
    booked(account, day, kind="rent", label="Loyer encaissé", credit_cents=cents, charges_cents=charges_cents)
    booked(account, day, kind="fees", label="Honoraires de gestion", debit_cents=6_084, vat_cents=1_014)


def booked(account: Account, day: dt.date, **said) -> Entry:
    return EntryFactory(**{"account": account, "booked_on": day, "debit_cents": 0, "credit_cents": 0, **said})
