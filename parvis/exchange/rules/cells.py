"""What one cell may hold, and the plain text under which it is kept (dates ISO, amounts in cents)."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable

from stdnum import bic, iban
from stdnum.exceptions import ValidationError

from parvis.exchange.rules.tables import Field
from parvis.kit.typography import typographic

AMOUNT = re.compile(r"(-?)(\d{1,11})[,.](\d{2})")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
FRENCH_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}")
FORBIDDEN = re.compile("[\\x00-\\x1f\\x7f-\\x9f\u2028\u2029]")
FORBIDDEN_IN_LINES = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]")
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
YES, NO = ("oui", "true", "1"), ("non", "false", "0")
DATABASE_MAXIMUM = 2**31 - 1

Convert = Callable[[str], str | None]


class CellFault(Exception):
    """A cell that cannot be taken; `reason` says in French what is wrong and what to write instead."""

    def __init__(self, reason: str) -> None:
        self.reason = typographic(reason)
        super().__init__(self.reason)


def converter(field: Field, *, today: dt.date) -> Convert:
    """The function that turns a stripped cell of that column into what is kept, or raises `CellFault`."""
    by_type: dict[str, Callable[[], Convert]] = {
        "date": lambda: lambda cell: to_day(cell, latest=today if field.not_in_future else LATEST),
        "number": lambda: lambda cell: to_hundredths(cell, minimum=field.minimum),
        "integer": lambda: lambda cell: to_integer(cell, field=field),
        "boolean": lambda: to_flag,
    }
    convert = by_type[field.type]() if field.type in by_type else text_converter(field)

    def convert_or_default(cell: str) -> str | None:
        cell = cell or field.default
        if cell:
            return convert(cell)
        if field.required:
            raise CellFault(f"La colonne « {field.name} » ({field.title.lower()}) est obligatoire : remplissez-la.")
        return "" if field.type == "string" else None

    return convert_or_default


def text_converter(field: Field) -> Convert:
    by_format: dict[str, Convert] = {"email": to_email, "iban": to_iban, "bic": to_bic}
    if field.categories:
        return lambda cell: to_category(cell, field=field)
    if field.format in by_format:
        return by_format[field.format]
    return lambda cell: to_text(cell, field=field)


def to_text(cell: str, *, field: Field) -> str:
    """NFC text without control signs, not longer than the column, in the shape of its pattern."""
    forbidden = FORBIDDEN_IN_LINES if field.format == "multiline" else FORBIDDEN
    if forbidden.search(cell):
        raise CellFault("Le texte contient un signe invisible (caractère de commande) : retapez-le.")
    cell = unicodedata.normalize("NFC", cell)
    if field.max_length is not None and len(cell) > field.max_length:
        raise CellFault(f"Le texte a {len(cell)} signes : raccourcissez-le à {field.max_length} signes au plus.")
    if field.pattern and not re.fullmatch(field.pattern, cell):
        raise CellFault(f"La forme attendue est celle de « {field.example} ».")
    return cell


def to_category(cell: str, *, field: Field) -> str:
    if cell not in dict(field.categories):
        words = ", ".join(value for value, _label in field.categories)
        raise CellFault(f"Ce mot n’est pas connu ici : écrivez l’un de {words}.")
    return cell


def to_day(cell: str, *, latest: dt.date) -> str:
    """2026-11-23 or 23/11/2026, kept as 2026-11-23."""
    if match := ISO_DAY.fullmatch(cell):
        year, month, day = match.groups()
    elif match := FRENCH_DAY.fullmatch(cell):
        day, month, year = match.groups()
    else:
        raise CellFault("Ce n’est pas une date : écrivez 2026-11-23 ou 23/11/2026.")
    try:
        found = dt.date(int(year), int(month), int(day))
    except ValueError as error:
        raise CellFault("Ce jour n’existe pas au calendrier : corrigez la date.") from error
    if found < EARLIEST or found > LATEST:
        raise CellFault("La date est hors des années 1900 à 2199 : corrigez l’année.")
    if found > latest:
        raise CellFault("La date est dans le futur : cette colonne va jusqu’à aujourd’hui au plus.")
    return found.isoformat()


def to_hundredths(cell: str, *, minimum: int | None) -> str:
    """« 412,35 » or « 412.35 », kept as 41235; 0 needs no decimals. Nothing else: 1.234 could be two amounts."""
    if cell == "0":
        return "0"
    match = AMOUNT.fullmatch(cell)
    if not match or not cell.isascii():
        raise CellFault(
            "Ce n’est pas un montant : écrivez 1234,56 (ou 1234.56), deux décimales, sans séparateur de milliers ni €."
        )
    hundredths = int(match[2] + match[3]) * (-1 if match[1] else 1)
    if minimum is not None and hundredths < minimum * 100:
        raise CellFault("Cette colonne ne prend pas de nombre négatif : corrigez le signe.")
    return str(hundredths)


def to_integer(cell: str, *, field: Field) -> str:
    if not (cell.isascii() and cell.isdecimal()):
        raise CellFault("Ce n’est pas un nombre entier : écrivez des chiffres seuls, comme 124.")
    lowest, highest = field.minimum or 0, DATABASE_MAXIMUM if field.maximum is None else field.maximum
    if len(cell) > len(str(DATABASE_MAXIMUM)) or not lowest <= int(cell) <= highest:
        raise CellFault(f"Le nombre est hors des limites : de {lowest} à {highest}.")
    return str(int(cell))


def to_flag(cell: str) -> str:
    word = cell.lower()
    if word not in YES + NO:
        raise CellFault("Écrivez oui ou non.")
    return "1" if word in YES else "0"


def to_email(cell: str) -> str:
    if not EMAIL.fullmatch(cell) or len(cell) > 254 or ".." in cell:
        raise CellFault("Ce n’est pas une adresse de courriel : écrivez-la comme nom@exemple.fr, ou laissez vide.")
    return cell


def to_iban(cell: str) -> str:
    try:
        return str(iban.validate(cell))
    except ValidationError as error:
        raise CellFault("Cet IBAN est faux (longueur ou clé) : recopiez-le depuis le relevé de la banque.") from error


def to_bic(cell: str) -> str:
    try:
        return str(bic.validate(cell))
    except ValidationError as error:
        raise CellFault("Ce BIC est faux : il a 8 ou 11 signes, comme AGRIFRPP.") from error
