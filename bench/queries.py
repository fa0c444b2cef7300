"""Statements that one Accueil sends to the database, session and user included."""

import json
from collections.abc import Iterator

from bench.figures import Figure
from bench.sites import PRODUCT, Workshop, run

PART = "Requêtes de l’Accueil à la base"
AT_MOST = 6.0
WHO = {
    "little": "client qui n’a rien",
    "typical": "client ordinaire",
    "much": "client qui a beaucoup",
    "guardian": "tuteur",
}


def measure(workshop: Workshop) -> Iterator[Figure]:
    """`bench.count_queries` counts in a process of its own, which belongs to one database."""
    for name, site in (("PostgreSQL", workshop.small), ("SQLite", workshop.embedded)):
        sessions = [site.sessions[who]["product"] for who in WHO]
        counts = json.loads(run("-m", "bench.count_queries", *sessions, environment=site.environment | PRODUCT))
        for who, count in zip(WHO.values(), counts, strict=True):
            yield Figure(part=PART, words=f"{name} : {who}", value=count, unit="requêtes", at_most=AT_MOST)
