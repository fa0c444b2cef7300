"""Amounts, sides and days as FEC files write them, and what is tolerated of each.

A converter gives the value and the kinds of tolerance it needed, or raises `CellFault`.
"""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Generic, TypeVar

from parvis.exchange.rules.cells import CellFault
from parvis.exchange.rules.fec.lines import day_text

Value = TypeVar("Value")
Kinds = tuple[str, ...]
Convert = Callable[[str], tuple[Value, Kinds]]

REMEMBERED = 20_000
LONGEST_CELL = 40
# Thousands of billions: what no ledger of an agency reaches, and what a database holds in cents.
MOST_DIGITS = 13
BLANKS = " \u00a0\u202f"
WITHOUT_BLANKS = str.maketrans("", "", BLANKS + "’")
MINUS_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-"})
SIGNED = re.compile(r"([+-]?)[ \u00a0\u202f]*([^+\- \u00a0\u202f].*?)[ \u00a0\u202f]*([+-]?)", re.DOTALL)
PLAIN = re.compile(r"(\d*)(?:[.,](\d*))?")
GROUPED = re.compile(r"(\d{1,3})(?:([ \u00a0\u202f'’.,])(\d{3})(?:\2\d{3})*)(?:([.,])(\d*))?")
EXPONENT = re.compile(r"\d+(?:[.,]\d+)?[eE][+-]?\d{1,2}")
YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{2})\2(\d{2})", re.ASCII)
DAY_FIRST = re.compile(r"(\d{2})([-/.])(\d{2})\2(\d{4})", re.ASCII)
HOUR = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?Z?", re.ASCII)
NO_DAY = frozenset("0-/.")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2099
DEBIT_WORDS = {"D": (), "+1": (), "d": ("side-word",), "1": ("side-word",), "+": ("side-word",)}
CREDIT_WORDS = {"C": (), "-1": (), "c": ("side-word",), "-": ("side-word",)}


class Memory(dict[str, Value], Generic[Value]):
    """What cells met before became. `tolerated` names the cells that needed a tolerance, and which."""

    def __init__(self, convert: Convert[Value]) -> None:
        super().__init__()
        self.convert = convert
        self.tolerated: dict[str, Kinds] = {}

    def __missing__(self, cell: str) -> Value:
        value, kinds = self.convert(cell.strip())
        if kinds:
            self.tolerated[cell] = kinds
        self[cell] = value
        return value

    def shrink(self) -> None:
        """Forget everything once there is much, so that memory stays bounded."""
        if len(self) > REMEMBERED:
            self.clear()
            self.tolerated.clear()


def to_cents(cell: str) -> tuple[int, Kinds]:
    """« 1234,56 » as the norm wants it; any other writing is looked at more closely."""
    whole, _comma, decimals = cell.partition(",")
    if len(decimals) == 2 and len(cell) <= MOST_DIGITS and cell.isascii() and (whole + decimals).isdecimal():
        return int(whole + decimals), ()
    return to_cents_by_shape(cell)


def to_cents_by_shape(cell: str) -> tuple[int, Kinds]:
    if not cell:
        return 0, ("amount-empty",)
    found = SIGNED.fullmatch(cell.translate(MINUS_SIGNS)) if len(cell) <= LONGEST_CELL else None
    if not found or (found[1] and found[3]):
        raise CellFault("Ce n’est pas un montant : la norme l’écrit 1234,56, avec un signe devant ou derrière.")
    kinds: Kinds = () if cell.translate(MINUS_SIGNS) == cell else ("amount-minus",)
    whole, decimals, shape = parts_of(found[2])
    if decimals[2:].strip("0"):
        raise CellFault("Ce montant a plus de deux décimales : un compte se tient au centime.")
    if len(whole.lstrip("0")) > MOST_DIGITS:
        raise CellFault("Ce montant est trop grand : vérifiez-le.")
    kinds += shape + (("amount-decimals",) if len(decimals) > 2 else ())
    cents = int((whole or "0") + decimals[:2].ljust(2, "0"))
    return (-cents if "-" in (found[1], found[3]) else cents), kinds


def parts_of(amount: str) -> tuple[str, str, Kinds]:
    """Digits before and after the decimal sign, and how they were written. Never two readings: « 1.234 » is refused."""
    if not amount.isascii() and not amount.translate(WITHOUT_BLANKS).isascii():
        raise CellFault("Ce montant a des signes qui ne sont pas des chiffres : la norme l’écrit 1234,56.")
    plain = PLAIN.fullmatch(amount)
    if plain and amount not in (",", "."):
        whole, decimals = plain[1], plain[2] or ""
        if "." in amount and len(decimals) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0"):
            raise CellFault("Ce montant se lit de deux façons, le point y est ambigu : la norme l’écrit 1234,56.")
        return whole, decimals, ("amount-point",) if "." in amount else ()
    grouped = GROUPED.fullmatch(amount)
    if grouped and grouped[2] != grouped[4]:
        decimals = grouped[5] or ""
        whole = amount[: grouped.start(4)] if grouped[4] else amount
        digits = "".join(sign for sign in whole if sign.isdecimal())
        return digits, decimals, ("amount-thousands", *(("amount-point",) if grouped[4] == "." else ()))
    if EXPONENT.fullmatch(amount):
        whole, _point, decimals = f"{Decimal(amount.replace(',', '.')):f}".partition(".")
        return whole, decimals, ("amount-exponent",)
    raise CellFault("Ce n’est pas un montant : la norme l’écrit 1234,56, avec un signe devant ou derrière.")


def to_side(cell: str) -> tuple[int, Kinds]:
    """1 for a debit, -1 for a credit."""
    if cell in DEBIT_WORDS:
        return 1, DEBIT_WORDS[cell]
    if cell in CREDIT_WORDS:
        return -1, CREDIT_WORDS[cell]
    raise CellFault("Le sens n’est ni D ni C, ni +1 ni -1 : écrivez l’un d’eux.")


def to_day(cell: str) -> tuple[dt.date | None, Kinds]:
    """« 20261123 » as the norm wants it; other writings of a day that read in one way only; nothing."""
    if not cell:
        return None, ()
    if NO_DAY.issuperset(cell):
        return None, ("date-zero",)
    return to_day_by_shape(cell)


def to_day_by_shape(cell: str) -> tuple[dt.date, Kinds]:
    hour = HOUR.search(cell) if len(cell) <= LONGEST_CELL else None
    has_hour = hour is not None and hour.end() == len(cell)
    day = cell[: hour.start()] if hour and has_hour else cell
    kinds: Kinds = ("date-time",) if has_hour else ()
    if len(day) == 8 and day.isascii() and day.isdecimal():
        return to_day_of_digits(day, kinds=kinds)
    if found := YEAR_FIRST.fullmatch(day):
        return dated(day_of(found[1], found[3], found[4]), kinds=(*kinds, "date-separated"))
    if found := DAY_FIRST.fullmatch(day):
        return dated(day_of(found[4], found[3], found[1]), kinds=(*kinds, "date-separated"))
    raise CellFault("Ce n’est pas une date : la norme l’écrit AAAAMMJJ, comme 20261123.")


def to_day_of_digits(day: str, *, kinds: Kinds) -> tuple[dt.date, Kinds]:
    """The year in front, or at the end: as neither 19 nor 20 is a month, no eight digits read both ways."""
    if day[4:6] in ("19", "20"):
        return day_of(day[4:], day[2:4], day[:2]), (*kinds, "date-day-first")
    return dated(day_of(day[:4], day[4:6], day[6:]), kinds=kinds)


def day_of(year: str, month: str, day: str) -> dt.date:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError as error:
        raise CellFault("Ce jour n’existe pas au calendrier : corrigez la date.") from error


def dated(day: dt.date, *, kinds: Kinds) -> tuple[dt.date, Kinds]:
    is_far = not EARLIEST_YEAR <= day.year <= LATEST_YEAR
    return day, (*kinds, "date-year") if is_far else kinds


def to_account(cell: str) -> tuple[str, Kinds]:
    """The first three signs of an account are digits of the French chart (art. A. 47 A-1, VII)."""
    beginning = cell[:3]
    is_normal = len(beginning) == 3 and beginning.isascii() and beginning.isdecimal()
    return cell, () if is_normal else ("account-number",)


def to_currency_amount(cell: str) -> tuple[str, Kinds]:
    """Only told apart, never counted: written in one way where it is an amount in hundredths, as it stands else."""
    try:
        return (str(to_cents(cell)[0]) if cell else ""), ()
    except CellFault:
        return cell, ()


def to_loose_day(cell: str) -> tuple[str, Kinds]:
    """The same for a day that nothing is done with."""
    try:
        return day_text(to_day(cell)[0]), ()
    except CellFault:
        return cell, ()
