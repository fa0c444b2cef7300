"""Walking through the entries of an account: every balance is that of the whole account."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from parvis.ledger.rules.entries import Choice, EntryRow, walk_back, walk_on

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2026, 12, 31))
CENTS = st.integers(0, 10**9)
ROWS = st.builds(
    lambda day, kind, cents, is_debit: EntryRow(
        0, day, kind, f"Libellé {kind}", "", "", cents if is_debit else 0, 0 if is_debit else cents
    ),
    DAYS,
    st.sampled_from(["call", "payment", "works"]),
    CENTS,
    st.booleans(),
)


@given(st.lists(ROWS, max_size=40), st.integers(-(10**9), 10**9))
def test_balances_follow_each_other_both_ways(rows, opening):
    on = list(walk_on(rows, balance_cents=opening))
    closing = on[-1].after_cents if on else opening
    back = list(walk_back(reversed(rows), balance_cents=closing))

    assert back[::-1] == on
    assert closing == opening + sum(row.amount_cents for row in rows)


@given(st.lists(ROWS, max_size=40), st.sampled_from(["", "call", "works"]), st.sampled_from(["", "payment", "libelle"]))
def test_choice_leaves_lines_out_and_no_balance(rows, kind, words):
    choice = Choice(kind=kind, words=words)
    walked = list(walk_on(rows, balance_cents=0))

    kept = [each for each in walked if choice.keeps(each.entry)]

    assert all(each in walked for each in kept)
    assert all(not kind or each.entry.kind == kind for each in kept)
    assert len(kept) == sum(choice.keeps(row) for row in rows)


@given(ROWS)
def test_amount_is_found_as_it_is_shown_and_as_it_is_typed(row):
    euros, cents = divmod(abs(row.amount_cents), 100)

    assert Choice(words=f"{euros},{cents:02d}").keeps(row)
    assert Choice(words=f"{euros:,},{cents:02d}".replace(",", " ", f"{euros:,}".count(","))).keeps(row)
