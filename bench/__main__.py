"""`python -m bench [--quick] [PART …]`: measure, print the table, keep it in bench/results."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from bench import (
    board,
    clients,
    cpu,
    documents,
    fec,
    growth,
    imports,
    ledger,
    letters,
    memory,
    pages,
    queries,
    receipts,
)
from bench.figures import Figure, save, table
from bench.sites import Workshop
from tests.browser.chromium import executable

Measure = Callable[[Workshop], Iterator[Figure]]

PARTS: dict[str, Measure] = {
    "weight": pages.measure_weight,
    "paint": pages.measure_paint,
    "queries": queries.measure,
    "cpu": cpu.measure,
    "ledger": ledger.measure,
    "documents": documents.measure,
    "clients": clients.measure,
    "board": board.measure,
    "memory": memory.measure,
    "growth": growth.measure,
    "letters": letters.measure,
    "receipts": receipts.measure,
    "import": imports.measure,
    "fec": fec.measure,
}


def wanted_of(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"among {', '.join(PARTS)}; all of them by default")
    parser.add_argument("--quick", action="store_true", help="few repetitions, nothing kept: to see that all works")
    wanted = parser.parse_args(arguments)
    unknown = set(wanted.parts) - set(PARTS)
    if unknown:
        parser.error(f"unknown part: {', '.join(sorted(unknown))}")
    return wanted


def measure_all(parts: list[str], *, is_quick: bool) -> list[Figure]:
    """Every figure, each part's table printed as soon as it is known."""
    figures: list[Figure] = []
    with ExitStack() as stack:
        workshop = Workshop(is_quick=is_quick, stack=stack)
        for part in parts:
            started = time.monotonic()
            found = list(PARTS[part](workshop))
            print(f"\n{table(found)}\n({time.monotonic() - started:.0f} s)", flush=True)
            figures += found
    return figures


def main(arguments: list[str]) -> int:
    wanted = wanted_of(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    figures = measure_all(wanted.parts or list(PARTS), is_quick=wanted.quick)
    missed = [figure for figure in figures if figure.is_reached is False]
    print(f"\n{len(figures)} figures, {len(missed)} targets missed.")
    if not wanted.quick:
        print(f"Kept in bench/results/{save(figures, chromium=executable()).name}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
