"""A FEC of a million lines against a package of a million entries: reading alone (processor), then the whole import.

Half of the lines of the FEC are those of clients, as in the books of a manager: the other half is where the money
comes from or goes to. Each run has its own process and the import its own database; the best of one is divided by the
best of the other.

    python -m bench.fec_books --lines 100000 --database sqlite
"""

import argparse
import csv
import datetime as dt
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from bench.import_entries import Bench, reference, write_package
from tools import postgres

ACCOUNT, ANOTHER = "45000000", "70100000"
FORMER_YEAR, YEAR = 2025, 2026
MOST_ACCOUNTS = 2_000
NAME = "123456782FEC{}1231.txt"
COLUMNS = (
    *("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum"),
    *("CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet"),
    *("ValidDate", "Montantdevise", "Idevise"),
)
HIGHEST_RATIO = 1.0
HIGHEST_MEMORY_MIB = 100


def write_fec(folder: Path, *, lines: int, accounts: int, year: int) -> None:
    """Calls on the accounts in turn, each with its other side, as most programs write them: ISO 8859-15, CR LF."""
    with (folder / NAME.format(year)).open("w", encoding="iso8859-15", newline="") as file:
        file.write("\t".join(COLUMNS) + "\r\n")
        for number in range(lines // 2):
            for row in entry(number, account=number % accounts, year=year, day=number * 300 // (lines // 2)):
                file.write("\t".join(row) + "\r\n")


def entry(number: int, *, account: int, year: int, day: int) -> Iterator[tuple[str, ...]]:
    booked_on = f"{dt.date(year, 1, 1) + dt.timedelta(days=day):%Y%m%d}"
    euros = f"{300 + number * 7 % 4000},{number % 100:02d}"
    label = f"Appel de fonds {number % 4 + 1}e trimestre {year}"
    beginning = ("AF", "Appels de fonds", f"AF{number:07d}", booked_on)
    client = (ACCOUNT, "Copropriétaires", reference(account), f"Fontaine {account} Camille")
    for side, amounts in ((client, (euros, "0,00")), ((ANOTHER, "Provisions appelées", "", ""), ("0,00", euros))):
        yield (*beginning, *side, f"P{number}", booked_on, label, *amounts, "", "", booked_on, "", "")


def write_mapping(path: Path, *, accounts: int) -> None:
    """Whose each account is."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["compte", "auxiliaire", "decision", "identifiant", "nature", "immeuble"])
        for number in range(accounts):
            writer.writerow([ACCOUNT, reference(number), "rattache", reference(number), "copropriétaire", "B1"])


class BooksBench(Bench):
    """The same clients by a package, then their books by a FEC."""

    module = "bench.fec_run"

    def write(self) -> None:
        accounts = min(MOST_ACCOUNTS, self.entries // 10)
        write_package(self.folder / "package", entries=self.entries)
        write_fec(self.folder, lines=self.entries, accounts=accounts, year=YEAR)
        write_fec(self.folder, lines=2 * accounts, accounts=accounts, year=FORMER_YEAR)
        write_mapping(self.folder / "mapping.csv", accounts=accounts)

    def reading(self, *, rounds: int) -> dict[str, float]:
        turns = [(self.child("read_package"), self.child("read_fec")) for _round in range(rounds)]
        package, fec = (min(turn[place]["seconds"] for turn in turns) for place in (0, 1))
        return {"package_seconds": package, "fec_seconds": fec, "ratio": fec / package}

    def importing(self) -> dict[str, float]:
        self.child("migrate")
        package = self.child("package")["seconds"]
        self.child("confirm")
        fec = self.child("fec")
        return {"package_seconds": package, "fec_seconds": fec["seconds"], "memory_mib": fec["memory_mib"]}


def measure(*, database: str, lines: int, rounds: int) -> dict[str, Any]:
    """Reading (the same on both databases, which it does not touch), then the import."""
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as name:
        folder = Path(name)
        bench = BooksBench(folder=folder, url=f"sqlite:///{folder / 'unused.sqlite3'}", entries=lines)
        bench.write()
        found = {"reading": bench.reading(rounds=rounds)}
        turns = list(import_turns(folder, database=database, lines=lines, rounds=rounds))
        package, fec = (min(turn[key] for turn in turns) for key in ("package_seconds", "fec_seconds"))
        memory = max(turn["memory_mib"] for turn in turns)
        importing = {"package_seconds": package, "fec_seconds": fec, "ratio": fec / package, "memory_mib": memory}
        return {"lines": lines, **found, "importing": importing}


def import_turns(folder: Path, *, database: str, lines: int, rounds: int) -> Iterator[dict[str, float]]:
    """Each in a new database."""
    if database == "sqlite":
        for turn in range(rounds):
            url = f"sqlite:///{folder / f'books{turn}.sqlite3'}"
            yield BooksBench(folder=folder, url=url, entries=lines).importing()
        return
    with postgres.server() as server:
        for turn in range(rounds):
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE books{turn}")
            url = server.removesuffix("/postgres") + f"/books{turn}"
            yield BooksBench(folder=folder, url=url, entries=lines).importing()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--database", choices=["postgresql", "sqlite"], action="append")
    options = parser.parse_args()
    failed = False
    for database in options.database or ["postgresql", "sqlite"]:
        found = measure(database=database, lines=options.lines, rounds=options.rounds)
        failed = failed or found["importing"]["ratio"] > HIGHEST_RATIO
        print(json.dumps({"database": database, **found}), flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
