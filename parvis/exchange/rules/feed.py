"""What of the journal a program of the agency is told: four kinds of changes. Pure."""

import base64
import binascii
import enum
import re


class Kind(enum.StrEnum):
    PROFILE = "profile"
    INTERVENTION = "intervention"
    MESSAGE = "message"
    ACTIVATION = "activation"


# The object of a fact of the journal -> what its reader calls it.
KIND_OF_OBJECT = {
    "profile-change": Kind.PROFILE,
    "delivery-choice": Kind.PROFILE,
    "intervention": Kind.INTERVENTION,
    "thread": Kind.MESSAGE,
}
ACTIVATIONS = ("access.opened", "access.closed", "access.closed-by-holder")


def kind_of(*, verb: str, object_kind: str) -> Kind | None:
    """The kind of change that a fact is; none when it is nothing for the agency's programs."""
    return Kind.ACTIVATION if verb in ACTIVATIONS else KIND_OF_OBJECT.get(object_kind)


def cursor_of(position: int) -> str:
    """A place in the journal, as a program keeps it: a word without meaning to it."""
    return base64.urlsafe_b64encode(f"1:{position}".encode()).decode().rstrip("=")


def position_of(cursor: str) -> int:
    """The place that a cursor of ours names. Raises `ValueError` for any other text."""
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, UnicodeError) as error:
        raise ValueError(cursor) from error
    found = re.fullmatch(r"1:(0|[1-9]\d{0,17})", text, re.ASCII)
    if found is None or cursor_of(int(found[1])) != cursor:
        raise ValueError(cursor)
    return int(found[1])
