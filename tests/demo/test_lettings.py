"""The lettings of the demonstration say what quittances and the 2044 need."""

from tests.demo.worlds import books


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
    assert all(0 < entry.charges_cents < entry.credit_cents for entry in rents)
    assert any(entry.tax_line == "223" for entry in lines("landlord"))
