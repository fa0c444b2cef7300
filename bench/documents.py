"""Mes documents among 1 000 documents and among 100 000: a search, the whole page included, and the list."""

import json
from collections.abc import Iterator

from bench.figures import Figure
from bench.growth import p95
from bench.sites import PRODUCT, Workshop, run

PART = "Recherche dans les documents (600 lus par la personne)"
AT_MOST_MS = 50.0


def measure(workshop: Workshop) -> Iterator[Figure]:
    requests = workshop.times(200, 40)
    for database, site in (("PostgreSQL", workshop.small), ("SQLite", workshop.embedded)):
        for documents in (1_000, workshop.times(100_000, 5_000)):
            made = run(
                "-m", "bench.documents_run", str(documents), str(requests), environment=site.environment | PRODUCT
            )
            searches, lists = json.loads(made)
            name = f"{database}, {documents} documents"
            yield Figure(part=PART, words=f"{name} : p95", value=p95(searches), unit="ms", at_most=AT_MOST_MS)
            yield Figure(part=PART, words=f"{name} : p95 de la liste", value=p95(lists), unit="ms")
