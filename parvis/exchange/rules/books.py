"""What the lines of books say beyond themselves: whose accounts, which opens an exercise, which exercise it is."""

import calendar
import datetime as dt
import functools
from collections.abc import Collection, Sequence
from typing import NamedTuple

from parvis.kit.words import fold

# Third parties who may be clients, by the beginning of the number: the nature of the account is proposed, not sure.
# 450 and 459 are the co-owners of the syndicat's chart (arrêté du 14 mars 2005, art. 7), 41 and 46 the common ones.
KINDS = {
    "450": "co_owner",
    "459": "co_owner",
    "410": "landlord",
    "461": "landlord",
    "462": "landlord",
    "467": "landlord",
    "41": "tenant",
}
OPENING_CODES = frozenset({"an", "ran", "ano", "anx", "anv", "nou"})
OPENING_WORDS = ("a nouveau", "a-nouveau", "a nouveaux", "report a nouveau", "solde anterieur", "reprise de solde")
BANK_WORDS = ("banq", "banc", "caisse", "tresorerie", "cheque", "prelevement", "virement")
# By what a label begins with: the nature that the client reads.
NATURES = {"appel": "call", "loyer": "rent", "quitt": "rent", "honor": "fees", "regul": "settlement", "trava": "works"}


def proposed_kind(number: str) -> str:
    """The nature of account that a number suggests; nothing when it is not that of a client (512, 6…, 7…)."""
    return next((KINDS[number[:length]] for length in (3, 2) if number[:length] in KINDS), "")


def says_opening(text: str) -> bool:
    plain = fold(text).replace("’", " ").replace("-", " ")
    return any(word.replace("-", " ") in plain for word in OPENING_WORDS)


@functools.lru_cache(maxsize=4096)
def opens_exercise(code: str, label: str, *, chosen: tuple[str, ...] = ()) -> bool:
    """Whether a journal holds the opening balances: one of the codes chosen for the books, or one that says so.

    `chosen` codes stand alone; without any, the usual codes (AN, RAN…) and a label such as « À nouveaux ».
    """
    plain = fold(code)
    if chosen:
        return plain in chosen
    return plain in OPENING_CODES or says_opening(label)


@functools.lru_cache(maxsize=4096)
def is_bank(code: str, label: str) -> bool:
    return fold(code) in {"bq", "bnq", "ca"} or any(word in fold(label) for word in BANK_WORDS)


@functools.lru_cache(maxsize=4096)
def nature_by(beginning: str) -> str:
    """What a client reads a line of no bank to be, by the five first signs of its label."""
    return NATURES.get(fold(beginning), "other")


class Period(NamedTuple):
    begins_on: dt.date
    ends_on: dt.date

    def overlaps(self, other: "Period") -> bool:
        return self.begins_on <= other.ends_on and other.begins_on <= self.ends_on

    def contains(self, other: "Period") -> bool:
        return self.begins_on <= other.begins_on and other.ends_on <= self.ends_on


def exercise_closed_on(day: dt.date) -> Period | None:
    """The twelve months that end on the closing day of a FEC's name; none when it is not the end of a month."""
    if day.day != calendar.monthrange(day.year, day.month)[1] or day.year == dt.MINYEAR:
        return None
    month_after = day + dt.timedelta(days=1)
    return Period(month_after.replace(year=month_after.year - 1), day)


class Held(NamedTuple):
    """An exercise that is held: `has_openings` when its file opened it with balances."""

    id: int
    period: Period
    has_openings: bool


def chain(exercises: Sequence[Held]) -> list[Held]:
    """The exercises that make the balances, oldest first: from the last one back to where the books are cut.

    They are cut by a gap, when the exercise after it opens with balances: those say what came before. Without
    opening balances nothing does, and the older lines count too. `exercises` are in order and do not overlap.
    """
    kept: list[Held] = []
    for held in reversed(exercises):
        if kept and kept[0].has_openings and not follows(kept[0].period, held.period):
            break
        kept.insert(0, held)
    return kept


def follows(later: Period, earlier: Period) -> bool:
    return earlier.ends_on + dt.timedelta(days=1) >= later.begins_on


def chosen_codes(codes: Collection[str]) -> tuple[str, ...]:
    """The journals chosen for some books, as `opens_exercise` compares them."""
    return tuple(sorted({fold(code.strip()) for code in codes if code.strip()}))
