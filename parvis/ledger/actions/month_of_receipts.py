"""The receipts of a month for every tenant of an agency, some hundreds of accounts at a time."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from parvis.agencies.models import Agency
from parvis.ledger.actions.filing import file_receipts
from parvis.ledger.actions.receipts import Outcome, issue_receipts
from parvis.ledger.models import Account, AccountQuerySet
from parvis.ledger.rules.receipts import month_bounds

AT_ONCE = 200


@dataclass(kw_only=True)
class MonthReport:
    """What a run of the month has done."""

    accounts: int = 0
    full: int = 0
    partial: int = 0
    kept: int = 0
    unpaid: int = 0
    unsplit: int = 0
    cancelled: int = 0
    published: int = 0
    first_number: int = 0
    last_number: int = 0

    def add(self, outcome: Outcome) -> None:
        self.full += sum(receipt.is_full for receipt in outcome.issued)
        self.partial += sum(not receipt.is_full for receipt in outcome.issued)
        self.kept += outcome.kept
        self.unpaid += outcome.unpaid
        self.unsplit += outcome.unsplit
        self.cancelled += len(outcome.cancelled)
        if outcome.issued:
            self.first_number = self.first_number or outcome.issued[0].number
            self.last_number = outcome.issued[-1].number


def make_month(*, agency: Agency, month: dt.date) -> MonthReport:
    """Issue, cancel and publish the receipts of the periods that begin that month.

    Each lot of accounts is a transaction of its own: killed and run again, it goes on where it was.
    """
    between = month_bounds(month)
    report = MonthReport(published=file_receipts(agency=agency))
    for accounts in chunks(tenants_of(agency)):
        report.accounts += len(accounts)
        report.add(issue_receipts(agency=agency, accounts=accounts, between=between))
        report.published += file_receipts(agency=agency)
    return report


def tenants_of(agency: Agency) -> AccountQuerySet:
    """The tenants' accounts whose books are whole: nothing is certified from a situation that is not."""
    accounts = Account.objects.filter(agency=agency, kind=Account.Kind.TENANT, is_withheld=False)
    return accounts.select_related("client", "lot__building", "building").order_by("pk")


def chunks(accounts: AccountQuerySet) -> Iterator[list[Account]]:
    last = 0
    while found := list(accounts.filter(pk__gt=last)[:AT_ONCE]):
        yield found
        last = found[-1].pk
