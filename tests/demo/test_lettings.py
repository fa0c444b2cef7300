"""The lettings of the demonstration say what quittances and the 2044 need."""

from parvis.demo.books import tenant_asked, tenant_payments
from parvis.demo.collected import line_asked, line_paid
from parvis.ledger.rules.imputation import impute
from tests.demo.worlds import TODAY, books, stage


def lines(kind: str):
    return [entry for account in books() if account.kind == kind for entry in account.entries]


def test_every_rent_says_its_parts_and_its_period():
    demands = [call for account in books() if account.kind == "tenant" for call in account.calls if call.kind == "rent"]

    assert demands
    assert all(call.rent_cents + call.charges_cents == call.cents for call in demands)
    assert all(call.covers_from <= call.covers_until for call in demands)


def test_some_tenants_have_housing_aid_and_pay_the_rest():
    helped = [a for a in books() if any(entry.means == "housing_aid" for entry in a.entries)]

    assert 0 < len(helped) < len([account for account in books() if account.kind == "tenant"])
    assert any(account.balance_cents == 0 for account in helped)


def test_fees_carry_their_vat_and_rents_their_charges():
    fees = [entry for entry in lines("landlord") if entry.kind == "fees"]
    rents = [entry for entry in lines("landlord") if entry.kind == "rent"]

    assert all(entry.vat_cents == entry.debit_cents * 20 // 120 for entry in fees)
    assert all(0 <= entry.charges_cents <= entry.credit_cents for entry in rents)
    assert any(entry.tax_line == "223" for entry in lines("landlord"))


def test_a_landlord_s_month_holds_the_charges_that_the_tenant_s_quittance_tells():
    entries = {entry.reference: entry for entry in lines("landlord")}
    compared = [list(months_of(lease, entries)) for letting in stage().lettings for lease in letting.leases]

    assert sum(len(months) for months in compared) > 100
    assert all(asked == collected for months in compared for asked, collected in months)


def months_of(lease, entries):
    """The charges asked and collected of each month that payments of its own paid in full."""
    asked = tenant_asked(stage(), lease, today=TODAY)
    payments = tenant_payments(stage(), lease, asked, until=TODAY)
    shares = impute([*map(line_asked, asked), *map(line_paid, payments)])
    cents = {payment.reference: payment.cents for payment in payments}
    for due in asked:
        own = [share for share in shares if share.debit == due.reference]
        is_alone = all(share.cents == cents.get(share.credit) for share in own)
        if due.kind == "rent" and is_alone and sum(share.cents for share in own) == due.cents:
            booked = [entries[f"E-{lease.reference}-{share.credit}"] for share in own]
            yield due.charges_cents, sum(entry.charges_cents for entry in booked)
