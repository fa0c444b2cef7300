"""The preview of a package whose rows are in the database already, one client in a hundred changed meanwhile."""

import json
import sys
from pathlib import Path

import django
from django.db import connection

from bench.import_entries import SLUG
from bench.import_run import memory_mib, seconds

django.setup()

from parvis.exchange.actions import Options, import_package  # noqa: E402 -- once Django is ready
from parvis.exchange.actions.noticing import CHANGED, Changes  # noqa: E402


def main() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_client SET last_name = 'Autre' WHERE id % 100 = 0")
        changed = cursor.rowcount
    changes, idle = Changes(), memory_mib()
    options = Options(slug=SLUG, dry_run=True, changes=changes)
    taken = seconds(lambda: import_package(Path(sys.argv[2]) / "package", options))
    if changes.counts != {"clients.csv": {CHANGED: changed}}:
        raise SystemExit(f"The preview tells {changes.counts}, {changed} clients have changed.")
    print(json.dumps({"seconds": taken, "memory_mib": memory_mib() - idle}))


if __name__ == "__main__":
    main()
