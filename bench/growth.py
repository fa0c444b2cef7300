"""The Accueil among 1 000 clients and among 100 000: one request here, one there."""

import itertools
import statistics
import time
from collections.abc import Iterator

from bench.figures import Figure
from bench.sites import Visitor, Workshop, serving

PART = "L’Accueil quand l’agence grandit (PostgreSQL)"
AT_MOST = 1.2


def milliseconds(visitor: Visitor, session: str) -> float:
    started = time.perf_counter()
    visitor.get(session=session)
    return (time.perf_counter() - started) * 1000


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def measure(workshop: Workshop) -> Iterator[Figure]:
    rounds, requests = workshop.times(5, 1), workshop.times(500, 100)
    small, large = workshop.small, workshop.large
    with serving(small) as of_small, serving(large) as of_large:
        here, there = Visitor(of_small), Visitor(of_large)
        sessions = list(zip(small.sessions["some"], large.sessions["some"], strict=True))
        for ours, theirs in sessions:  # once around, so that both databases hold the rows in memory
            here.get(session=ours)
            there.get(session=theirs)
        around = itertools.cycle(sessions)
        pairs = []
        for _ in range(rounds):
            visits = [next(around) for _ in range(requests)]
            times = [(milliseconds(here, ours), milliseconds(there, theirs)) for ours, theirs in visits]
            pairs.append(tuple(p95(list(side)) for side in zip(*times, strict=True)))
    few, many = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(large_p95 / small_p95 for small_p95, large_p95 in pairs)
    yield Figure(part=PART, words="p95 parmi 1 000 clients", value=few, unit="ms")
    yield Figure(part=PART, words=f"p95 parmi {workshop.times(100, 5)} 000 clients", value=many, unit="ms")
    yield Figure(part=PART, words="rapport des p95", value=ratio, unit="×", at_most=AT_MOST)
