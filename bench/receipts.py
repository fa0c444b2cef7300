"""A month of receipts for an agency (books read, payments imputed, rows, PDF, documents), against typst alone."""

import json
from collections.abc import Iterator

from bench.figures import Figure
from bench.sites import PRODUCT, Site, Workshop, run

PART = "Quittances"
TENANTS = 300
# At least 0.7 times the rate of typst on the same papers.
AT_MOST = 1 / 0.7


def measure(workshop: Workshop) -> Iterator[Figure]:
    """Best of three against best of three, in a small database and among 100 000 clients."""
    for name, site in (("parmi 1 000 clients", workshop.small), ("parmi 100 000 clients", workshop.large)):
        yield from measure_site(workshop, site, name=name)


def measure_site(workshop: Workshop, site: Site, *, name: str) -> Iterator[Figure]:
    tenants, rounds = workshop.times(TENANTS, 20), workshop.times(3, 1)
    made = run("-m", "bench.receipts_run", str(tenants), str(rounds), environment=site.environment | PRODUCT)
    whole, bare = (min(times) for times in zip(*json.loads(made), strict=True))
    yield Figure(part=PART, words=f"quittances par seconde, {name}", value=1 / whole, unit="/s")
    yield Figure(part=PART, words="documents par seconde, typst seul", value=1 / bare, unit="/s")
    words = f"temps d’une quittance / de son document, {name}"
    yield Figure(part=PART, words=words, value=whole / bare, unit="×", at_most=AT_MOST)
