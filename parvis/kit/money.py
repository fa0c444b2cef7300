"""Amounts as people read them. Money is integer cents of euro, everywhere."""

NARROW_SPACE = "\u202f"
MINUS = "\u2212"


def format_whole(number: int) -> str:
    """10000 -> « 10 000 »: a narrow no-break space every three digits."""
    return f"{number:,}".replace(",", NARROW_SPACE)


def format_cents(cents: int) -> str:
    """123456 -> « 1 234,56 € », -500 -> « −5,00 € »: narrow no-break spaces, always two decimals."""
    euros, rest = divmod(abs(cents), 100)
    sign = MINUS if cents < 0 else ""
    return f"{sign}{format_whole(euros)},{rest:02d}{NARROW_SPACE}€"


def plain_cents(cents: int) -> str:
    """123456 -> « 1234,56 », -500 -> « -5,00 »: what a French spreadsheet adds up."""
    euros, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{euros},{rest:02d}"


def format_balance(cents: int) -> str:
    """A balance seen by the client (positive: in their favour): « + 3 643,13 € », « 412,35 € », « 0,00 € ».

    What the client must pay carries no sign: the words beside it say « Vous devez ».
    """
    if cents > 0:
        return f"+{NARROW_SPACE}{format_cents(cents)}"
    return format_cents(-cents)


def balance_words(cents: int) -> str:
    """The words that go with a balance seen by the client, never the sign alone."""
    if cents < 0:
        return "Vous devez"
    return "En votre faveur" if cents > 0 else "Compte à jour"
