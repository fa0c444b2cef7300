"""How much of what a tenant pays is charges: the landlord reads the parts that the quittances tell."""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import groupby

from parvis.demo.payers import Due, Payment
from parvis.ledger.rules.imputation import PAYMENT, Line, Share, impute
from parvis.ledger.rules.receipts import Parts

SETTLEMENT, RENT = "settlement", "rent"


def charges_collected(asked: Iterable[Due], paid: Iterable[Payment]) -> Counter[str]:
    """Payment → the charges in it, in cents. `asked` may go beyond `paid`: what is paid ahead waits for its rent."""
    dues, payments = {due.reference: due for due in asked}, {payment.reference: payment for payment in paid}
    shares = impute([*map(line_asked, dues.values()), *map(line_paid, payments.values())])
    found: Counter[str] = Counter()
    by_debit = sorted(shares, key=lambda share: share.debit)
    for debit, pays in groupby(by_debit, key=lambda share: share.debit):
        found.update(charges_of_due(dues[debit], list(pays), payments=payments.keys()))
    return found


def charges_of_due(due: Due, shares: list[Share], *, payments: Collection[str]) -> Counter[str]:
    """What of each payment of one line is charges. A credit note gives charges back: it counts before the payments."""
    found: Counter[str] = Counter()
    given_back = received = sum(share.cents for share in shares if share.credit not in payments)
    for share in shares:
        if share.credit in payments:
            received += share.cents
            found[share.credit] = max(0, charges_received(due, received) - given_back) - found.total()
    return found


def charges_received(due: Due, cents: int) -> int:
    """The charges in a part of a line: in proportion for a rent, all of a reconciliation, none of a deposit."""
    if due.kind == SETTLEMENT:
        return cents
    whole = Parts(rent_cents=due.rent_cents, charges_cents=due.charges_cents)
    return whole.paid_by(cents).charges_cents if due.kind == RENT else 0


def line_asked(due: Due) -> Line:
    return Line(
        reference=due.reference,
        booked_on=due.booked_on,
        due_on=due.due_on,
        kind=due.kind,
        debit_cents=max(due.cents, 0),
        credit_cents=max(-due.cents, 0),
    )


def line_paid(payment: Payment) -> Line:
    return Line(reference=payment.reference, booked_on=payment.booked_on, kind=PAYMENT, credit_cents=payment.cents)
