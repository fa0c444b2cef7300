"""The entries of an account, a page at a time, in the very words that the template prints."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, Sum
from django.utils.safestring import SafeString

from parvis.kit.french_dates import month_and_year, short_date
from parvis.kit.money import balance_words, format_balance
from parvis.kit.prepared import prepared
from parvis.kit.typography import typographic
from parvis.kit.viewer import Viewer
from parvis.ledger.models import Entry

ENTRIES_SHOWN = 20
LAST_PAGE = 9999


class EntryRow(NamedTuple):
    """What is shown of an entry, as the database gives it."""

    booked_on: dt.date
    kind: str
    label: str
    detail: str
    debit_cents: int
    credit_cents: int

    @property
    def amount_cents(self) -> int:
        """Positive: in favour of the client."""
        return self.credit_cents - self.debit_cents


class Line(NamedTuple):
    """An entry and the balance after it, in the order in which the template unpacks them."""

    day: SafeString
    date: SafeString
    label: str
    detail: str
    amount: SafeString
    is_credit: bool
    words: SafeString
    balance_after: SafeString
    words_after: SafeString


@dataclass(frozen=True, slots=True)
class Month:
    """The entries of one month, newest first."""

    name: str
    lines: list[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesPage:
    """A page of the entries, the newest on the first one."""

    number: int
    months: list[Month]
    has_next: bool

    @property
    def is_first(self) -> bool:
        return self.number == 1

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


NO_ENTRIES = EntriesPage(number=1, months=[], has_next=False)


def entries_page(viewer: Viewer, *, account_id: int, balance_cents: int, asked: str) -> EntriesPage:
    """The page asked for, or the first where there is no such page."""
    number = page_of(asked)
    rows = older_entries(viewer, account_id, number=number) if number > 1 else []
    if rows:
        balance_cents -= newer_cents(viewer, account_id, number=number)
    else:
        number, rows = 1, newest_entries(viewer, account_id)
    months = by_month([EntryRow(*row) for row in rows[:ENTRIES_SHOWN]], balance_cents=balance_cents)
    return EntriesPage(number=number, months=months, has_next=len(rows) > ENTRIES_SHOWN)


def page_of(asked: str) -> int:
    """The page asked for in an address, which may say anything."""
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= len(str(LAST_PAGE)) else 1
    return max(1, number)


def shown_entries(viewer: Viewer, account_id: int) -> QuerySet[Entry]:
    entries = Entry.objects.visible_to(viewer).filter(account_id=account_id)
    return entries.counted().newest_first()


@prepared
def newest_entries(viewer: Viewer, account_id: int) -> "QuerySet[Entry, tuple[Any, ...]]":
    """The first page, and one more to know whether there is a second."""
    return shown_entries(viewer, account_id).values_list(*EntryRow._fields)[: ENTRIES_SHOWN + 1]


def older_entries(viewer: Viewer, account_id: int, *, number: int) -> list[tuple[Any, ...]]:
    start = (number - 1) * ENTRIES_SHOWN
    entries = shown_entries(viewer, account_id).values_list(*EntryRow._fields)
    return list(entries[start : start + ENTRIES_SHOWN + 1])


def newer_cents(viewer: Viewer, account_id: int, *, number: int) -> int:
    """The sum of the entries on the pages before that one."""
    newer = shown_entries(viewer, account_id)[: (number - 1) * ENTRIES_SHOWN]
    return newer.aggregate(total=Sum(F("credit_cents") - F("debit_cents")))["total"] or 0


def by_month(entries: list[EntryRow], *, balance_cents: int) -> list[Month]:
    """Walk back from the balance after the newest: each is that of the newer one, less its amount."""
    months = []
    for first_day, of_month in groupby(entries, key=lambda entry: entry.booked_on.replace(day=1)):
        lines = []
        for entry in of_month:
            lines.append(line_of(entry, balance_after=balance_cents))
            balance_cents -= entry.amount_cents
        months.append(Month(month_and_year(first_day).capitalize(), lines))
    return months


def words_of(entry: EntryRow) -> str:
    """For whom the amount counts. What the agency has paid out to a landlord is no charge of theirs."""
    if entry.amount_cents > 0:
        return "en votre faveur"
    return "versé" if entry.kind == Entry.Kind.PAYOUT else "à votre charge"


def line_of(entry: EntryRow, *, balance_after: int) -> Line:
    """What the agency typed is left to the template to escape; figures and words of ours need no escaping."""
    return Line(
        day=SafeString(entry.booked_on.isoformat()),  # nosec B703
        date=SafeString(short_date(entry.booked_on)),  # nosec B703
        label=typographic(entry.label),
        detail=typographic(entry.detail),
        amount=SafeString(format_balance(entry.amount_cents)),  # nosec B703
        is_credit=entry.amount_cents > 0,
        words=SafeString(words_of(entry)),  # nosec B703
        balance_after=SafeString(format_balance(balance_after)),  # nosec B703
        words_after=SafeString(balance_words(balance_after).lower()),  # nosec B703
    )
