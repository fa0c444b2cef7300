"""What the actors of a drill noted, and a database in which nothing was done."""

from tools.drill.counting_work import Work
from tools.drill.notebook import ACKNOWLEDGED, ASKED, Line

ALICE, BOB = "D00001", "D00002"


def line(stage, verb, who=ALICE, what="", at=0.0):
    return Line(at=at, stage=stage, verb=verb, who=who, what=what)


def done(verb, who=ALICE, what=""):
    """Asked for, and acknowledged."""
    return [line(ASKED, verb, who, what), line(ACKNOWLEDGED, verb, who, what)]


def keyed(verb, key, *stages):
    return [line(stage, verb, key) for stage in stages]


def nothing_done(**facts):
    nothing = Work(
        steps={},
        messages={},
        pictures={},
        orders={},
        offers={},
        deposits={},
        described={},
        documents={},
        intakes={},
    )
    return nothing | facts
