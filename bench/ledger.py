"""The ledger of an account of ten years: its page against fifty bare rows, its last page, its statement as PDF."""

import gzip
import html
import re
import statistics
import time
from collections.abc import Iterator

from bench.cpu import compare
from bench.figures import Figure
from bench.growth import p95
from bench.sites import Site, Visitor, Workshop, serving

PART = "Le relevé d’un compte de dix ans (1 000 opérations)"
AT_MOST = 2.0
DEEP_AT_MOST = 1.2
WHOLE = "?periode=tout"
OLDER = re.compile(r'href="([^"]*)"[^>]*>Opérations plus anciennes<')


def last_page(visitor: Visitor, path: str) -> str:
    """Where « Opérations plus anciennes » ends."""
    path += WHOLE
    while older := OLDER.search(gzip.decompress(visitor.get(path)).decode()):
        path = html.unescape(older.group(1))
    return path


def milliseconds(visitor: Visitor, path: str) -> float:
    started = time.perf_counter()
    visitor.get(path)
    return (time.perf_counter() - started) * 1000


def depth(site: Site, *, rounds: int) -> tuple[float, float]:
    """p95 of the first page of the whole account, and how much longer the last takes: the median of the ratios."""
    holder = site.sessions["ten_years"]
    with serving(site) as server:
        visitor = Visitor(server, session=holder["product"])
        first, last = f"{holder['path']}{WHOLE}", last_page(visitor, holder["path"])
        pairs = [(milliseconds(visitor, first), milliseconds(visitor, last)) for _ in range(rounds)]
    return p95([newest for newest, _ in pairs]), statistics.median(oldest / newest for newest, oldest in pairs)


def statement(site: Site, *, rounds: int) -> float:
    """Milliseconds for the statement of a year, as PDF, all included."""
    holder = site.sessions["ten_years"]
    with serving(site) as server:
        visitor = Visitor(server, session=holder["product"])
        return statistics.median(milliseconds(visitor, f"{holder['path']}releve.pdf") for _ in range(rounds))


def measure(workshop: Workshop) -> Iterator[Figure]:
    rounds, requests = workshop.times(9, 3), workshop.times(200, 60)
    many = workshop.times(100, 5)
    sites = [("PostgreSQL, 1 000 clients", workshop.small), (f"PostgreSQL, {many} 000 clients", workshop.large)]
    for name, site in [*sites, ("SQLite, 1 000 clients", workshop.embedded)]:
        holder = site.sessions["ten_years"]
        paths = (holder["path"], f"/lignes/{holder['account_id']}/")
        page, bare, ratio = compare(site, rounds=rounds, requests=requests, who="ten_years", paths=paths)
        yield Figure(part=PART, words=f"{name} : processeur de la page", value=page, unit="ms")
        yield Figure(part=PART, words=f"{name} : vue nue de 50 lignes", value=bare, unit="ms")
        yield Figure(part=PART, words=f"{name} : page / vue nue", value=ratio, unit="×", at_most=AT_MOST)
        newest, ratio = depth(site, rounds=workshop.times(200, 40))
        yield Figure(part=PART, words=f"{name} : p95 de la première page", value=newest, unit="ms")
        words = f"{name} : dernière page / première"
        yield Figure(part=PART, words=words, value=ratio, unit="×", at_most=DEEP_AT_MOST)
        elapsed = statement(site, rounds=workshop.times(60, 10))
        yield Figure(part=PART, words=f"{name} : relevé PDF d’un an (90 lignes)", value=elapsed, unit="ms")
