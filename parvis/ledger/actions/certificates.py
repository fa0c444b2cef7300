"""The attestation that a tenant gives to the CAF or the MSA, from what the books say that day."""

import datetime as dt

from parvis.ledger.actions.receipt_parties import parties_of
from parvis.ledger.models import Account
from parvis.ledger.models.periods import rent_periods
from parvis.ledger.receipt_document import housing_aid_certificate


def housing_aid_pdf(*, account: Account, day: dt.date) -> bytes | None:
    """Of the last month asked by that day; nothing where no rent was ever asked, or its parts are not known.

    What is owed is what fell due by that day, of all the periods.
    """
    states = [state for state in rent_periods([account.pk]).get(account.pk, []) if state.covers_from <= day]
    if not states or not states[-1].is_split:
        return None
    (parties,) = parties_of([(account, states[-1])])
    owed = sum(state.left_cents for state in states)
    paper = housing_aid_certificate(account, state=states[-1], parties=parties.kept, owed_cents=owed, day=day)
    return paper.pdf()
