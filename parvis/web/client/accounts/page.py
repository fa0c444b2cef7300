"""One account: what is owed, how to pay it, and its entries by month with the balance after each."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import F, Min, Q, QuerySet, Sum

from parvis.kit.viewer import Viewer
from parvis.ledger.models import Account, Call, Creditor, Entry
from parvis.web.ui.account_cards import AccountCard, account_cards

ENTRIES_SHOWN = 40
CALLS_SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry and the balance after it, both seen by the client (positive: in their favour)."""

    entry: Entry
    amount_cents: int
    balance_after_cents: int


@dataclass(frozen=True, slots=True)
class Month:
    """The entries of one month, newest first."""

    first_day: dt.date
    lines: list[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """What the page of an account shows."""

    card: AccountCard
    creditor: Creditor
    payment_reference: str
    is_by_direct_debit: bool
    calls: list[Call]
    months: list[Month]
    entries: "Page[Entry]"

    @property
    def heading(self) -> str:
        """The building, or the account's own title where it has none."""
        return self.card.building or self.card.words.title

    @property
    def is_first_page(self) -> bool:
        return self.entries.number == 1


def account_page(account: Account, *, viewer: Viewer, today: dt.date, page_number: str) -> AccountPage:
    """`account` carries its creditor; a withheld one shows no figure at all."""
    shown = shown_entries(account, viewer=viewer)
    entries = Paginator(shown, ENTRIES_SHOWN).get_page(page_number)
    calls = Call.objects.visible_to(viewer).filter(account=account, due_on__gte=today).order_by("due_on", "pk")
    return AccountPage(
        card=next(card for card in account_cards(viewer, today=today) if card.public_id == account.public_id),
        creditor=account.creditor,
        payment_reference=account.payment_reference or account.reference,
        is_by_direct_debit=account.payment_mode == Account.PaymentMode.DIRECT_DEBIT,
        calls=[] if account.is_withheld else list(calls[:CALLS_SHOWN]),
        months=by_month(lines_of(entries, balance_cents=account.balance_cents - total_of(newer_than(entries, shown)))),
        entries=entries,
    )


def shown_entries(account: Account, *, viewer: Viewer) -> QuerySet[Entry]:
    """Newest first. An opening balance is shown only where nothing earlier is held: elsewhere it repeats the past."""
    entries = Entry.objects.visible_to(viewer).filter(account=account)
    if account.is_withheld:
        return entries.none()
    first_day = entries.filter(is_opening=False).aggregate(day=Min("booked_on"))["day"] or dt.date.max
    return entries.filter(Q(is_opening=False) | Q(booked_on__lte=first_day)).newest_first()


def newer_than(page: "Page[Entry]", shown: QuerySet[Entry]) -> QuerySet[Entry]:
    """The entries of the pages before that one."""
    return shown[: page.start_index() - 1] if page.has_previous() else shown.none()


def lines_of(page: "Page[Entry]", *, balance_cents: int) -> list[Line]:
    """Walk back from the balance after the newest: each is that of the newer one, less its amount."""
    lines = []
    for entry in page:
        amount = entry.credit_cents - entry.debit_cents
        lines.append(Line(entry=entry, amount_cents=amount, balance_after_cents=balance_cents))
        balance_cents -= amount
    return lines


def total_of(entries: QuerySet[Entry]) -> int:
    return entries.aggregate(total=Sum(F("credit_cents") - F("debit_cents")))["total"] or 0


def by_month(lines: list[Line]) -> list[Month]:
    grouped = groupby(lines, key=lambda line: line.entry.booked_on.replace(day=1))
    return [Month(first_day, list(of_month)) for first_day, of_month in grouped]
