"""A preview or an application, by a job: one at a time for an agency, told as cut short when it dies."""

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from parvis.exchange.actions.fec import FecOptions, import_fec
from parvis.exchange.actions.importing import Options, import_package
from parvis.exchange.actions.intakes.progress import Heart, is_dead
from parvis.exchange.actions.intakes.receiving import wake_worker
from parvis.exchange.actions.noticing import Changes
from parvis.exchange.actions.papers import PapersOptions, import_documents
from parvis.exchange.actions.refusals import PackageRefused, WrongUse
from parvis.exchange.actions.report import Report
from parvis.exchange.models import ImportRun, Intake
from parvis.kit.clock import database_now
from parvis.kit.storage import document_storage

Source, State, Step = ImportRun.Source, Intake.State, Intake.Step


def run(public_id: str) -> bool:
    """Do the step that waits; whether there was one. Another of the agency under way: it waits for the next minute."""
    intake = claimed(public_id)
    if intake is None:
        return False
    try:
        with tempfile.TemporaryDirectory() as folder, Heart(intake) as heart:
            path = local_copy(intake, Path(folder))
            changes = Changes()
            report = brought_in(intake, path, heart=heart, changes=changes)
        settle(intake, report=report, changes=changes)
    finally:
        running = Intake.objects.filter(pk=intake.pk, state=State.RUNNING)
        running.update(state=State.INTERRUPTED, ended_at=database_now())
    return True


def claimed(public_id: str) -> Intake | None:
    """The row, which nobody else runs; the database holds that an agency has one run at a time."""
    waiting = Intake.objects.filter(public_id=public_id, state=State.WAITING)
    try:
        with transaction.atomic():
            taken = waiting.update(state=State.RUNNING, started_at=database_now(), ended_at=None)
    except IntegrityError:
        return None
    return Intake.objects.select_related("agency").get(public_id=public_id) if taken else None


def local_copy(intake: Intake, folder: Path) -> Path:
    """The bytes under the name that they came with: that of a FEC says its exercise."""
    path = folder / intake.file_name
    with path.open("wb") as file:
        for chunk in document_storage().chunks(intake.storage_name):
            file.write(chunk)
    return path


def brought_in(intake: Intake, path: Path, *, heart: Heart, changes: Changes) -> Report:
    """What the import did, or would do."""
    dry_run = intake.step == Step.PREVIEW
    common: dict[str, Any] = {"slug": intake.agency.slug, "dry_run": dry_run, "progress": heart}
    common["intake_id"] = None if dry_run else intake.pk
    noted: dict[str, Any] = {"changes": changes if dry_run else None}
    try:
        if intake.source == Source.FEC:
            return import_fec(path, FecOptions(**common, **noted, **options_of_fec(intake)))
        if intake.source == Source.PAPERS:
            return import_documents(path, PapersOptions(**common))
        return import_package(path, Options(**common, **noted, prune=bool(intake.options.get("prune"))))
    except WrongUse as refusal:
        return refused(refusal.message)


def options_of_fec(intake: Intake) -> dict[str, Any]:
    """What was chosen on the page: the building of the books, the exercise."""
    chosen = intake.options
    begins_on, ends_on = chosen.get("begins_on"), chosen.get("ends_on")
    return {
        "building": chosen.get("building", ""),
        "begins_on": dt.date.fromisoformat(begins_on) if begins_on else None,
        "ends_on": dt.date.fromisoformat(ends_on) if ends_on else None,
        "accepts_siren": bool(chosen.get("accepts_siren")),
    }


def refused(reason: str) -> Report:
    report = Report()
    report.refuse_all(PackageRefused(reason))
    return report


def settle(intake: Intake, *, report: Report, changes: Changes) -> None:
    """Keep the preview. An application is settled by the import itself, but where it was refused before it began."""
    preview = preview_of(report, changes=changes)
    mine = Intake.objects.filter(pk=intake.pk, state=State.RUNNING)
    if intake.step == Step.APPLICATION:
        mine.update(step=Step.PREVIEW, state=State.DONE, preview=preview, ended_at=database_now())
        return
    mine.update(state=State.DONE, preview=preview, ended_at=database_now())
    if intake.user_id is None and may_be_applied_alone(report, changes):
        ask_to_apply(Intake.objects.get(pk=intake.pk))


def preview_of(report: Report, *, changes: Changes) -> dict[str, Any]:
    """A report as an intake keeps it."""
    return {
        **report.as_json(),
        **changes.as_json(),
        "is_applied": report.is_applied,
        "changes_nothing": report.changes_nothing,
        "notes": report.notes,
        "withheld_accounts": report.withheld_accounts,
    }


def may_be_applied_alone(report: Report, changes: Changes) -> bool:
    """A file of the folder that takes nothing away: one cut short, or of another year, waits for somebody."""
    return report.is_applied and not changes.removed


# What somebody asks


@transaction.atomic
def ask_to_apply(intake: Intake) -> bool:
    """« Appliquer »: what was previewed and not refused; whether it could be asked. Twice is once."""
    ready = Intake.objects.filter(pk=intake.pk, step=Step.PREVIEW, state=State.DONE, preview__is_applied=True)
    asked = ready.update(step=Step.APPLICATION, state=State.WAITING)
    if asked:
        wake_worker(intake)
    return bool(asked)


@transaction.atomic
def ask_again(intake: Intake, *, options: dict[str, Any] | None = None) -> bool:
    """« Recommencer »: from the preview, with other options or the same; not while it runs."""
    still = Intake.objects.filter(pk=intake.pk).exclude(state__in=(State.RECEIVING, State.RUNNING))
    chosen = intake.options if options is None else options
    started = {"step": Step.PREVIEW, "state": State.WAITING, "preview": None, "options": chosen, "run": None}
    asked = still.update(**started, started_at=None, ended_at=None)
    if asked:
        wake_worker(intake)
    return bool(asked)


@transaction.atomic
def give_up(intake: Intake) -> bool:
    """« Abandonner »: nothing is applied, the file is erased; not while it runs, nor once applied."""
    open_still = Intake.objects.open().filter(pk=intake.pk).exclude(state__in=(State.RECEIVING, State.RUNNING))
    left = open_still.update(state=State.GIVEN_UP, ended_at=database_now(), preview=None)
    if left:
        transaction.on_commit(lambda: document_storage().delete(intake.storage_name))
    return bool(left)


# What the clock does


def tend() -> int:
    """Every minute: tell the runs that died, wake what waits; return how many waited."""
    for intake in Intake.objects.filter(state=State.RUNNING).order_by("pk"):
        if is_dead(intake):
            dead = Intake.objects.filter(pk=intake.pk, state=State.RUNNING, started_at=intake.started_at)
            dead.update(state=State.INTERRUPTED, ended_at=database_now())
    waiting = list(Intake.objects.filter(state=State.WAITING).order_by("received_at", "pk"))
    return sum(run(intake.public_id) for intake in waiting)


KEPT = dt.timedelta(days=30)
ABANDONED_AFTER = dt.timedelta(hours=6)


def forget_old(*, now: dt.datetime) -> int:
    """Erase the files of a month ago and their previews, and uploads cut short; the reports stay. How many went."""
    old = Intake.objects.filter(received_at__lt=now - KEPT).exclude(state=State.RUNNING)
    cut = Intake.objects.filter(state=State.RECEIVING, received_at__lt=now - ABANDONED_AFTER)
    gone = [*old.order_by("pk"), *cut.order_by("pk")]
    for intake in gone:
        document_storage().delete(intake.storage_name)
        document_storage().delete(intake.progress_name)
        intake.delete()
    return len(gone)
