"""« Pourquoi ce montant ? » (rules 4.1): every part adds up, whatever the budget, the lots and their order."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.ledger.rules import instalment
from parvis.ledger.rules.calls import weighted_instalment
from parvis.ledger.rules.explained import (
    Budget,
    Explanation,
    Key,
    Line,
    Section,
    explain_instalment,
    explain_works,
    part_of,
)
from parvis.ledger.rules.explained_words import sentences
from parvis.property.rules import SharesDoNotAddUp, allocate

CENTS = st.integers(0, 500_000_00)
SECTIONS = (Section.CURRENT, Section.WORKS_FUND, Section.ADVANCE)


@st.composite
def buildings(draw):
    """Keys over the same lots: a lot may have no share in some of them."""
    lots = [str(number) for number in range(1, draw(st.integers(1, 12)) + 1)]
    keys = []
    for code in ("ASC", "CHA", "GEN")[: draw(st.integers(1, 3))]:
        shares = {lot: draw(st.integers(0, 900)) for lot in lots}
        shares[lots[0]] += 1
        keys.append(Key(code=code, label=code.title(), total_shares=sum(shares.values()), shares=shares))
    return lots, keys


@st.composite
def budgets(draw):
    lots, keys = draw(buildings())
    count = draw(st.integers(1, 12))
    voted, former = (
        tuple(Line(section=section, key=key, cents=draw(CENTS)) for key in keys for section in SECTIONS)
        for _ in range(2)
    )
    late = draw(st.integers(0, count - 1))
    return lots, Budget(reference="2026", lines=voted, count=count, called_before_vote=late, previous=former)


def totals(budget, lots):
    """What each instalment of the year asks of these lots."""
    return [
        sum(step.cents for step in explain_instalment(budget, lots, rank=rank)) for rank in range(1, budget.count + 1)
    ]


@given(budgets())
def test_all_the_calls_of_all_the_lots_are_the_budget_voted(drawn):
    lots, budget = drawn

    asked = sum(sum(totals(budget, [lot])) for lot in lots)

    assert asked == sum(line.cents for line in budget.lines)


@given(budgets(), st.randoms(use_true_random=False))
def test_the_calls_of_a_year_are_the_annual_part_whenever_it_was_voted(drawn, chance):
    lots, budget = drawn
    own = chance.sample(lots, chance.randint(1, len(lots)))

    annual = sum(line.key.allocate(line.cents)[lot] for line in budget.lines for lot in own)

    assert sum(totals(budget, own)) == annual


@given(budgets(), st.randoms(use_true_random=False))
def test_the_order_of_lots_and_keys_changes_nothing(drawn, chance):
    lots, budget = drawn
    shuffled = Budget(
        reference=budget.reference,
        lines=tuple(shuffled_line(line, chance) for line in chance.sample(budget.lines, len(budget.lines))),
        count=budget.count,
        called_before_vote=budget.called_before_vote,
        previous=tuple(shuffled_line(line, chance) for line in budget.previous),
    )

    for rank in range(1, budget.count + 1):
        assert explain_instalment(budget, lots, rank=rank) == explain_instalment(shuffled, lots[::-1], rank=rank)


def shuffled_line(line: Line, chance: random.Random) -> Line:
    shares = dict(chance.sample(sorted(line.key.shares.items()), len(line.key.shares)))
    key = Key(code=line.key.code, label=line.key.label, total_shares=line.key.total_shares, shares=shares)
    return Line(section=line.section, key=key, cents=line.cents, title=line.title)


@given(budgets())
def test_what_is_explained_is_what_the_rules_call(drawn):
    """The other way round: each lot alone, allocated and cut by the rules of the calls."""
    lots, budget = drawn
    own = lots[: 1 + len(lots) // 2]

    for rank in range(1, budget.count + 1):
        lines = budget.previous if rank <= budget.called_before_vote else budget.lines
        called = sum(asked(line, own, rank=rank, count=budget.count) for line in lines)
        if budget.called_before_vote and rank == budget.called_before_vote + 1:
            called += sum(
                asked(line, own, rank=past, count=budget.count) * sign
                for lines, sign in ((budget.lines, 1), (budget.previous, -1))
                for line in lines
                for past in range(1, rank)
            )
        steps = explain_instalment(budget, own, rank=rank)

        assert Explanation(steps=steps, called_cents=called).difference_cents == 0


def asked(line, lots, *, rank, count):
    parts = allocate(amount_cents=line.cents, shares=line.key.shares, total_shares=line.key.total_shares)
    return sum(instalment(annual_cents=parts[lot], rank=rank, count=count) for lot in lots)


@given(CENTS, st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_calls_of_works_add_up_to_their_cost_whatever_their_parts(cost, weights):
    key = Key(code="GEN", label="Charges générales", total_shares=10, shares={"1": 3, "2": 7})
    line = Line(section=Section.WORKS, key=key, cents=cost, title="Toiture")

    called = [
        explain_works(line, [lot], rank=rank, weights=weights)[0].cents
        for lot in ("1", "2")
        for rank in range(1, len(weights) + 1)
    ]

    assert sum(called) == cost


def general(shares, own=0):
    rest = {"2": shares - own} if shares > own else {}
    return Key(code="GEN", label="Charges générales", total_shares=shares, shares={"1": own, **rest})


@pytest.mark.parametrize(
    ("cents", "own", "shares", "quarters"),
    [
        (
            5_700_000,
            319,
            9_470,
            (48_002, 48_001, 48_002, 48_001),
        ),  # source 106: four times 480,02 € is 2 cents too much
        (5_200_000, 287, 8_506, (43_863, 43_864, 43_863, 43_863)),  # rules 4.1, computed
    ],
)
def test_a_worked_case(cents, own, shares, quarters):
    line = Line(section=Section.CURRENT, key=general(shares, own), cents=cents)

    (step,) = explain_instalment(Budget(reference="2026", lines=(line,)), ["1"], rank=2)

    assert (step.schedule, step.cents, step.share_cents) == (quarters, quarters[1], sum(quarters))
    assert step.has_uneven_instalments
    assert step.is_rounded


def test_two_keys_of_one_call():
    """Source 35: 10/100 × 800 € + 30/70 × 700 € = 380 €, 95 € a quarter, not a cent to explain."""
    stairs = Key(code="ESC", label="Escalier", total_shares=70, shares={"1": 30, "2": 40})
    lines = (
        Line(section=Section.CURRENT, key=general(100, 10), cents=80_000),
        Line(section=Section.CURRENT, key=stairs, cents=70_000),
    )

    steps = explain_instalment(Budget(reference="2026", lines=lines), ["1"], rank=1)

    assert [(step.key_code, step.share_cents, step.cents) for step in steps] == [
        ("ESC", 30_000, 7_500),
        ("GEN", 8_000, 2_000),
    ]
    assert not any(step.has_uneven_instalments or step.is_rounded for step in steps)


def test_a_late_vote_is_one_block_on_the_next_call():
    """Source 106: two quarters called on 40 000 €, the budget voted is 44 000 €."""
    key = general(100, 10)
    budget = Budget(
        reference="2026",
        lines=(Line(section=Section.CURRENT, key=key, cents=4_400_000),),
        called_before_vote=2,
        previous=(Line(section=Section.CURRENT, key=key, cents=4_000_000),),
        previous_reference="2025",
    )

    calls = [explain_instalment(budget, ["1"], rank=rank) for rank in (1, 2, 3, 4)]

    assert [[(step.section.value, step.cents, step.budget) for step in steps] for steps in calls] == [
        [("current", 100_000, "2025")],
        [("current", 100_000, "2025")],
        [("current", 110_000, "2026"), ("adjustment", 20_000, "2026")],
        [("current", 110_000, "2026")],
    ]


def test_calls_of_thirty_forty_and_thirty_percent():
    assert [weighted_instalment(share_cents=10_001, rank=rank, weights=(30, 40, 30)) for rank in (1, 2, 3)] == [
        3_000,
        4_001,
        3_000,
    ]


def test_a_lot_outside_a_key_hears_nothing_of_it():
    lift = Key(code="ASC", label="Ascenseur", total_shares=10, shares={"2": 10})
    lines = (Line(section=Section.CURRENT, key=lift, cents=90_000),)

    assert explain_instalment(Budget(reference="2026", lines=lines), ["1"], rank=1) == ()


def test_nothing_is_explained_when_the_lots_do_not_hold_the_total_of_the_deed():
    short = Key(code="GEN", label="Charges générales", total_shares=10_000, shares={"1": 9_999})
    budget = Budget(reference="2026", lines=(Line(section=Section.CURRENT, key=short, cents=1),))

    with pytest.raises(SharesDoNotAddUp):
        explain_instalment(budget, ["1"], rank=1)


def test_a_difference_is_what_was_called_beyond_the_steps():
    steps = explain_instalment(
        Budget(reference="2026", lines=(Line(section=Section.CURRENT, key=general(100, 10), cents=400_000),)),
        ["1"],
        rank=1,
    )

    assert Explanation(steps=steps, called_cents=11_240).difference_cents == 1_240
    assert Explanation(steps=steps, called_cents=9_000).difference_cents == -1_000


def test_uneven_calls_of_two_lots_are_not_blamed_on_a_sum_that_divides():
    key = Key(code="GEN", label="Charges générales", total_shares=2, shares={"1": 1, "2": 1})

    step = part_of(Line(section=Section.CURRENT, key=key, cents=4), ["1", "2"], rank=1, weights=(1,) * 4)
    told = " ".join(sentences(step))

    assert (step.share_cents, step.schedule) == (4, (2, 0, 2, 0))
    assert "ne se divise pas" not in told
    assert "La part de chacun de vos lots est arrondie au centime à chaque appel." in told
