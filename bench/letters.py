"""Letters a second, all included (secrets drawn and hashed, rows, PDF), against typst alone on the same pages."""

import json
from collections.abc import Iterator

from bench.figures import Figure
from bench.sites import PRODUCT, Workshop, run

PART = "Lettres"


def measure(workshop: Workshop) -> Iterator[Figure]:
    """Best of three against best of three."""
    rounds = workshop.times(3, 1)
    printed = run("-m", "bench.letters_run", str(rounds), environment=workshop.small.environment | PRODUCT)
    letters, bare = (min(times) for times in zip(*json.loads(printed), strict=True))
    yield Figure(part=PART, words="lettres par seconde", value=1 / letters, unit="/s")
    yield Figure(part=PART, words="pages par seconde, typst seul", value=1 / bare, unit="/s")
    yield Figure(part=PART, words="temps d’une lettre / temps de sa page par typst", value=letters / bare, unit="×")
