"""One import, from the package to its report: everything is read and checked first, then applied at once."""

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from parvis.agencies.models import Agency
from parvis.exchange.actions import checks, ledger, passwords
from parvis.exchange.actions.agency import (
    Values,
    apply_agency,
    complete_period,
    find_agency,
    refuse_other_agency,
    refuse_wrong_hours,
)
from parvis.exchange.actions.applying import Application
from parvis.exchange.actions.figures import counted
from parvis.exchange.actions.loading import Loader, Progress
from parvis.exchange.actions.noticing import Changes
from parvis.exchange.actions.outcomes import settle_intake
from parvis.exchange.actions.packages import Package, open_package
from parvis.exchange.actions.refusals import AccountsToWithhold, Fault, ImportUnderWay, PackageRefused
from parvis.exchange.actions.report import LISTED, WITHHELD_REASON, Report
from parvis.exchange.actions.staging import Staging, open_staging
from parvis.exchange.actions.targets import LEDGER, TARGETS
from parvis.exchange.models import ImportRun
from parvis.exchange.rules.visible import shown
from parvis.journal.actions import record
from parvis.kit.days import paris_day
from parvis.ledger.actions.differences import note_differences
from parvis.people.actions.profile_changes import settle
from parvis.property.actions import index_agency


class RehearsalOver(Exception):
    """Raised at the end of a rehearsal, so that everything is undone."""


def say_nothing(_news: str) -> None:
    """The progress of an import that nobody watches."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Options:
    """`today` is the day in Paris, after which nothing is booked.

    `changes` takes down what is written, line by line, for who rehearses; `intake_id` is the file brought in, settled
    with what it applies.
    """

    slug: str
    dry_run: bool = False
    prune: bool = False
    create_agency: bool = False
    today: dt.date = dataclasses.field(default_factory=lambda: paris_day(timezone.now()))
    progress: Progress = say_nothing
    changes: Changes | None = None
    intake_id: int | None = None


def import_package(path: Path, options: Options) -> Report:
    """Bring an agency's package in: all of it, but for the accounts that a faulty row withholds, or nothing.

    For whoever may run commands on the server. Raises `WrongUse` when there is no such path or agency; any
    other refusal is in the report, whose `is_applied` is false. Run again it changes nothing; killed at any
    moment it leaves nothing behind.
    """
    find_agency(options.slug, create=options.create_agency)
    importer = Importer(path=path, options=options, staging=open_staging())
    try:
        importer.run()
    except PackageRefused as refusal:
        importer.report.refuse_all(refusal)
        importer.keep_refusal()
    finally:
        importer.staging.drop_all()
    return importer.report


@dataclasses.dataclass(kw_only=True)
class Importer:
    path: Path
    options: Options
    staging: Staging
    report: Report = dataclasses.field(default_factory=Report)
    started_at: dt.datetime = dataclasses.field(default_factory=timezone.now)
    digest: str = ""

    def run(self) -> None:
        with open_package(self.path) as package:
            loader = Loader(
                package=package, staging=self.staging, today=self.options.today, progress=self.options.progress
            )
            try:
                values = self.read(package, loader)
            finally:
                self.report.read, self.report.refusals = loader.loaded.read, loader.loaded.faults
        self.options.progress("vérifications")
        checks.prepare(self.staging, loader.loaded)
        checks.check_files(self.staging)
        agency = Agency.objects.filter(slug=self.options.slug).first()
        passwords.wrap_passwords(self.staging, agency=agency, progress=self.options.progress)
        self.apply_what_is_whole(values, loader)

    def read(self, package: Package, loader: Loader) -> Values:
        values = loader.read_agency()
        agency = Agency.objects.filter(slug=self.options.slug).first()
        refuse_other_agency(values, slug=self.options.slug, agency=agency, create=self.options.create_agency)
        refuse_wrong_hours(values)
        self.digest = digest_of(package)
        loader.load_all(situation_on=values["data_as_of"] or "")
        return values

    def apply_what_is_whole(self, values: Values, loader: Loader) -> None:
        """Apply in one transaction; when an account proves wrong on the way, undo, withhold it, and do it again."""
        while True:
            try:
                self.apply(values, loader)
            except ledger.EntriesGivenTwice as error:
                found = checks.duplicate_entries(self.staging)
                if not found:
                    raise refused_by_database() from error
                checks.withhold(self.staging, found)
            except AccountsToWithhold as error:
                checks.withhold(self.staging, error.faults)
            else:
                return

    def apply(self, values: Values, loader: Loader) -> None:
        try:
            with all_or_nothing(self.staging, slug=self.options.slug):
                self.report = self.applied(values, loader)
                if self.options.dry_run:
                    raise RehearsalOver
        except RehearsalOver:
            return

    def applied(self, values: Values, loader: Loader) -> Report:
        """Write everything, verify the balances, keep the report in the database."""
        report = Report(is_applied=True, read=loader.loaded.read)
        if self.options.changes is not None:
            self.options.changes.clear()
        agency = apply_agency(
            values,
            agency=Agency.objects.filter(slug=self.options.slug).first(),
            create=self.options.create_agency,
            given=loader.loaded.given["agency"],
            report=report,
        )
        application = Application(
            staging=self.staging,
            agency=agency,
            given=loader.loaded.given,
            report=report,
            today=self.options.today,
            prune=self.options.prune,
            progress=self.options.progress,
            changes=self.options.changes,
        )
        checks.refuse_held_elsewhere(self.staging, agency=agency)
        self.apply_tables(application, values)
        settle(agency=agency)
        index_agency(agency=agency)
        ledger.refuse_wrong_balances(application)
        tell_differences(application)
        self.count_refusals(report)
        self.keep(report, agency=agency)
        return report

    def apply_tables(self, application: Application, values: Values) -> None:
        for name, target in TARGETS.items():
            if name == LEDGER[0]:
                ledger.apply_ledger(application, complete_period=complete_period(values))
            elif name == ledger.CALL_PARTS.name and name in application.given:
                ledger.apply_call_parts(application)
            elif name not in LEDGER and name in application.given:
                application.apply(target)
            if name == "clients":
                written = passwords.write_passwords(self.staging, agency=application.agency)
                application.report.changed_beside += written
                if written:
                    told = counted(written, "mot de passe de l’ancien portail est repris", PASSWORDS)
                    application.report.note(f"{told}.")

    def count_refusals(self, report: Report) -> None:
        report.refused = self.staging.number("SELECT COUNT(*) FROM (SELECT DISTINCT file, line FROM stage_fault) f")
        found = self.staging.rows(
            "SELECT file, line, place, value, reason FROM stage_fault "
            f"ORDER BY CASE WHEN reason LIKE %s THEN 1 ELSE 0 END, file, line LIMIT {LISTED}",
            [f"{WITHHELD_REASON}%"],
        )
        report.refusals = [
            Fault(file=file, line=line, column=column, value=shown(value or ""), reason=reason)
            for file, line, column, value, reason in found
        ]

    def keep(self, report: Report, *, agency: Agency) -> None:
        """Write the run and journal it; called last in the transaction."""
        run = ImportRun.objects.create(
            agency=agency,
            state=ImportRun.State.APPLIED if report.is_applied else ImportRun.State.REFUSED,
            digest=self.digest,
            started_at=self.started_at,
            ended_at=timezone.now(),
            notes=report.notes,
            **report.as_json(),
        )
        settle_intake(self.options.intake_id, run=run)
        record(agency_id=agency.pk, verb=f"package_{run.state}", subject=("import", run.public_id))

    def keep_refusal(self) -> None:
        """A refused package leaves its trace, where there is an agency to keep it."""
        agency = Agency.objects.filter(slug=self.options.slug).first()
        if agency and not self.options.dry_run:
            try:
                with transaction.atomic():
                    self.keep(self.report, agency=agency)
            except OperationalError:
                self.report.note("Le refus n’a pas pu être noté : la base était occupée.")


def tell_differences(application: Application) -> None:
    """Calls whose amount is not what their parts explain: the client is told so on their page, and the agency here."""
    application.progress("appels expliqués")
    found = note_differences(agency=application.agency)
    if found:
        told = counted(found, "appel diffère de son détail", "appels diffèrent de leur détail")
        application.report.note(f"{told} : voir la page « Écarts » de l’agence.")


PASSWORDS = "mots de passe de l’ancien portail sont repris"


@contextmanager
def all_or_nothing(staging: Staging, *, slug: str) -> Iterator[None]:
    """One transaction, alone in the agency: whatever is refused inside undoes it, were it found at the end.

    Raises `ImportUnderWay` when something else comes in; `PackageRefused` when the database refuses a row.
    """
    try:
        with transaction.atomic():
            staging.lock(slug)
            yield
    except IntegrityError as error:
        raise refused_by_database() from error
    except OperationalError as error:
        if "locked" in str(error):
            raise ImportUnderWay from error
        raise


def refused_by_database() -> PackageRefused:
    return PackageRefused(
        "La base refuse une ligne qui contredit une autre (même clé, ou dates inversées). Rien n’a été appliqué : "
        "cherchez les lignes changées depuis le dernier import."
    )


def digest_of(package: Package) -> str:
    """SHA-256 of the files, in the order of their names."""
    digest = hashlib.sha256()
    for name in sorted(package.files):
        digest.update(name.encode())
        for chunk in package.chunks(name):
            digest.update(chunk)
    return digest.hexdigest()
