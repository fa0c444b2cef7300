"""The import of a million entries against the bare loading of the same rows: `bench.import_entries` measures."""

from collections.abc import Iterator

from bench import import_entries
from bench.figures import Figure
from bench.sites import Workshop

PART = "Import"
DATABASES = {"postgresql": ("PostgreSQL", "COPY"), "sqlite": ("SQLite", "executemany")}


def measure(workshop: Workshop) -> Iterator[Figure]:
    entries, rounds = workshop.times(1_000_000, 20_000), workshop.times(3, 1)
    for database, (name, bare) in DATABASES.items():
        found = import_entries.measure(database=database, entries=entries, rounds=rounds)
        yield Figure(part=PART, words=f"{name} : {entries} écritures", value=found["import_seconds"], unit="s")
        yield Figure(part=PART, words=f"{name} : les mêmes lignes par {bare}", value=found["bare_seconds"], unit="s")
        words = f"{name} : import / {bare}"
        at_most = import_entries.HIGHEST_RATIO
        yield Figure(part=PART, words=words, value=found["ratio"], unit="×", at_most=at_most)
        words, memory = f"{name} : mémoire au-dessus du repos", found["memory_over_idle_mib"]
        at_most = float(import_entries.HIGHEST_MEMORY_MIB)
        yield Figure(part=PART, words=words, value=memory, unit="Mio", at_most=at_most)
        again = found["second_import_seconds"]
        yield Figure(part=PART, words=f"{name} : le même paquet une deuxième fois", value=again, unit="s")
        words, preview = f"{name} : aperçu ligne à ligne de ce paquet", found["preview_seconds"]
        yield Figure(part=PART, words=words, value=preview, unit="s")
