"""What of the journal a program of the agency is told: four kinds of changes. Pure."""

import enum


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
