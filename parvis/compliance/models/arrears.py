"""What the co-owners of a building owe and have not paid when due: the total alone leaves this module."""

import datetime as dt
from dataclasses import dataclass

from parvis.ledger.models import Account
from parvis.property.models import Building


@dataclass(frozen=True, slots=True)
class Arrears:
    """In cents, on the day of the agency's figures (none without an account)."""

    total_cents: int
    as_of: dt.date | None


def arrears_of(building: Building, *, day: dt.date) -> Arrears:
    """The sums due and unpaid of every co-owner's account. An account in « situation incomplète » is left out."""
    accounts = Account.objects.filter(building=building, kind=Account.Kind.CO_OWNER, is_withheld=False)
    found = list(accounts.with_due_dates(day))
    overdue = (-account.balance_cents - account.not_yet_due_cents for account in found)
    as_of = min((account.as_of for account in found), default=None)
    return Arrears(sum(cents for cents in overdue if cents > 0), as_of)
