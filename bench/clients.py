"""Clients (the staff's search) among 1 000 and 100 000: the whole page, as each keystroke asks for it."""

import json
from collections.abc import Iterator

from bench.figures import Figure
from bench.growth import p95
from bench.sites import PRODUCT, Workshop, run

PART = "Recherche d’un client par l’agence"
AT_MOST_MS = 100.0


def measure(workshop: Workshop) -> Iterator[Figure]:
    requests = workshop.times(200, 30)
    for database, site in (("PostgreSQL", workshop.small), ("SQLite", workshop.embedded)):
        for clients in (1_000, workshop.times(100_000, 3_000)):
            made = run("-m", "bench.clients_run", str(clients), str(requests), environment=site.environment | PRODUCT)
            searches, cards = json.loads(made)
            name = f"{database}, {clients} clients"
            yield Figure(part=PART, words=f"{name} : p95", value=p95(searches), unit="ms", at_most=AT_MOST_MS)
            yield Figure(part=PART, words=f"{name} : p95 de la fiche", value=p95(cards), unit="ms")
