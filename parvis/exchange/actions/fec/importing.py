"""One FEC, from the file to its report: everything is read first, then applied at once."""

import dataclasses
import datetime as dt
import hashlib
from pathlib import Path

from django.db import OperationalError, transaction
from django.utils import timezone

from parvis.agencies.models import Agency
from parvis.exchange.actions import ledger
from parvis.exchange.actions.agency import find_agency
from parvis.exchange.actions.fec import accounts, entries, exercises, openings
from parvis.exchange.actions.fec.loading import AccountKey, FecLoader
from parvis.exchange.actions.fec.mapping import apply_mapping, mapping_rows, read_mapping
from parvis.exchange.actions.fec.options import FecOptions
from parvis.exchange.actions.fec.report import FecReport
from parvis.exchange.actions.fec.telling import count_lines, list_refusals, tell
from parvis.exchange.actions.importing import RehearsalOver, all_or_nothing
from parvis.exchange.actions.noticing import CHANGED, note_lines
from parvis.exchange.actions.outcomes import settle_intake
from parvis.exchange.actions.packages import refuse_too_large
from parvis.exchange.actions.refusals import PackageRefused, WrongUse
from parvis.exchange.actions.staging import Staging, open_staging
from parvis.exchange.models import FecAccount, ImportRun
from parvis.exchange.rules.books import proposed_kind
from parvis.exchange.rules.fec import FecReader, FecRefused, read_fec
from parvis.journal.actions import record
from parvis.ledger.models import Book
from parvis.property.models import Building


def import_fec(path: Path, options: FecOptions) -> FecReport:
    """Bring a FEC in: its lines replace the exercise they hold, on the accounts whose client is known.

    For whoever may run commands on the server. Raises `WrongUse` when there is no such file, agency or building; any
    other refusal is in the report, whose `is_applied` is false. Run again it changes nothing; killed at any moment
    it leaves nothing behind.
    """
    find_agency(options.slug, create=False)
    agency = Agency.objects.get(slug=options.slug)
    if not path.is_file():
        raise WrongUse(f"Le fichier {path} n’existe pas : donnez un FEC.")
    building = exercises.find_building(agency, options.building)
    importer = FecImporter(path=path, options=options, agency=agency, building=building, staging=open_staging())
    try:
        importer.run()
    except PackageRefused as refusal:
        importer.report.refuse_all(refusal)
        importer.keep_refusal()
    finally:
        importer.staging.drop_all()
    return importer.report


@dataclasses.dataclass(kw_only=True)
class FecImporter:
    path: Path
    options: FecOptions
    agency: Agency
    building: Building | None
    staging: Staging
    report: FecReport = dataclasses.field(default_factory=FecReport)
    started_at: dt.datetime = dataclasses.field(default_factory=timezone.now)
    digest: str = ""

    def run(self) -> None:
        refuse_too_large(self.path.name, self.path.stat().st_size)
        decided = read_mapping(self.options.mapping) if self.options.mapping else []
        with self.path.open("rb") as stream:
            self.digest = digest_of(self.path)
            try:
                reader = read_fec(stream, name=self.path.name)
                loader = self.load(reader, keeps_all=bool(decided))
            except FecRefused as refusal:
                problem = refusal.problem
                raise PackageRefused(
                    problem.reason,
                    file=self.path.name,
                    line=problem.line,
                    column=problem.column,
                    value=problem.value,
                ) from refusal
        if loader.has_twins:
            entries.number_twins(self.staging)
        self.options.progress("application")
        try:
            self.apply(loader, decided)
        except ledger.EntriesGivenTwice:
            entries.number_twins(self.staging)
            self.apply(loader, decided)

    def load(self, reader: FecReader, *, keeps_all: bool) -> FecLoader:
        book = exercises.find_book(self.agency, self.building)
        loader = FecLoader(
            reader=reader,
            name=self.path.name,
            staging=self.staging,
            period=exercises.period_of(self.options, reader.layout),
            today=self.options.today,
            opening_journals=exercises.opening_codes(self.options, book),
            wanted=wanted_accounts(book),
            keeps_all=keeps_all,
            progress=self.options.progress,
        )
        try:
            loader.load()
        finally:
            self.report.read, self.report.refusals = reader.read, loader.faults
            self.report.tolerances = list(reader.tolerances)
        refuse_empty(loader)
        return loader

    def apply(self, loader: FecLoader, decided: list[dict[str, str]]) -> None:
        try:
            with all_or_nothing(self.staging, slug=self.options.slug):
                self.report = self.applied(loader, decided)
                if self.options.dry_run:
                    raise RehearsalOver
        except RehearsalOver:
            return

    def applied(self, loader: FecLoader, decided: list[dict[str, str]]) -> FecReport:
        """Decide whose the accounts are, write their lines, verify the balances, keep the report."""
        report = FecReport(is_applied=True, read=loader.reader.read, tolerances=list(loader.reader.tolerances))
        book = exercises.lock_book(self.agency, self.building)
        exercises.keep_settings(book, options=self.options, layout=loader.reader.layout)
        self.settle_accounts(book, loader, decided, report=report)
        replaced = exercises.open_exercise(
            book,
            period=loader.period,
            openings=loader.openings,
            last_entry_on=loader.last_entry_on or loader.period.begins_on,
            file=self.path.name,
        )
        entries.find_targets(self.staging, book=book)
        refuse_late_decisions(self.staging, file=self.path.name)
        entries.link(self.staging, replaced=replaced)
        written = self.write(replaced)
        entries.keep_faults(self.staging, replaced=replaced)
        counting = self.balance(book, report=report)
        count_lines(self.staging, report=report, written=written, loader=loader)
        list_refusals(self.staging, report=report, faults=loader.faults, file=self.path.name)
        tell(self.staging, book=book, report=report, replaced=replaced, counting=counting)
        if self.options.tells_mapping:
            report.mapping = mapping_rows(book)
        self.keep(report)
        return report

    def write(self, replaced: exercises.Replaced) -> entries.Written:
        """Write the lines; who rehearses is told which."""
        changes = self.options.changes
        if changes is not None:
            changes.clear()
            note_lines(changes, self.staging, file=self.path.name)
        written = entries.write(self.staging, replaced=replaced)
        if changes is not None:
            changes.count(self.path.name, CHANGED, written.changed)
        return written

    def settle_accounts(
        self, book: Book, loader: FecLoader, decided: list[dict[str, str]], *, report: FecReport
    ) -> None:
        staging = self.staging
        accounts.register_new(staging, book=book)
        accounts.propose_clients(book)
        report.changed_beside += apply_mapping(decided, book=book)
        accounts.attach_to_known(staging, book=book)
        accounts.held_by_package(staging, book=book)
        accounts.open_accounts(staging, book=book, as_of=loader.last_entry_on or loader.period.begins_on)

    def balance(self, book: Book, *, report: FecReport) -> openings.Counting:
        self.options.progress("soldes")
        counting = openings.count_openings(self.staging, book=book)
        openings.find_unequal(self.staging, book=book, counting=counting)
        report.changed_beside += openings.mark_incomplete(self.staging, book=book)
        openings.date_accounts(self.staging, book=book)
        ledger.compute_balances(self)
        ledger.refuse_wrong_balances(self)
        return counting

    def keep(self, report: FecReport) -> None:
        """Write the run and journal it; called last in the transaction."""
        figures = report.as_json()
        run = ImportRun.objects.create(
            agency=self.agency,
            source=ImportRun.Source.FEC,
            file_name=self.path.name[-120:],
            state=ImportRun.State.APPLIED if report.is_applied else ImportRun.State.REFUSED,
            digest=self.digest,
            started_at=self.started_at,
            ended_at=timezone.now(),
            notes=report.notes,
            **figures,
        )
        settle_intake(self.options.intake_id, run=run)
        record(agency_id=self.agency.pk, verb=f"fec_{run.state}", subject=("import", run.public_id))

    def keep_refusal(self) -> None:
        """A refused FEC leaves its trace."""
        if self.options.dry_run:
            return
        try:
            with transaction.atomic():
                self.keep(self.report)
        except OperationalError:
            self.report.note("Le refus n’a pas pu être noté : la base était occupée.")


def wanted_accounts(book: Book | None) -> set[AccountKey]:
    """The confirmed accounts whose number is not that of a third party: their lines are kept too."""
    if book is None:
        return set()
    confirmed = FecAccount.objects.filter(book=book, decision=FecAccount.Decision.CONFIRMED).order_by()
    keys = confirmed.values_list("number", "auxiliary").iterator()
    return {(number, auxiliary) for number, auxiliary in keys if not proposed_kind(number)}


def refuse_empty(loader: FecLoader) -> None:
    """A file without lines would empty the exercise it names."""
    begins_on, ends_on = loader.period
    if loader.last_entry_on is None or loader.last_entry_on < begins_on:
        raise PackageRefused(
            f"Aucune écriture entre le {begins_on:%d/%m/%Y} et le {ends_on:%d/%m/%Y} : est-ce le bon exercice ? "
            "Donnez-le par --from et --to.",
            file=loader.name,
        )


def refuse_late_decisions(staging: Staging, *, file: str) -> None:
    """Somebody has confirmed, while the file was read, an account whose lines were passed over."""
    if staging.rows("SELECT 1 FROM stage_target WHERE decision = 'confirmed' AND NOT is_staged LIMIT 1"):
        raise PackageRefused(
            "Un compte a été rattaché pendant la lecture du fichier. Rien n’a été changé : recommencez.", file=file
        )


def digest_of(path: Path) -> str:
    """SHA-256 of the file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
