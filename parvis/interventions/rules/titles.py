"""How a case is called when its reporter gave it no title, and which cases resemble each other."""

import re
from dataclasses import dataclass

from parvis.kit.typography import lower_first
from parvis.kit.words import fold

LONGEST_TITLE = 120


def title_of(category: str, *, place: str, is_common: bool) -> str:
    """« Eau : parking, niveau −1 ». Nothing of the description, which neighbours do not read."""
    where = lower_first(place.strip()) or ("parties communes" if is_common else "logement")
    return f"{category}\u00a0: {where}"[:LONGEST_TITLE]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What of a report says whether it is about the same thing as another. `lot_id` is empty for common parts."""

    building_id: int
    lot_id: int | None
    category: str
    place: str = ""


def is_alike(one: Sketch, other: Sketch) -> bool:
    """The same building and lot, the same kind of problem, and no different place."""
    if (one.building_id, one.lot_id, one.category) != (other.building_id, other.lot_id, other.category):
        return False
    words, others = words_of(one.place), words_of(other.place)
    return not words or not others or bool(words & others)


def words_of(place: str) -> frozenset[str]:
    """The words of a place that tell it from another: « escalier », « B », « -1 »."""
    return frozenset(word for word in re.split(r"[^\w−-]+", fold(place)) if word and word not in LITTLE_WORDS)


LITTLE_WORDS = frozenset({"le", "la", "les", "l", "du", "de", "des", "d", "au", "a", "en", "dans", "et", "pres"})
