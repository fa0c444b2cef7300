"""Processor time of one page, of the web server and of the database, against a bare view's."""

import statistics
from collections.abc import Iterator

from bench.figures import Figure
from bench.processes import processor_seconds
from bench.sites import BARE, Server, Site, Visitor, Workshop, serving

PART = "Processeur par requête de l’Accueil"
AT_MOST = 2.0
WARM_UP = 30


def seconds_a_request(server: Server, visitor: Visitor, *, path: str, site: Site, requests: int) -> float:
    """What the processes of the server and of the database spend on a page."""
    roots = [server.pid, *([site.database_pid] if site.database_pid else [])]
    visitor.connection.close()  # opened anew: the server has closed what stood idle during the other's turn
    before = sum(map(processor_seconds, roots))
    for _ in range(requests):
        visitor.get(path)
    return (sum(map(processor_seconds, roots)) - before) / requests


def compare(
    site: Site, *, rounds: int, requests: int, who: str = "typical", paths: tuple[str, str] = ("/", "/")
) -> tuple[float, float, float]:
    """Milliseconds of the page and of the bare view, and the median of their ratios, by alternate blocks."""
    sessions = site.sessions[who]
    with serving(site) as product, serving(site, BARE) as bare:
        sides = [
            (product, Visitor(product, session=sessions["product"]), paths[0]),
            (bare, Visitor(bare, session=sessions["bare"]), paths[1]),
        ]
        for _, visitor, path in sides:
            for _ in range(WARM_UP):
                visitor.get(path)
        costs = [
            [
                seconds_a_request(server, visitor, path=path, site=site, requests=requests)
                for server, visitor, path in sides
            ]
            for _ in range(rounds)
        ]
    pages, bares = zip(*costs, strict=True)
    ratio = statistics.median(page / reference for page, reference in costs)
    return statistics.median(pages) * 1000, statistics.median(bares) * 1000, ratio


def measure(workshop: Workshop) -> Iterator[Figure]:
    rounds, requests = workshop.times(9, 3), workshop.times(300, 100)
    for name, site in (("PostgreSQL", workshop.small), ("SQLite", workshop.embedded)):
        page, bare, ratio = compare(site, rounds=rounds, requests=requests)
        yield Figure(part=PART, words=f"{name} : Accueil", value=page, unit="ms")
        yield Figure(part=PART, words=f"{name} : vue nue (session et personne)", value=bare, unit="ms")
        yield Figure(part=PART, words=f"{name} : Accueil / vue nue", value=ratio, unit="×", at_most=AT_MOST)
