"""The lines of a ledger as markup: the same few words of ours around what the agency typed, hundreds of times."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from django.utils.safestring import SafeString

from parvis.kit.french_dates import month_and_year, short_date
from parvis.kit.money import format_balance
from parvis.kit.typography import typographic
from parvis.ledger.rules.entries import Walked, balance_side
from parvis.web.ui.prepared_markup import PreparedMarkup

WORDS = (
    "day",
    "date",
    "label",
    "detail",
    "original",
    "href",
    "piece",
    "amount",
    "words",
    "balance_after",
    "words_after",
)
LINE = PreparedMarkup(
    "components/ledger_line.html", words=WORDS, flags=("is_credit", "has_detail", "has_original", "has_piece")
)


class Piece(NamedTuple):
    """The document behind an entry: where it is, and what the link says."""

    href: str
    words: str


NO_PIECE = Piece("", "")


@dataclass(frozen=True, slots=True)
class Month:
    """The lines of one month, newest first, as markup."""

    name: str
    lines: SafeString


def months_of(walked: Iterable[Walked], *, account_kind: str, pieces: dict[str, Piece]) -> list[Month]:
    """`pieces`: the documents that may be shown, by the reference that entries carry."""
    return [
        Month(
            month_and_year(day).capitalize(),
            SafeString(  # nosec B703
                "\n".join(draw_line(each, account_kind=account_kind, pieces=pieces) for each in of_month)
            ),
        )
        for day, of_month in groupby(walked, key=lambda each: each.entry.booked_on.replace(day=1))
    ]


def draw_line(walked: Walked, *, account_kind: str, pieces: dict[str, Piece]) -> SafeString:
    entry = walked.entry
    label, original = entry.readable(account_kind)
    piece = pieces.get(entry.piece, NO_PIECE)
    return LINE.draw(
        *days(entry.booked_on),
        typographic(label),
        typographic(entry.detail),
        original,
        piece.href,
        piece.words,
        figure(entry.amount_cents),
        SafeString(entry.side),  # nosec B703
        figure(walked.after_cents),
        SafeString(balance_side(walked.after_cents, account_kind)),  # nosec B703
        flags=(entry.amount_cents > 0, bool(entry.detail), bool(original), piece is not NO_PIECE),
    )


@lru_cache(maxsize=1024)
def days(day: dt.date) -> tuple[SafeString, SafeString]:
    """The day for machines, and for people."""
    return SafeString(day.isoformat()), SafeString(short_date(day))  # nosec B703


def figure(cents: int) -> SafeString:
    return SafeString(format_balance(cents))  # nosec B703
