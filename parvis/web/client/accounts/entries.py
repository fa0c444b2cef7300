"""The entries of an account, a page at a time, from a place in it that the address carries."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from django.core.signing import BadSignature, Signer
from django.db.models import F, QuerySet, Sum

from parvis.kit.prepared import prepared
from parvis.kit.viewer import Viewer
from parvis.ledger.models import Entry
from parvis.ledger.rules.entries import Choice, EntryRow, Walked, walk_back

ENTRIES_SHOWN = 20
READ_AT_ONCE = 500
AFTER_ALL = 2**63 - 1  # more than any primary key
LONGEST_CURSOR = 300
Entries = QuerySet[Entry]


class Ledger(NamedTuple):
    """An account as its entries need it: `as_of` and `balance_cents` change when the agency's books do."""

    account_id: int
    kind: str
    balance_cents: int
    as_of: dt.date


class Place(NamedTuple):
    """Between two entries: all that is booked before, and the balance of the account there."""

    day: dt.date
    entry_id: int
    balance_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesPage:
    """Some entries with the balances around them. `older` is the cursor of what follows, empty at the end.

    `leaves_period` says that only entries from before the period follow.
    """

    walked: list[Walked]
    is_first: bool = True
    older: str = ""
    leaves_period: bool = False


NO_ENTRIES = EntriesPage(walked=[])


def entries_page(viewer: Viewer, ledger: Ledger, *, choice: Choice, cursor: str) -> EntriesPage:
    """The page that the cursor leads to; the first one for a cursor that is not ours, or of older books."""
    asked = place_of(cursor, ledger)
    place = asked or first_place(viewer, ledger, choice)
    found = list(islice(kept(viewer, ledger, place=place, choice=choice), ENTRIES_SHOWN + 1))
    within = [each for each in found if not choice.begins_after(each.entry)][:ENTRIES_SHOWN]
    has_more = len(found) > len(within)
    last = within[-1] if within else None
    here = Place(last.entry.booked_on, last.entry.id, last.before_cents) if last else place
    return EntriesPage(
        walked=within,
        is_first=asked is None,
        older=cursor_of(here, ledger) if has_more and here else "",
        leaves_period=has_more and choice.begins_after(found[len(within)].entry),
    )


def kept(viewer: Viewer, ledger: Ledger, *, place: Place | None, choice: Choice) -> Iterable[Walked]:
    """The entries of that nature and with those words, newest first, from that place on, the period aside."""
    start = place or Place(dt.date.max, AFTER_ALL, ledger.balance_cents)
    rows = rows_before(viewer, ledger.account_id, place=place, is_short=choice.is_of_all_kinds)
    walked = walk_back(map(EntryRow._make, rows), balance_cents=start.balance_cents)
    return (each for each in walked if choice.keeps(each.entry))


def rows_before(
    viewer: Viewer, account_id: int, *, place: Place | None, is_short: bool
) -> Iterable[tuple[Any, ...]]:  # Any: the columns of `EntryRow`
    """A page of them and one more, or as many as are asked for when some will be left out."""
    if is_short:
        if place is None:
            return newest_entries(viewer, account_id)
        return older_entries(viewer, account_id, place.day, place.entry_id)
    entries = all_entries(viewer, account_id)
    if place is not None:
        entries = before(entries, place.day, place.entry_id)
    return entries.values_list(*EntryRow._fields).iterator(chunk_size=READ_AT_ONCE)


def all_entries(viewer: Viewer, account_id: int) -> Entries:
    entries = Entry.objects.visible_to(viewer).filter(account_id=account_id)
    return entries.counted().newest_first()


def before(entries: Entries, day: dt.date, entry_id: int) -> Entries:
    """Written so that the index on the account, the day and the key is entered at that place."""
    return entries.filter(booked_on__lte=day).exclude(booked_on=day, pk__gte=entry_id)


@prepared
def newest_entries(viewer: Viewer, account_id: int) -> "QuerySet[Entry, tuple[Any, ...]]":
    return all_entries(viewer, account_id).values_list(*EntryRow._fields)[: ENTRIES_SHOWN + 1]


@prepared
def older_entries(viewer: Viewer, account_id: int, day: dt.date, entry_id: int) -> "QuerySet[Entry, tuple[Any, ...]]":
    older = before(all_entries(viewer, account_id), day, entry_id)
    return older.values_list(*EntryRow._fields)[: ENTRIES_SHOWN + 1]


def first_place(viewer: Viewer, ledger: Ledger, choice: Choice) -> Place | None:
    """After the last day of the period; nothing where it has no end."""
    if choice.ends_on is None:
        return None
    newer = all_entries(viewer, ledger.account_id).filter(booked_on__gt=choice.ends_on).order_by()
    return Place(choice.ends_on, AFTER_ALL, ledger.balance_cents - sum_of(newer))


def sum_of(entries: Entries) -> int:
    """In favour of the client, in cents."""
    return entries.aggregate(total=Sum(F("credit_cents") - F("debit_cents")))["total"] or 0


def signer_of(ledger: Ledger) -> Signer:
    """Of this account, in this state of its books: the balance in a cursor is true for no other."""
    return Signer(salt=f"ledger {ledger.account_id} {ledger.as_of} {ledger.balance_cents}")


def cursor_of(place: Place, ledger: Ledger) -> str:
    return signer_of(ledger).sign_object([place.day.toordinal(), place.entry_id, place.balance_cents])


def place_of(cursor: str, ledger: Ledger) -> Place | None:
    """Nothing for what we did not sign."""
    if not cursor or len(cursor) > LONGEST_CURSOR:
        return None
    try:
        day, entry_id, balance_cents = signer_of(ledger).unsign_object(cursor)
    except BadSignature:
        return None
    return Place(dt.date.fromordinal(day), entry_id, balance_cents)
