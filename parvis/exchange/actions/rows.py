"""A few rows sent by a program of the agency: the tables, the checks and the writing of a package, all or nothing."""

import dataclasses
import io
import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.db import transaction
from django.utils import timezone

from parvis.agencies.models import Agency
from parvis.exchange.actions import checks, ledger, passwords
from parvis.exchange.actions.agency import PERIOD
from parvis.exchange.actions.applying import Application
from parvis.exchange.actions.importing import Importer, Options, all_or_nothing, say_nothing
from parvis.exchange.actions.loading import Loader
from parvis.exchange.actions.packages import Package
from parvis.exchange.actions.refusals import AccountsToWithhold, Fault, ImportUnderWay, PackageRefused
from parvis.exchange.actions.report import Report
from parvis.exchange.actions.staging import Staging, open_staging
from parvis.exchange.actions.targets import LEDGER
from parvis.exchange.models import ApiKey
from parvis.exchange.rules.rows import csv_chunks
from parvis.exchange.rules.tables import load_table
from parvis.journal.actions import record
from parvis.kit.days import paris_day
from parvis.kit.refusals import Refusal
from parvis.people.actions.profile_changes import settle
from parvis.property.actions import index_clients

Cells = Mapping[str, str]
FIRST_LINE = 2  # under the header
NAMES = frozenset({"last_name", "company_name"})  # a client has one of them


@dataclasses.dataclass(frozen=True, kw_only=True)
class RowFault:
    """What is wrong with one row of what was sent: `row` counts from 0; None speaks of the whole table."""

    table: str
    row: int | None
    column: str
    reason: str


class RowsRefused(Refusal):
    message = "Rien n’a été changé : corrigez les lignes refusées, puis renvoyez tout."

    def __init__(self, faults: Sequence[RowFault]) -> None:
        super().__init__()
        self.faults = list(faults)


class SentRows(Package):
    """Rows in memory, under the names that the files of a package have."""

    def __init__(self, tables: Mapping[str, Sequence[Cells]]) -> None:
        self.files = {f"{name}.csv": Path(name) for name, rows in tables.items() if rows}
        self.contents = {f"{name}.csv": as_csv(rows) for name, rows in tables.items()}
        self.lines = {f"{name}.csv": lines_of(rows) for name, rows in tables.items()}
        self.archive = None

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        yield io.BytesIO(self.contents[name])

    def row_of(self, fault: Fault) -> RowFault:
        """The fault as the sender knows it: by the rank of the row."""
        row = self.lines.get(fault.file, {}).get(fault.line)
        return RowFault(table=fault.file.removesuffix(".csv"), row=row, column=fault.column, reason=fault.reason)


def as_csv(rows: Sequence[Cells]) -> bytes:
    """The rows of a table, which all give the same columns."""
    header = list(rows[0]) if rows else []
    return b"".join(csv_chunks(header, ([row[name] for name in header] for row in rows)))


def lines_of(rows: Sequence[Cells]) -> dict[int, int]:
    """Line of the file -> rank of its row; a text of several lines takes as many."""
    heights = (1 + sum(cell.count("\n") for cell in row.values()) for row in rows)
    starts = itertools.accumulate(heights, initial=FIRST_LINE)
    return {line: rank for rank, line in enumerate(itertools.islice(starts, len(rows)))}


def upsert_rows(*, key: ApiKey, tables: Mapping[str, Sequence[Cells]]) -> Report:
    """Write rows of the tables of a package: new ones are made, known ones say this from now on, others stay.

    All rows of a table give the same columns, as one file does. Raises `RowsRefused` when any row is faulty, and
    nothing is written; `ImportUnderWay` when a package of the agency is coming in.
    """
    sent, staging = SentRows(tables), open_staging()
    try:
        return apply_sent(sent, staging=staging, key=key)
    except PackageRefused as refusal:
        if isinstance(refusal, ImportUnderWay):
            raise
        raise RowsRefused([sent.row_of(refusal.fault)]) from refusal
    finally:
        staging.drop_all()


def apply_sent(sent: SentRows, *, staging: Staging, key: ApiKey) -> Report:
    """One transaction: it is undone by the first refusal, were it found at the end."""
    try:
        with all_or_nothing(staging, slug=key.agency.slug):
            report = SentImport(sent=sent, staging=staging, agency=key.agency).run()
            tables = "-".join(sorted(name.removesuffix(".csv") for name in sent.files))
            by = ("api-key", key.public_id)
            record(agency_id=key.agency_id, verb=f"api.{tables}-received"[:60], actor=by, subject=by)
    except AccountsToWithhold as error:
        raise RowsRefused([sent.row_of(fault) for _account, fault in error.faults]) from error
    return report


@dataclasses.dataclass(kw_only=True)
class SentImport:
    sent: SentRows
    staging: Staging
    agency: Agency

    def run(self) -> Report:
        loader = self.load()
        self.refuse_faults()
        report = Report(is_applied=True, read=loader.loaded.read)
        given = {name: frozenset(load_table(name).column_names) for name in LEDGER} | loader.loaded.given
        application = Application(
            staging=self.staging,
            agency=self.agency,
            given=given,
            report=report,
            today=loader.today,
            progress=say_nothing,
            is_whole=False,
        )
        self.write(application)
        self.refuse_faults()
        return report

    def load(self) -> Loader:
        today = paris_day(timezone.now())
        loader = Loader(package=self.sent, staging=self.staging, today=today, progress=say_nothing)
        loader.load_all(situation_on=today.isoformat())
        self.keep_names(given=loader.loaded.given.get("clients", frozenset()))
        checks.prepare(self.staging, loader.loaded)
        checks.check_files(self.staging)
        passwords.wrap_passwords(self.staging, agency=self.agency, progress=say_nothing)
        return loader

    def keep_names(self, *, given: Collection[str]) -> None:
        """A known client keeps the name that is not given: the checks read it with the rest of the row."""
        for name in NAMES - set(given):
            self.staging.run(
                f"UPDATE stage_clients SET {name} = COALESCE((SELECT c.{name} FROM people_client c "
                "WHERE c.agency_id = %s AND c.reference_key = stage_clients.reference_key), '')",
                [self.agency.pk],
            )

    def write(self, application: Application) -> None:
        """What an import does once its agency is known."""
        checks.refuse_held_elsewhere(self.staging, agency=self.agency)
        importer = Importer(path=Path(), options=Options(slug=self.agency.slug), staging=self.staging)
        self.given_twice(lambda: importer.apply_tables(application, dict.fromkeys(PERIOD)))
        if "clients" in application.given:
            settle(agency=self.agency)
            index_clients(clients=self.sent_clients())
        ledger.refuse_wrong_balances(application, among=ledger.concerned(application))

    def sent_clients(self) -> list[int]:
        query = "SELECT id FROM people_client WHERE agency_id = %s AND reference_key IN "
        found = self.staging.rows(f"{query} (SELECT reference_key FROM stage_clients)", [self.agency.pk])
        return [pk for (pk,) in found]

    def given_twice(self, apply: Callable[[], None]) -> None:
        """An entry given twice is found by an index, which undoes what it is in."""
        try:
            with transaction.atomic():
                apply()
        except ledger.EntriesGivenTwice as error:
            raise AccountsToWithhold(checks.duplicate_entries(self.staging)) from error

    def refuse_faults(self) -> None:
        found = self.staging.rows("SELECT file, line, place, value, reason FROM stage_fault ORDER BY file, line, place")
        if found:
            faults = [
                Fault(file=file, line=line, column=column, value=value or "", reason=reason)
                for file, line, column, value, reason in found
            ]
            raise RowsRefused([self.sent.row_of(fault) for fault in faults])
