"""What is said of a sum that falls due within a week."""

import datetime as dt

from parvis.ledger.rules.balance import BalanceFacts

TOLD_BEFORE = dt.timedelta(days=7)


def amount_due_soon(facts: BalanceFacts, *, today: dt.date) -> int:
    """What is left to pay of the next call, due within the week, in cents; 0 when there is nothing to say.

    Nothing to say of an account whose figures are withheld, whose sums are contested or under a plan, or which is
    in the client's favour.
    """
    is_soon = facts.next_due_on is not None and today < facts.next_due_on <= today + TOLD_BEFORE
    if not is_soon or facts.is_withheld or facts.arrangement or not facts.next_due_cents:
        return 0
    if facts.has_call_to_come(today):
        return max(0, facts.next_due_cents - max(0, facts.balance_cents))
    return min(facts.next_due_cents, facts.owed_cents)
