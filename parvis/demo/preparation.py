"""What stands before the demonstration opens: its database, its packages imported, its people at the door."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from django.core.management import call_command

from parvis.demo.accounts_file import KnownAccount
from parvis.demo.agencies import AGENCIES, DemoAgency
from parvis.demo.arrivals import receive_everybody
from parvis.demo.council import check_accounts, note_first_look
from parvis.demo.package import YEARS_OF_ACCOUNTS, write_package
from parvis.demo.parcels import write_parcel
from parvis.demo.receipts import give_receipts
from parvis.exchange.actions import Options, Report, import_package
from parvis.exchange.actions.papers import PapersOptions, import_documents

Tell = Callable[[str], None]


class PackageNotTaken(Exception):
    """A package of ours was refused: a fault of the project, with what the import says of it."""


@dataclass(frozen=True, kw_only=True)
class Memory:
    """What the folder of the demonstration remembers from one run to the next."""

    first_year: int
    imported_on: str = ""
    port: int = 0

    @classmethod
    def of(cls, data_dir: Path, *, today: dt.date) -> "Memory":
        path = data_dir / "demonstration.json"
        if path.exists():
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        return cls(first_year=today.year - YEARS_OF_ACCOUNTS)

    def keep(self, data_dir: Path) -> None:
        (data_dir / "demonstration.json").write_text(json.dumps(asdict(self)) + "\n", encoding="utf-8")


def prepare(*, data_dir: Path, port: int, today: dt.date, tell: Tell) -> list[KnownAccount]:
    """Bring the demonstration to `today` and return its accounts. A second run of the same day finds all done."""
    data_dir.mkdir(parents=True, exist_ok=True)
    tell("La base et les styles…")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    memory = Memory.of(data_dir, today=today)
    if (memory.imported_on, memory.port) != (today.isoformat(), port):
        for agency in AGENCIES:
            tell(f"Les données\u00a0: {agency.name}…")
            bring_in(agency, data_dir=data_dir, port=port, memory=memory, today=today)
        memory = replace(memory, imported_on=today.isoformat(), port=port)
        memory.keep(data_dir)
    tell("Les lettres…")
    return receive_everybody(data_dir=data_dir, first_year=memory.first_year, today=today)


def bring_in(agency: DemoAgency, *, data_dir: Path, port: int, memory: Memory, today: dt.date) -> None:
    """Write the package of the day and import it as any agency would."""
    folder = data_dir / "paquets" / agency.slug
    stage = write_package(agency, folder=folder, port=port, today=today, first_year=memory.first_year)
    refuse_anything_refused(agency, import_package(folder, Options(slug=agency.slug, create_agency=True, today=today)))
    note_first_look(agency.slug, today=today)
    parcel = data_dir / "paquets" / f"{agency.slug}-documents"
    write_parcel(agency, stage, folder=parcel, today=today)
    refuse_anything_refused(agency, import_documents(parcel, PapersOptions(slug=agency.slug, today=today)))
    give_receipts(agency.slug, today=today)
    check_accounts(agency.slug, today=today)


def refuse_anything_refused(agency: DemoAgency, report: Report) -> None:
    if report.refused or not report.is_applied:
        reasons = "\n".join(f"{fault.file}, ligne {fault.line}\u00a0: {fault.reason}" for fault in report.refusals[:5])
        raise PackageNotTaken(f"Le paquet de {agency.name} est refusé\u00a0:\n{reasons}")
