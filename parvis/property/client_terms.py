"""The words of a client as they are kept, and those of a search as they are looked for. Pure."""

import re
from collections.abc import Iterable

from parvis.kit.words import EMPTY_WORDS, LONGEST_QUERY, MOST_WORDS, fold, words_of

LONGEST_NAMES = 400
MOST_KEPT = 200  # words of one client
NUMBER_ALONE = re.compile(r"[\d\s.()+/-]+")
PHONE = re.compile(r"(?<![\w+])(?:(?:\+|00)33[\s.-]*(?:\(0\))?|0)[\s.-]*[1-9](?:[\s.-]?\d)*")
FRENCH = re.compile(r"^(?:\+|00)33(?:\(0\))?")
LOT = re.compile(r"\blots?\s*(?:n°|no\b|numero\b)?\s*(?=\w*\d)(\w+)")
EMAIL = re.compile(r"[^\s@]+@\S*")
SAY_NOTHING = EMPTY_WORDS | {"madame", "monsieur", "mme", "mr", "m", "lot", "lots"}


def spaced(words: Iterable[str], *, at_most: int = MOST_KEPT) -> str:
    """Each word once, between spaces."""
    kept = list(dict.fromkeys(filter(None, words)))[:at_most]
    return f" {' '.join(kept)} " if kept else ""


def phone_digits(typed: str) -> str:
    """« +33 6 12 34 56 78 » -> « 0612345678 »: as it is dialled in France."""
    together = re.sub(r"[\s./-]", "", typed)
    return re.sub(r"\D", "", FRENCH.sub("0", together))


def lot_word(number: str) -> str:
    """« A-12 » -> « lota12 »: what « lot A12 » looks for."""
    return f"lot{''.join(words_of(number))}"


def words_of_email(address: str) -> list[str]:
    """The address as it is typed, then its pieces."""
    return [fold(address), *words_of(address)]


def terms_of(typed: str) -> list[str]:
    """What a row must hold, each as it stands there: a space before the beginning of a word, after a whole one.

    A courriel, a telephone and a number written in groups are one word; « lot 12 » is that lot, not the twelfth of
    anything.
    """
    text = typed[:LONGEST_QUERY].strip()
    if NUMBER_ALONE.fullmatch(text):
        return [f" {digits}"] if (digits := phone_digits(text)) else []
    terms = [f" {fold(found)}" for found in EMAIL.findall(text)]
    text = EMAIL.sub(" ", text)
    terms += [f" {phone_digits(found)}" for found in PHONE.findall(text)]
    rest = fold(PHONE.sub(" ", text))
    terms += [f" lot{found} " for found in LOT.findall(rest)]
    words = list(dict.fromkeys(words_of(LOT.sub(" ", rest))))
    telling = [word for word in words if word not in SAY_NOTHING] or ([] if terms else words)
    return [*terms, *(f" {word}" for word in telling)][:MOST_WORDS]
