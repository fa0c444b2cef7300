"""`python -m tools.drill`: kill everything under load, count afterwards; ends with status 1 when a bar is missed."""

import argparse
import dataclasses
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tools.drill.figures import Figure, table
from tools.drill.report import figures_of
from tools.drill.run import Run, faults_of
from tools.drill.site import ROOT, Site

RESULTS = ROOT / "var" / "drill"
SABOTAGES = ("doubled", "journal", "ledger", "lost", "message", "move")
DATABASES = ("postgresql", "sqlite")
CLIENTS_A_SECOND = 3  # more than can be served: nobody runs out of newcomers
FIRST_PORT = 9100


def main() -> int:
    chosen = arguments()
    databases = DATABASES if chosen.database == "both" else (chosen.database,)
    results = [drill(database, chosen) for database in databases]
    return 1 if any(results) else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make drill")
    parser.add_argument("--seconds", type=float, default=60, help="of load and kills, for each database")
    parser.add_argument("--seed", type=int, default=1, help="of everything that is drawn")
    parser.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    parser.add_argument("--sabotage", choices=SABOTAGES, help="spoil the result: the count must notice")
    parser.add_argument("--outage-seconds", type=float, default=3, help="of each mood of the mail server")
    parser.add_argument("--backlog", type=int, default=600, help="messages that pile up while it is down")
    parser.add_argument("--port", type=int, default=FIRST_PORT, help="the first of three ports of loopback")
    return parser.parse_args()


def drill(database: str, chosen: argparse.Namespace) -> bool:
    """Run once, print and keep the figures; whether a bar was missed."""
    folder = Path(tempfile.mkdtemp(prefix="parvis-drill-"))
    folder.chmod(0o711)
    site = Site(
        folder=folder,
        on_postgresql=database == "postgresql",
        ports=(chosen.port, chosen.port + 1, chosen.port + 2),
        clients=max(100, int(chosen.seconds * CLIENTS_A_SECOND)),
    )
    started = time.monotonic()

    def tell(news: str) -> None:
        print(f"… {database}, {time.monotonic() - started:4.0f} s: {news}", file=sys.stderr, flush=True)

    run = Run(
        site=site,
        seconds=chosen.seconds,
        seed=chosen.seed,
        tell=tell,
        sabotage=chosen.sabotage or "",
        outage_seconds=chosen.outage_seconds,
        backlog=chosen.backlog,
    )
    outcome = run.play()
    faults = faults_of(outcome, clients=site.clients)
    figures = figures_of(outcome, faults)
    title = f"{database}, seed {chosen.seed}, {chosen.seconds:.0f} s, {time.monotonic() - started:.0f} s in all"
    print(table(title, figures, faults), flush=True)
    is_missed = any(figure.is_missed for figure in figures)
    keep(figures, faults, name=f"{database}-{chosen.seed}", title=title)
    if is_missed:
        print(f"What was recorded stays in {folder}")
    else:
        shutil.rmtree(folder, ignore_errors=True)
    return is_missed


def keep(figures: list[Figure], faults: dict[str, list[str]], *, name: str, title: str) -> None:
    """Write the figures beside those of other runs."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    content = {"run": title, "figures": [dataclasses.asdict(figure) for figure in figures], "faults": faults}
    path = RESULTS / f"{time.strftime('%Y-%m-%d-%H%M%S')}-{name}.json"
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"Figures in {os.path.relpath(path)}")


if __name__ == "__main__":
    sys.exit(main())
