"""What the co-owners of a building owe and have not paid when due: the total alone leaves this module."""

import datetime as dt
from dataclasses import dataclass

from parvis.ledger.models import Account, Creditor
from parvis.ledger.models.accounts import AccountQuerySet
from parvis.property.models import Building


@dataclass(frozen=True, slots=True)
class Arrears:
    """In cents, on the day of the agency's figures (none without an account)."""

    total_cents: int
    as_of: dt.date | None


def accounts_of(building: Building) -> AccountQuerySet:
    """Those of the co-owners with their syndicat, whose figures stand: what an ASL is owed is not of the syndicat."""
    kinds = {"kind": Account.Kind.CO_OWNER, "creditor__kind": Creditor.Kind.OWNERS_ASSOCIATION}
    return Account.objects.filter(building=building, is_withheld=False, **kinds)


def arrears_of(building: Building, *, day: dt.date) -> Arrears:
    """The sums due to the syndicat and unpaid. An account in « situation incomplète » is left out."""
    found = list(accounts_of(building).with_due_dates(day))
    overdue = (-account.balance_cents - account.not_yet_due_cents for account in found)
    as_of = min((account.as_of for account in found), default=None)
    return Arrears(sum(cents for cents in overdue if cents > 0), as_of)
