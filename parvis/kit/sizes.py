"""The weight of a file as people read it."""

NARROW_SPACE = "\u202f"
UNITS = ("octets", "Ko", "Mo", "Go")


def format_size(size: int) -> str:
    """1234567 -> « 1,2 Mo », 380000 -> « 380 Ko »: thousands of thousands, one decimal under ten."""
    value, unit = float(size), UNITS[0]
    for unit in UNITS:
        if value < 1000 or unit == UNITS[-1]:
            break
        value /= 1000
    words = f"{value:.1f}" if value < 10 and unit != UNITS[0] else f"{value:.0f}"
    return f"{words.removesuffix('.0').replace('.', ',')}{NARROW_SPACE}{unit}"
