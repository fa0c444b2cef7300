"""A FEC of a million lines against a package of a million entries: `bench.fec_books` measures."""

from collections.abc import Iterator

from bench import fec_books
from bench.figures import Figure
from bench.sites import Workshop

PART = "FEC"
DATABASES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}


def measure(workshop: Workshop) -> Iterator[Figure]:
    lines, rounds = workshop.times(1_000_000, 20_000), workshop.times(2, 1)
    for database, name in DATABASES.items():
        found = fec_books.measure(database=database, lines=lines, rounds=rounds)
        reading, importing = found["reading"], found["importing"]
        yield Figure(part=PART, words=f"{lines} lignes de FEC lues seules", value=reading["fec_seconds"], unit="s")
        words = "lecture du FEC / lecture d’un paquet d’autant d’écritures"
        yield Figure(part=PART, words=words, value=reading["ratio"], unit="×")
        words = f"{name} : import de {lines} lignes de FEC"
        yield Figure(part=PART, words=words, value=importing["fec_seconds"], unit="s")
        words, at_most = f"{name} : import du FEC / import d’un paquet", fec_books.HIGHEST_RATIO
        yield Figure(part=PART, words=words, value=importing["ratio"], unit="×", at_most=at_most)
        words, at_most = f"{name} : mémoire au-dessus du repos", float(fec_books.HIGHEST_MEMORY_MIB)
        yield Figure(part=PART, words=words, value=importing["memory_mib"], unit="Mio", at_most=at_most)
