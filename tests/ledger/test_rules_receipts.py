"""Which payment pays which rent, and what is given for it: no database."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from parvis.ledger.rules.imputation import Line, Share, impute
from parvis.ledger.rules.receipts import (
    Demand,
    Parts,
    ReceiptKind,
    in_proportion,
    means_of,
    month_bounds,
    periods_of,
)

FIRST = dt.date(2026, 1, 1)
NOVEMBER = (dt.date(2026, 11, 1), dt.date(2026, 11, 30))


def rent(reference, *, day=FIRST, cents=84_500, lettering="", due_on=None):
    return Line(
        reference=reference,
        booked_on=day,
        kind="rent",
        debit_cents=cents,
        due_on=due_on or day,
        lettering=lettering,
    )


def payment(reference, *, day=FIRST, cents=84_500, lettering=""):
    return Line(reference=reference, booked_on=day, kind="payment", credit_cents=cents, lettering=lettering)


def rejection(reference, *, day, cents=84_500, lettering=""):
    return Line(reference=reference, booked_on=day, kind="payment", debit_cents=cents, lettering=lettering)


def november(*, rent_cents=72_000, charges_cents=12_500, other_cents=0, reference="L-11"):
    parts = Parts(rent_cents=rent_cents, charges_cents=charges_cents, other_cents=other_cents)
    return Demand(reference=reference, covers_from=NOVEMBER[0], covers_until=NOVEMBER[1], parts=parts)


def state_of(*lines):
    return periods_of([november()], lines, means={"P": "transfer", "A": "housing_aid"})[0]


days = st.integers(0, 120).map(lambda number: FIRST + dt.timedelta(days=number))
amounts = st.integers(1, 90_000)


@st.composite
def accounts(draw, *, with_rejections=True):
    asked = range(draw(st.integers(0, 6)))
    lines = [rent(f"D{number}", day=draw(days), cents=draw(amounts), due_on=draw(days)) for number in asked]
    for number in range(draw(st.integers(0, 6))):
        paid = payment(f"C{number}", day=draw(days), cents=draw(amounts))
        lines.append(paid)
        if with_rejections and draw(st.booleans()):
            later = paid.booked_on + dt.timedelta(days=draw(st.integers(1, 60)))
            lines.append(rejection(f"R{number}", day=later, cents=paid.credit_cents))
    return lines


@given(accounts())
def test_nothing_is_paid_twice_and_no_payment_pays_more_than_itself(lines):
    shares = impute(lines)

    for line in lines:
        assert sum(share.cents for share in shares if share.debit == line.reference) <= line.debit_cents
        assert sum(share.cents for share in shares if share.credit == line.reference) <= line.credit_cents
    assert all(share.cents > 0 for share in shares)


@given(accounts())
def test_what_is_left_of_payments_and_of_debts_is_the_balance(lines):
    used = sum(share.cents for share in impute(lines))
    rejected = {f"C{line.reference[1:]}" for line in lines if line.is_rejection}
    owed = sum(line.debit_cents for line in lines if not line.is_rejection) - used
    left = sum(line.credit_cents for line in lines if line.reference not in rejected) - used

    assert left - owed == sum(line.credit_cents - line.debit_cents for line in lines)


@given(accounts(with_rejections=False))
def test_no_payment_waits_while_something_is_owed(lines):
    used = sum(share.cents for share in impute(lines))

    assert used == min(sum(line.debit_cents for line in lines), sum(line.credit_cents for line in lines))


@given(accounts(with_rejections=False), days)
def test_what_is_imputed_stays_imputed(lines, day):
    before = {
        (share.credit, share.debit): share.cents for share in impute(line for line in lines if line.booked_on <= day)
    }

    after = {(share.credit, share.debit): share.cents for share in impute(lines)}

    assert before.items() <= after.items()


def test_a_payment_goes_to_what_was_due_first():
    lines = [rent("L-10"), rent("L-11", day=dt.date(2026, 2, 1)), payment("P", day=dt.date(2026, 2, 3))]

    assert impute(lines) == [Share(credit="P", debit="L-10", cents=84_500)]


def test_the_lettering_tells_what_the_payer_chose():
    lines = [
        rent("L-10"),
        rent("L-11", day=dt.date(2026, 2, 1), lettering="A"),
        payment("P", day=dt.date(2026, 2, 3), lettering="A"),
    ]

    assert impute(lines) == [Share(credit="P", debit="L-11", cents=84_500)]


def test_what_a_lettered_payment_has_left_pays_the_rest():
    lines = [rent("L-10"), rent("L-11", cents=10_000, lettering="A"), payment("P", cents=15_000, lettering="A")]

    shares = impute(lines)

    assert set(shares) == {
        Share(credit="P", debit="L-11", cents=10_000),
        Share(credit="P", debit="L-10", cents=5_000),
    }


def test_a_rejected_payment_pays_nothing_any_more_and_later_ones_keep_what_they_paid():
    lines = [
        rent("L-10"),
        payment("P-10", day=dt.date(2026, 1, 5)),
        rent("L-11", day=dt.date(2026, 2, 1)),
        payment("P-11", day=dt.date(2026, 2, 5)),
        rejection("R-10", day=dt.date(2026, 2, 20)),
    ]

    # The amounts are the same: the lettering would tell, else the latest is taken.
    assert impute(lines) == [Share(credit="P-10", debit="L-10", cents=84_500)]


def test_a_rejection_lettered_with_its_payment_undoes_that_one():
    lines = [
        rent("L-10"),
        payment("P-10", day=dt.date(2026, 1, 5), lettering="R"),
        rent("L-11", day=dt.date(2026, 2, 1)),
        payment("P-11", day=dt.date(2026, 2, 5)),
        rejection("R-10", day=dt.date(2026, 2, 20), lettering="R"),
    ]

    assert impute(lines) == [Share(credit="P-11", debit="L-11", cents=84_500)]


def test_a_rejection_of_nothing_known_is_a_debt():
    lines = [rejection("R", day=FIRST, cents=2_000), payment("P", day=dt.date(2026, 1, 3), cents=5_000)]

    assert impute(lines) == [Share(credit="P", debit="R", cents=2_000)]


def test_a_period_paid_in_full_gives_a_quittance():
    state = state_of(rent("L-11"), payment("P"))

    assert state.receipt_kind is ReceiptKind.FULL
    assert (state.received.rent_cents, state.received.charges_cents, state.left_cents) == (72_000, 12_500, 0)


def test_a_payment_in_part_gives_a_receipt_never_a_quittance():
    state = state_of(rent("L-11"), payment("P", cents=84_499))

    assert state.receipt_kind is ReceiptKind.PARTIAL
    assert state.received.total_cents == 84_499
    assert state.left_cents == 1


def test_nothing_received_gives_nothing():
    assert state_of(rent("L-11")).receipt_kind is None


def test_a_rejected_debit_takes_the_quittance_away():
    state = state_of(rent("L-11"), payment("P"), rejection("R", day=dt.date(2026, 1, 9)))

    assert state.receipt_kind is None


def test_an_old_debt_is_paid_first():
    state = state_of(rent("L-10", cents=10_000), rent("L-11", day=dt.date(2026, 2, 1)), payment("P", day=NOVEMBER[0]))

    assert state.receipt_kind is ReceiptKind.PARTIAL
    assert state.left_cents == 10_000


def test_what_was_paid_too_much_pays_the_next_period():
    lines = [payment("P", cents=100_000), rent("L-11", day=dt.date(2026, 2, 1))]

    state = state_of(*lines)

    assert state.receipt_kind is ReceiptKind.FULL
    assert [payment.cents for payment in state.payments] == [84_500]


def test_housing_aid_is_a_payment_told_apart():
    state = state_of(rent("L-11"), payment("A", cents=21_200), payment("P", cents=63_300))

    assert state.is_paid
    assert state.housing_aid_cents == 21_200


def test_two_demands_of_one_period_make_one_quittance():
    demands = [november(charges_cents=0), november(rent_cents=0, reference="C-11")]
    lines = [rent("L-11", cents=72_000), rent("C-11", cents=12_500), payment("P")]

    (state,) = periods_of(demands, lines, means={})

    assert state.receipt_kind is ReceiptKind.FULL
    assert [payment.cents for payment in state.payments] == [84_500]


@given(st.integers(0, 10_000), st.lists(st.integers(0, 90_000), min_size=3, max_size=3))
def test_a_part_is_split_as_the_whole_to_the_cent(per_ten_thousand, whole):
    cents = sum(whole) * per_ten_thousand // 10_000

    parts = in_proportion(cents, whole)

    assert sum(parts) == cents
    assert all(0 <= part <= of for part, of in zip(parts, whole, strict=True))


def test_means_are_read_in_the_label_when_the_books_do_not_say():
    assert means_of(kind="payment", means="housing_aid", label="Virement CAF") == "housing_aid"
    assert means_of(kind="payment", means="", label="Prélèvement reçu") == "direct_debit"
    assert means_of(kind="settlement", means="", label="Régularisation") == "credit_note"


def test_a_month_ends_on_its_last_day():
    assert month_bounds(dt.date(2028, 2, 14)) == (dt.date(2028, 2, 1), dt.date(2028, 2, 29))
