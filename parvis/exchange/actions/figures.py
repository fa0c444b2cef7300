"""Numbers in sentences."""


def counted(number: int, one: str, several: str) -> str:
    """« 1 ligne », « 2 lignes », « 0 ligne »."""
    return f"{number} {agreed(number, one, several)}"


def agreed(number: int, one: str, several: str) -> str:
    """The word alone: in French 0 and 1 are singular."""
    return several if number > 1 else one
