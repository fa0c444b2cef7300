"""Rules of Mon profil that need no database: what says the same, from when a choice counts, a telephone number."""

import datetime as dt
from collections.abc import Mapping

import phonenumbers

from parvis.kit.words import fold

POST_TAKES_EFFECT_AFTER = dt.timedelta(days=9)
LATEST_EFFECT = dt.timedelta(days=366)


def post_effective_on(received_on: dt.date) -> dt.date:
    """The day from which notifications go by post: the day after the 8th day that follows the demand's receipt.

    Loi 65-557, art. 42-1, and décret 67-223 as changed by décret 2025-1292 (to be checked against the text). A demand
    made at a meeting counts the same day: the minutes record it, not this page.
    """
    return received_on + POST_TAKES_EFFECT_AFTER


def is_possible_effect(effective_on: dt.date, *, today: dt.date) -> bool:
    """A move is told for today or for a day of the year to come: a portal does not rewrite what was."""
    return today <= effective_on <= today + LATEST_EFFECT


def say_the_same(wanted: Mapping[str, str], known: Mapping[str, str]) -> bool:
    """Whether the books now say what the client asked, however the agency spells it."""
    return all(folded_value(wanted[name]) == folded_value(known.get(name, "")) for name in wanted)


def folded_value(text: str) -> str:
    """« 12, Rue des Églantiers » and « 12 RUE DES EGLANTIERS » are one; « +33 6 12… » and « 06 12… » too."""
    kept = "".join(sign if sign.isalnum() else " " for sign in fold(text))
    words = " ".join(kept.split())
    phone = phone_number(text) if words.replace(" ", "").isdecimal() else ""
    return phone or words


def phone_number(typed: str) -> str:
    """The number as it is kept (« 0612345678 », « +41446681800 »); empty for what no telephone answers to."""
    try:
        parsed = phonenumbers.parse(typed, "FR")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(parsed) or parsed.extension:
        return ""
    if phonenumbers.region_code_for_number(parsed) == "FR":
        return f"0{parsed.national_number}"
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
