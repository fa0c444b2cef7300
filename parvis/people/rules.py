"""Rules of the entrance that need no database: what was typed, and how long a person must wait."""

import unicodedata

SIGNS_LEFT_OUT = frozenset(".")
CODE_LENGTH = 6


def normalise_reference(typed: str) -> str:
    """Return the key under which an identifiant is kept: « 10 427-835.A » and « 10427835a » are one.

    Spaces, dots, dashes, case and the width of letters (NFKC) do not count, nor do invisible signs.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", typed).casefold())
    return "".join(sign for sign in folded if not is_left_out(sign))


def is_left_out(sign: str) -> bool:
    """Separators (Z), dashes (Pd), control and invisible signs (C) are how people space a number."""
    category = unicodedata.category(sign)
    return sign in SIGNS_LEFT_OUT or category[0] in "ZC" or category == "Pd"


def is_code(typed: str) -> bool:
    """Whether a secret has the shape of a provisional password: 6 ASCII digits."""
    return len(typed) == CODE_LENGTH and typed.isascii() and typed.isdecimal()
