"""The entries of an account in their order, the balance around each, and those that somebody asks for. Pure."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from parvis.kit.money import balance_words, format_cents
from parvis.kit.words import fold
from parvis.ledger.rules.labels import Readable, readable_label

PAYOUT, LANDLORD = "payout", "landlord"  # values of `Entry.Kind` and of `Account.Kind`


class EntryRow(NamedTuple):
    """What is read of an entry, in this order."""

    id: int
    booked_on: dt.date
    kind: str
    label: str
    detail: str
    piece: str
    debit_cents: int
    credit_cents: int

    @property
    def amount_cents(self) -> int:
        """Positive: in favour of the client."""
        return self.credit_cents - self.debit_cents

    @property
    def side(self) -> str:
        """For whom the amount counts. What the agency has paid out to a landlord is no charge of theirs."""
        if self.amount_cents > 0:
            return "en votre faveur"
        return "versé" if self.kind == PAYOUT else "à votre charge"

    def readable(self, account_kind: str) -> Readable:
        return readable_label(self.label, account_kind=account_kind, is_credit=self.amount_cents > 0)


class Walked(NamedTuple):
    """An entry, and the balance of the whole account before and after it."""

    entry: EntryRow
    before_cents: int
    after_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which entries somebody asks for: of a period (both days count), of a nature, with some words."""

    begins_on: dt.date | None = None
    ends_on: dt.date | None = None
    kind: str = ""
    words: str = ""
    account_kind: str = "co_owner"

    @property
    def is_of_all_kinds(self) -> bool:
        """Whether every entry of the period is asked for."""
        return not (self.kind or self.words.strip())

    def keeps(self, entry: EntryRow) -> bool:
        """Whether the entry, of the period or not, is of the nature and has the words."""
        if self.kind and entry.kind != self.kind:
            return False
        return not self.words or has_words(entry, self.words, account_kind=self.account_kind)

    def begins_after(self, entry: EntryRow) -> bool:
        """Whether the entry is older than the period."""
        return self.begins_on is not None and entry.booked_on < self.begins_on


def balance_side(cents: int, account_kind: str) -> str:
    """What a balance is called beside a line: what is in favour of a landlord will be paid out to them."""
    return "à vous verser" if cents > 0 and account_kind == LANDLORD else balance_words(cents).lower()


def walk_back(newest_first: Iterable[EntryRow], *, balance_cents: int) -> Iterator[Walked]:
    """From the balance after the newest of them to that before the oldest."""
    for entry in newest_first:
        before = balance_cents - entry.amount_cents
        yield Walked(entry, before, balance_cents)
        balance_cents = before


def walk_on(oldest_first: Iterable[EntryRow], *, balance_cents: int) -> Iterator[Walked]:
    """From the balance before the oldest of them to that after the newest."""
    for entry in oldest_first:
        after = balance_cents + entry.amount_cents
        yield Walked(entry, balance_cents, after)
        balance_cents = after


def has_words(entry: EntryRow, words: str, *, account_kind: str) -> bool:
    """Each word stands in what is shown of the entry, in its original label, or in its amount."""
    amount = format_cents(abs(entry.amount_cents))
    said = (*entry.readable(account_kind), entry.detail, entry.piece, amount, "".join(amount.split()))
    text = fold(" ".join(said))
    return all(word in text for word in fold(words).split())
