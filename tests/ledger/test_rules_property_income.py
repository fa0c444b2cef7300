"""A landlord's year and months, and what may be asked of the tenant: no database."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.ledger.rules.property_income import Group, Line, Movement, income_summary, statement
from parvis.ledger.rules.recoverable import Spent, nature_of, shares_of_charges
from parvis.property.rules import allocate

DAY = dt.date(2026, 3, 5)
kinds = st.sampled_from(["rent", "fees", "works", "other", "payout", "settlement", "payment", "call"])
tax_lines = st.sampled_from(["", "", "213", "223", "224", "227", "229", "230", "none"])


@st.composite
def movements(draw):
    found = []
    for _number in range(draw(st.integers(0, 12))):
        cents = draw(st.integers(-90_000, 90_000))
        parts = st.integers(0, abs(cents))
        day = DAY + dt.timedelta(days=draw(st.integers(-500, 500)))
        found.append(
            Movement(
                booked_on=day,
                kind=draw(kinds),
                label="x",
                cents=cents,
                charges_cents=draw(parts),
                tax_line=draw(tax_lines),
            )
        )
    return found


def rent(cents=84_500, charges_cents=12_500, day=DAY):
    return Movement(booked_on=day, kind="rent", label="Loyer encaissé", cents=cents, charges_cents=charges_cents)


def amount(summary, line):
    return next(declared.cents for declared in summary.lines if declared.line is line)


@given(movements())
def test_every_cent_of_a_year_is_declared_or_told_why_not(lines):
    summary = income_summary(lines, year=2026, dwellings=0)
    of_year = [line for line in lines if line.booked_on.year == 2026]

    income = sum(amount(summary, line) or 0 for line in (Line.GROSS_RENTS, Line.OTHER_INCOME))
    expenses = sum(declared.cents or 0 for declared in summary.lines) - income
    undeclared = sum(line.cents for line in of_year if line.line is None)

    assert income - expenses + summary.charges_cents + undeclared == sum(line.cents for line in of_year)


@given(movements())
def test_a_statement_leads_from_one_balance_to_the_next(lines):
    first, last = dt.date(2026, 1, 1), dt.date(2026, 3, 31)

    told = statement(lines, first=first, last=last)

    assert told.opening_cents == sum(line.cents for line in lines if line.booked_on < first)
    assert told.closing_cents == sum(line.cents for line in lines if line.booked_on <= last)


def test_rents_are_declared_without_the_charges():
    summary = income_summary([rent()], year=2026, dwellings=1)

    assert amount(summary, Line.GROSS_RENTS) == 72_000
    assert summary.charges_cents == 12_500
    assert amount(summary, Line.FLAT_FEE) == 2_000


def test_a_rent_given_back_takes_its_charges_with_it():
    summary = income_summary([rent(), rent(cents=-84_500)], year=2026, dwellings=1)

    assert (amount(summary, Line.GROSS_RENTS), summary.charges_cents) == (0, 0)


def test_what_the_agency_does_not_know_is_left_to_complete():
    tax = Movement(booked_on=DAY, kind="other", label="Taxe foncière", cents=-90_000, tax_line="227")

    without, with_tax = (income_summary(lines, year=2026, dwellings=1) for lines in ([], [tax]))

    assert amount(without, Line.PROPERTY_TAX) is None
    assert amount(with_tax, Line.PROPERTY_TAX) == 90_000
    assert Line.LOAN_INTEREST in [declared.line for declared in with_tax.to_complete]


def test_what_nobody_classifies_is_listed():
    unknown = Movement(booked_on=DAY, kind="other", label="Serrurier", cents=-9_000)

    assert income_summary([unknown], year=2026, dwellings=1).unclassified == (unknown,)


def test_fees_carry_their_vat():
    fee = Movement(booked_on=DAY, kind="fees", label="Honoraires", cents=-6_084, vat_cents=1_014)

    (group,) = statement([fee], first=DAY, last=DAY).groups

    assert (group.group, group.cents, group.vat_cents) == (Group.FEES, -6_084, 1_014)


@pytest.mark.parametrize(
    ("account", "label", "per_mille", "is_sure"),
    [
        ("601", "Eau", 1000, True),
        ("614", "Ascenseur, visite", 1000, True),
        ("614", "Ascenseur, contrat étendu", 730, False),
        ("641", "Gardien, ménage et ordures", 750, False),
        ("641", "Salaire du gardien", 400, False),
        ("616", "Assurance", 0, True),
        ("6211", "Honoraires du syndic", 0, True),
        ("671", "Ravalement", 0, True),
        ("632", "Taxe de balayage", 1000, True),
        ("632", "Taxe foncière", 0, True),
    ],
)
def test_natures_of_the_decree(account, label, per_mille, is_sure):
    nature = nature_of(account=account, label=label)

    assert (nature.per_mille, nature.is_sure) == (per_mille, is_sure)


def test_the_figure_of_the_agency_comes_before_the_table():
    spent = Spent(label="Eau", chart_account="601", key="GEN", amount_cents=10_000, given_cents=8_000)

    assert (spent.recoverable_cents, spent.is_sure) == (8_000, True)


@given(
    amounts=st.lists(st.integers(-100_000, 100_000), max_size=5),
    shares=st.dictionaries(st.integers(1, 30).map(str), st.integers(1, 500), min_size=2, max_size=12),
)
def test_all_the_lots_together_bear_every_cent(amounts, shares):
    spent = [Spent(label="Eau", chart_account="601", key="GEN", amount_cents=cents) for cents in amounts]
    keys = {"GEN": (shares, sum(shares.values()))}

    each = [shares_of_charges(spent, keys=keys, lots=frozenset({lot})) for lot in shares]

    assert sum(line.share_cents for of_lot in each for line in of_lot) == sum(amounts)


@given(
    amounts=st.lists(st.integers(-100_000, 100_000), min_size=1, max_size=5),
    shares=st.dictionaries(st.integers(1, 30).map(str), st.integers(1, 500), min_size=2, max_size=12),
)
def test_the_expenses_of_a_key_add_up_to_the_part_of_all_that_it_cost(amounts, shares):
    spent = [Spent(label="Assurance", chart_account="616", key="GEN", amount_cents=cents) for cents in amounts]
    lot, total = next(iter(shares)), sum(shares.values())

    lines = shares_of_charges(spent, keys={"GEN": (shares, total)}, lots=frozenset({lot}))

    whole = allocate(amount_cents=sum(amounts), shares=shares, total_shares=total)[lot]
    assert sum(line.share_cents for line in lines) == whole
