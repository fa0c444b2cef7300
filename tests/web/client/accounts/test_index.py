"""Comptes: one card for each account, never a total."""

import datetime as dt

from tests.factories import AccountFactory


def test_accounts_are_listed_the_latest_to_pay_first(signed_in, alice, today):
    AccountFactory(client=alice, reference="A", balance_cents=5000)
    AccountFactory(client=alice, reference="B", balance_cents=-2000)
    AccountFactory(client=alice, reference="C", balance_cents=-1000, oldest_unpaid_on=today - dt.timedelta(days=60))

    page = signed_in.get("/comptes/").content.decode()

    places = [page.index(f">{reference}</span>") for reference in ("C", "B", "A")]
    assert places == sorted(places)
    assert "Aucun total n’est affiché" in page


def test_closed_account_stays_within_reach(signed_in, alice, today):
    account = AccountFactory(client=alice, closed_on=today, balance_cents=0)

    page = signed_in.get("/comptes/").content.decode()

    assert "Comptes clos" in page
    assert signed_in.get(f"/comptes/{account.public_id}/").status_code == 200


def test_nobody_is_left_before_an_empty_page(signed_in):
    page = signed_in.get("/comptes/").content.decode()

    assert "Aucun compte n’est rattaché" in page
    assert 'href="tel:+33100000000"' in page


def test_cost_does_not_grow_with_the_accounts(signed_in, alice, assert_flat):
    AccountFactory(client=alice)

    assert_flat("/comptes/", lambda: AccountFactory.create_batch(30, client=alice))
