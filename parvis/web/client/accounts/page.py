"""One account: what is owed, how to pay it, and its entries by month with the balance after each."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, Sum

from parvis.kit.prepared import prepared
from parvis.kit.viewer import Viewer
from parvis.ledger.models import Account, Call, Entry
from parvis.web.ui.account_cards import AccountCard, account_cards

ENTRIES_SHOWN = 25
CALLS_SHOWN = 4
LAST_PAGE = 9999


class Terms(NamedTuple):
    """How an account is paid: its creditor and its own references."""

    id: int
    balance_cents: int
    is_withheld: bool
    payment_mode: str
    payment_reference: str
    creditor__name: str
    creditor__iban: str
    creditor__bic: str
    creditor__cheque_order: str

    @property
    def is_by_direct_debit(self) -> bool:
        return self.payment_mode == Account.PaymentMode.DIRECT_DEBIT

    @property
    def creditor(self) -> dict[str, str]:
        return {
            "name": self.creditor__name,
            "iban": self.creditor__iban,
            "bic": self.creditor__bic,
            "cheque_order": self.creditor__cheque_order,
        }


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
class EntriesPage:
    """A page of the entries, the newest on the first one."""

    number: int
    entries: list[Entry]
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_next or self.has_previous

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """What the page of an account shows."""

    card: AccountCard
    terms: Terms
    calls: list[Call]
    months: list[Month]
    entries: EntriesPage

    @property
    def heading(self) -> str:
        """The building, or the account's own title where it has none."""
        return self.card.building or self.card.words.title

    @property
    def is_first(self) -> bool:
        return self.entries.number == 1

    @property
    def payment_reference(self) -> str:
        return self.terms.payment_reference or self.card.reference


def account_page(viewer: Viewer, *, public_id: str, today: dt.date, page_number: str) -> AccountPage | None:
    """The account of that id; nothing for anyone else's. A withheld one shows no figure at all."""
    found = terms_rows(viewer, public_id)
    if not found:
        return None
    terms = Terms(*found[0])
    entries = entries_page(viewer, terms=terms, number=page_of(page_number))
    balance = terms.balance_cents - newer_than(entries, viewer, terms)
    return AccountPage(
        card=next(card for card in account_cards(viewer, today=today) if card.public_id == public_id),
        terms=terms,
        calls=[] if terms.is_withheld else next_calls(viewer, terms.id, today),
        months=by_month(lines_of(entries.entries, balance_cents=balance)),
        entries=entries,
    )


@prepared
def terms_rows(viewer: Viewer, public_id: str) -> "QuerySet[Account, tuple[Any, ...]]":
    return Account.objects.visible_to(viewer).filter(public_id=public_id).order_by().values_list(*Terms._fields)


@prepared
def next_calls(viewer: Viewer, account_id: int, today: dt.date) -> QuerySet[Call]:
    calls = Call.objects.visible_to(viewer).filter(account_id=account_id, due_on__gte=today)
    return calls.order_by("due_on", "pk")[:CALLS_SHOWN]


@prepared
def newest_entries(viewer: Viewer, account_id: int) -> QuerySet[Entry]:
    """The first page, and one more to know whether there is a second."""
    return shown_entries(viewer, account_id)[: ENTRIES_SHOWN + 1]


def shown_entries(viewer: Viewer, account_id: int) -> QuerySet[Entry]:
    entries = Entry.objects.visible_to(viewer).filter(account_id=account_id)
    return entries.without_repeated_openings().newest_first()


def entries_page(viewer: Viewer, *, terms: Terms, number: int) -> EntriesPage:
    """That page, or the first where there is no such page."""
    if terms.is_withheld:
        return EntriesPage(number=1, entries=[], has_next=False)
    start = (number - 1) * ENTRIES_SHOWN
    rows = list(shown_entries(viewer, terms.id)[start : start + ENTRIES_SHOWN + 1]) if start else []
    if not rows:
        number, rows = 1, newest_entries(viewer, terms.id)
    return EntriesPage(number=number, entries=rows[:ENTRIES_SHOWN], has_next=len(rows) > ENTRIES_SHOWN)


def page_of(asked: str) -> int:
    """The page asked for in an address, which may say anything."""
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= len(str(LAST_PAGE)) else 1
    return max(1, number)


def lines_of(entries: list[Entry], *, balance_cents: int) -> list[Line]:
    """Walk back from the balance after the newest: each is that of the newer one, less its amount."""
    lines = []
    for entry in entries:
        amount = entry.credit_cents - entry.debit_cents
        lines.append(Line(entry=entry, amount_cents=amount, balance_after_cents=balance_cents))
        balance_cents -= amount
    return lines


def newer_than(page: EntriesPage, viewer: Viewer, terms: Terms) -> int:
    """The sum of the entries on the pages before that one."""
    if not page.has_previous:
        return 0
    newer = shown_entries(viewer, terms.id)[: (page.number - 1) * ENTRIES_SHOWN]
    return newer.aggregate(total=Sum(F("credit_cents") - F("debit_cents")))["total"] or 0


def by_month(lines: list[Line]) -> list[Month]:
    grouped = groupby(lines, key=lambda line: line.entry.booked_on.replace(day=1))
    return [Month(first_day, list(of_month)) for first_day, of_month in grouped]
