"""French typography of texts typed by others, and of numbers that people copy."""

import re

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"

_BEFORE_DOUBLE_SIGN = re.compile(r"(?<=[^\s;!?])[ \u00a0\u202f]*(?=[;!?](?:\s|[»)]|[;!?]|$))")
_BEFORE_COLON = re.compile(r"(?<=\S)[ \u00a0\u202f]+(?=:(?:\s|$))|(?<=[^\W\d_])(?=:\s)")
_AFTER_OPENING = re.compile(r"«[ \u00a0\u202f]*(?=\S)")
_BEFORE_CLOSING = re.compile(r"(?<=\S)[ \u00a0\u202f]*»")
_SIGNS = re.compile("[';!?:«»]")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def typographic(text: str) -> str:
    """Put the no-break spaces of French before « ; ! ? : », inside the guillemets, and turn ' into ’.

    An address (« https://… »), an hour (« 10:42 ») and what is already right stay as they are.
    """
    if not _SIGNS.search(text):
        return text
    text = _APOSTROPHE.sub("’", text)
    text = _BEFORE_DOUBLE_SIGN.sub(NARROW_SPACE, text)
    text = _BEFORE_COLON.sub(NO_BREAK_SPACE, text)
    text = _AFTER_OPENING.sub(f"«{NO_BREAK_SPACE}", text)
    return _BEFORE_CLOSING.sub(f"{NO_BREAK_SPACE}»", text)


def lower_first(text: str) -> str:
    """« Rez-de-chaussée » -> « rez-de-chaussée », to go on with a sentence; a name of one capital stays (« T3 »)."""
    return text if text[1:2].isupper() or text[1:2].isdigit() else text[:1].lower() + text[1:]


def group_iban(iban: str) -> str:
    """« FR7630006000011234567890189 » -> groups of four that never break in the middle of a group."""
    compact = "".join(iban.split())
    return " ".join(compact[start : start + 4] for start in range(0, len(compact), 4))


def format_phone(number: str) -> str:
    """« +33123456789 » or « 0123456789 » -> « 01 23 45 67 89 »; any other number as it was given."""
    digits = phone_digits(number)
    if len(digits) == 12 and digits.startswith("+33"):
        digits = "0" + digits[3:]
    if len(digits) != 10 or not digits.startswith("0"):
        return number
    return NO_BREAK_SPACE.join(digits[start : start + 2] for start in range(0, 10, 2))


def phone_target(number: str) -> str:
    """What a tel: link dials: « 01 23 45 67 89 » -> « +33123456789 »."""
    digits = phone_digits(number)
    if len(digits) == 10 and digits.startswith("0"):
        return "+33" + digits[1:]
    return digits


def phone_digits(number: str) -> str:
    """The digits of a number, and its leading + where it has one."""
    digits = "".join(sign for sign in number if sign in "0123456789")
    return "+" + digits if number.strip().startswith("+") else digits


def initials(name: str) -> str:
    """« Élise Hamon » -> « ÉH »; at most two letters, none for a name without letters."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalpha()]
    chosen = words if len(words) < 2 else [words[0], words[-1]]
    return "".join(word[0].upper() for word in chosen)
