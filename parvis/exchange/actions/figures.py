"""Numbers in sentences."""


def counted(number: int, one: str, several: str) -> str:
    """« 1 ligne », « 2 lignes », « 0 ligne »."""
    return f"{number} {several if number > 1 else one}"
