"""The board of interventions and its list, with 100 and 10 000 open cases: the whole page, on both databases."""

import json
from collections.abc import Iterator

from bench.figures import Figure
from bench.growth import p95
from bench.sites import PRODUCT, Workshop, run

PART = "Tableau des interventions de l’agence"
AT_MOST_MS = 100.0
PAGES = ("tableau", "liste", "recherche dans la liste")


def measure(workshop: Workshop) -> Iterator[Figure]:
    requests = workshop.times(200, 30)
    for database, site in (("PostgreSQL", workshop.small), ("SQLite", workshop.embedded)):
        for cases in (100, workshop.times(10_000, 1_000)):
            made = run("-m", "bench.board_run", str(cases), str(requests), environment=site.environment | PRODUCT)
            for page, found in zip(PAGES, json.loads(made), strict=True):
                words = f"{database}, {cases} en cours : p95, {page}"
                yield Figure(part=PART, words=words, value=p95(found), unit="ms", at_most=AT_MOST_MS)
