"""A week before a sum falls due, whoever reads the account is told: once, all accounts in one mail."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from parvis.kit.days import paris_day
from parvis.kit.french_dates import long_date
from parvis.ledger import emails
from parvis.ledger.emails import Due
from parvis.ledger.models import Account, Call
from parvis.ledger.rules import BalanceFacts
from parvis.ledger.rules.reminders import TOLD_BEFORE, amount_due_soon
from parvis.notices.access import readers_of
from parvis.notices.actions import Said, notify_together
from parvis.notices.models import Notice

ACCOUNTS_AT_ONCE = 500


def tell_of_dues(*, now: dt.datetime) -> int:
    """Tell of the calls that fall due within a week; return how many notices were made.

    Twice does no harm: a due date of an account is told once to a login. A day missed is caught up the next day.
    """
    today = paris_day(now)
    soon = Call.objects.filter(due_on__gt=today, due_on__lte=today + TOLD_BEFORE).order_by()
    accounts = Account.objects.filter(pk__in=soon.values("account_id"), closed_on=None).order_by("client_id", "pk")
    found = list(accounts.values_list("pk", flat=True))
    batches = (found[start : start + ACCOUNTS_AT_ONCE] for start in range(0, len(found), ACCOUNTS_AT_ONCE))
    return sum(tell_some(ids, today=today) for ids in batches)


def tell_some(ids: Sequence[int], *, today: dt.date) -> int:
    """Those accounts: what each asks for, then whoever reads them."""
    accounts = Account.objects.filter(pk__in=ids).with_due_dates(today).select_related("creditor", "building")
    dues = list(filter(None, (due_of(account, today=today) for account in accounts.order_by("reference", "pk"))))
    readers = readers_of({due.account.client_id for due in dues}, day=today)
    of_login: dict[int, list[Due]] = defaultdict(list)
    greetings: dict[int, str] = {}
    for due in dues:
        greetings |= readers[due.account.client_id]
        for user_id in readers[due.account.client_id]:
            of_login[user_id].append(due)
    return sum(tell_login(user_id, greeting=greetings[user_id], dues=of_login[user_id]) for user_id in sorted(of_login))


def due_of(account: Account, *, today: dt.date) -> Due | None:
    cents = amount_due_soon(facts_of(account), today=today)
    return Due(account=account, due_on=account.next_due_on, cents=cents) if cents and account.next_due_on else None


def facts_of(account: Account) -> BalanceFacts:
    return BalanceFacts(
        kind=account.kind,
        balance_cents=account.balance_cents,
        not_yet_due_cents=account.not_yet_due_cents,
        next_due_on=account.next_due_on,
        next_due_cents=account.next_due_cents,
        payment_mode=account.payment_mode,
        arrangement=account.arrangement,
        is_withheld=account.is_withheld,
    )


def tell_login(user_id: int, *, greeting: str, dues: Sequence[Due]) -> int:
    """One login: the due dates that it was not told of yet, in one mail."""
    by_key = {f"due-{due.account.public_id}-{due.due_on.isoformat()}": due for due in dues}
    return notify_together(
        user_id=user_id,
        greeting=greeting,
        kind=Notice.Kind.DUE,
        said=[
            Said(
                text=f"Échéance le {long_date(due.due_on)} : {due.title}.",
                target=("account", due.account.public_id),
                key=key,
            )
            for key, due in by_key.items()
        ],
        write=lambda keys: emails.due_soon([by_key[key] for key in keys]),
    )
