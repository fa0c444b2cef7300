"""A package of a million entries for 100 000 clients, against the bare loading of the very same rows.

Bare means COPY on PostgreSQL, executemany on SQLite, into the same indexed tables. Both run in turn, three
times each, every run in its own process; the best of one is divided by the best of the other.

    python -m bench.import_entries --entries 100000 --database sqlite
"""

import argparse
import csv
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from parvis.exchange.rules.tables import load_table, load_tables
from tools import postgres

ENTRIES_OF_A_CLIENT = 10
SLUG = "mesure"
TABLES = ("people_client", "ledger_account", "ledger_entry")
HIGHEST_RATIO = 2.0
HIGHEST_MEMORY_MIB = 100


def write_package(folder: Path, *, entries: int) -> None:
    """Clients, one account each, ten entries each; the other files hold their header."""
    clients = entries // ENTRIES_OF_A_CLIENT
    rows: dict[str, Iterator[dict[str, str]]] = {
        "agency": iter([{field.name: field.example for field in load_table("agency").fields} | {"slug": SLUG}]),
        "creditors": iter([{field.name: field.example for field in load_table("creditors").fields}]),
        "clients": (client(number) for number in range(clients)),
        "accounts": (account(number) for number in range(clients)),
        "entries": (entry(number, rank) for number in range(clients) for rank in range(ENTRIES_OF_A_CLIENT)),
    }
    folder.mkdir()
    for table in load_tables():
        with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table.column_names, delimiter=";", restval="")
            writer.writeheader()
            writer.writerows(rows.get(table.name, iter(())))


def reference(number: int) -> str:
    return str(10_000_000 + number)


def client(number: int) -> dict[str, str]:
    return {
        "customer_reference": reference(number),
        "civility": "madam",
        "first_name": "Camille",
        "last_name": f"Fontaine {number}",
        "street": f"{number % 90 + 1} rue des Acacias",
        "postal_code": "75017",
        "city": "Paris",
        "known_email": f"camille.{number}@exemple.fr",
    }


def account(number: int) -> dict[str, str]:
    return {
        "reference": f"450-{reference(number)}",
        "client": reference(number),
        "creditor": "SDC-0012",
        "kind": "co_owner",
        "payment_reference": reference(number),
    }


def entry(number: int, rank: int) -> dict[str, str]:
    """Calls and payments in turn; one client in three has not paid the last call."""
    day = dt.date(2024, 1, 1) + dt.timedelta(days=90 * (rank // 2))
    euros = f"{300 + (number * 7 + rank) % 400},{number % 100:02d}"
    plain = {"account": f"450-{reference(number)}", "booked_on": day.isoformat()}
    if rank % 2 == 0 or (rank == ENTRIES_OF_A_CLIENT - 1 and number % 3 == 0):
        label = f"Appel de fonds {rank // 2 % 4 + 1}e trimestre {day.year}"
        due = (day + dt.timedelta(days=14)).isoformat()
        return {
            **plain,
            "reference": f"AF-{day.year}-{rank}",
            "due_on": due,
            "kind": "call",
            "label": label,
            "debit": euros,
        }
    paid = {"reference": f"RG-{day.year}-{rank}", "kind": "payment", "label": "Votre virement", "credit": euros}
    return {**plain, **paid, "piece": f"V{number * 10 + rank}"}


class Bench:
    """One database, its package, and the rows that the first import made of it."""

    module = "bench.import_run"

    def __init__(self, *, folder: Path, url: str, entries: int) -> None:
        self.folder = folder
        own = {"DJANGO_SETTINGS_MODULE": "config.settings", "PARVIS_ENV": "test", "DATABASE_URL": url}
        self.environment = {**os.environ, **own}
        self.entries = entries

    def child(self, task: str, *, module: str = "") -> dict[str, Any]:
        command = [sys.executable, "-m", module or self.module, task, str(self.folder)]
        done = subprocess.run(command, env=self.environment, check=True, stdout=subprocess.PIPE, text=True)
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found

    def run(self, *, rounds: int) -> dict[str, Any]:
        write_package(self.folder / "package", entries=self.entries)
        self.child("prepare")
        imports, bare = [], []
        for _round in range(rounds):
            imports.append(self.child("import"))
            bare.append(self.child("bare"))
        best_import = min(run["seconds"] for run in imports)
        best_bare = min(run["seconds"] for run in bare)
        return {
            "entries": self.entries,
            "import_seconds": round(best_import, 2),
            "bare_seconds": round(best_bare, 2),
            "ratio": round(best_import / best_bare, 2),
            "memory_over_idle_mib": round(max(run["memory_mib"] for run in imports), 1),
            "second_import_seconds": round(self.child("again")["seconds"], 2),
            "preview_seconds": round(self.child("preview", module="bench.preview_run")["seconds"], 2),
        }


def measure(*, database: str, entries: int, rounds: int = 3) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as name:
        folder = Path(name)
        if database == "sqlite":
            return Bench(folder=folder, url=f"sqlite:///{folder / 'bench.sqlite3'}", entries=entries).run(rounds=rounds)
        with postgres.server() as url:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("CREATE DATABASE bench")
            bench_url = url.removesuffix("/postgres") + "/bench"
            return Bench(folder=folder, url=bench_url, entries=entries).run(rounds=rounds)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", choices=["postgresql", "sqlite"], action="append")
    options = parser.parse_args()
    failed = False
    for database in options.database or ["postgresql", "sqlite"]:
        found = measure(database=database, entries=options.entries, rounds=options.rounds)
        failed = failed or found["ratio"] > HIGHEST_RATIO or found["memory_over_idle_mib"] > HIGHEST_MEMORY_MIB
        print(json.dumps({"database": database, **found}), flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
