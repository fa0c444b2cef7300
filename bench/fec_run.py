"""One run of the benchmark of FEC files, in its own process: reading alone, or one step of an import."""

import datetime as dt
import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import django
from django.core.management import call_command

from bench.fec_books import FORMER_YEAR, NAME, YEAR
from bench.import_entries import SLUG
from bench.import_run import import_package, memory_mib, seconds

django.setup()

from parvis.agencies.models import Agency  # noqa: E402 -- once Django is ready
from parvis.exchange.actions.loading import FileLoader, Loader, collector_at_rest  # noqa: E402
from parvis.exchange.actions.packages import open_package  # noqa: E402
from parvis.exchange.actions.staging import Columns, Described, Staging  # noqa: E402
from parvis.exchange.actions.targets import target_of  # noqa: E402
from parvis.exchange.rules.fec import read_fec  # noqa: E402
from parvis.property.models import Building  # noqa: E402

TODAY = dt.date(2026, 12, 31)


class Nowhere(Staging):
    """Temporary tables that keep nothing: what remains is the reading."""

    def create(self, name: str, columns: Described) -> None: ...

    def load(self, name: str, columns: Described, batches: Iterable[Columns]) -> None:
        for _batch in batches:
            pass

    def analyze(self, name: str) -> None: ...

    def lock(self, slug: str) -> None: ...


def read_package_once(folder: Path) -> None:
    with open_package(folder / "package") as package, collector_at_rest():
        loader = Loader(package=package, staging=Nowhere(), today=TODAY, progress=lambda _news: None)
        FileLoader(loader=loader, target=target_of("entries"), defaults={}).load()


def read_fec_once(folder: Path) -> None:
    path = folder / NAME.format(YEAR)
    with path.open("rb") as stream, collector_at_rest():
        for _batch in read_fec(stream, name=path.name).batches():
            pass


def migrate(_folder: Path) -> None:
    call_command("migrate", verbosity=0)


def confirm(folder: Path) -> None:
    """The books of the year before, with the table that says whose the accounts are."""
    Building.objects.create(agency=Agency.objects.get(), reference="B1", name="Les Acacias")
    import_fec(folder, year=FORMER_YEAR, mapping_in=folder / "mapping.csv")


def fec(folder: Path) -> None:
    import_fec(folder, year=YEAR)


def import_fec(folder: Path, *, year: int, **options: Path) -> None:
    call_command("import_fec", folder / NAME.format(year), agency=SLUG, verbosity=0, stdout=sys.stderr, **options)


TASKS: dict[str, Callable[[Path], None]] = {
    "read_package": read_package_once,
    "read_fec": read_fec_once,
    "migrate": migrate,
    "package": import_package,
    "confirm": confirm,
    "fec": fec,
}
READING = ("read_package", "read_fec")


def main() -> None:
    idle = memory_mib()
    folder = Path(sys.argv[2])
    task, started = sys.argv[1], time.process_time()
    taken = seconds(lambda: TASKS[task](folder))
    if task in READING:  # one process and no waiting: its own time is the surest measure
        taken = time.process_time() - started
    print(json.dumps({"seconds": taken, "memory_mib": memory_mib() - idle}))


if __name__ == "__main__":
    main()
