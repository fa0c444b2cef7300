"""Imports: what waits for a decision, the history; one file, its preview line by line; one report."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator

from parvis.exchange.actions.intakes.progress import is_dead, progress_of
from parvis.exchange.actions.noticing import CHANGED, CREATED, REMOVED
from parvis.exchange.models import FecAccount, FolderFile, ImportRun, Intake
from parvis.kit.money import format_whole
from parvis.people.models import Viewer
from parvis.web.ui.import_runs import WHAT, RunLine, figures_of

RUNS_SHOWN = 20
FOLDER_FILES_SHOWN = 5
LINES_SHOWN = 20
CHANGES_HEADER = ["fichier", "ligne", "clé", "changement", "colonne", "avant", "après"]
# What a command says, as the page offers it.
OF_COMMANDS = (
    ("relancez avec --prune, ou déclarez la période complète", "cochez « Clore ce que le paquet ne contient plus »"),
    ("relancez avec --prune pour clore ce qui manque", "cochez « Clore ce que le paquet ne contient plus »"),
    (" avec --prune", ""),
    ("Donnez-le par --from et --to", "Donnez ses dates plus bas"),
    ("--from et --to", "les dates de l’exercice, plus bas"),
    ("--accept-siren", "la case « Le SIREN de ces livres a changé », plus bas"),
    ("--building", "la référence de l’immeuble, plus bas"),
)


def for_pages(sentence: str) -> str:
    """A sentence of a report without the options of a command."""
    for told, shown in OF_COMMANDS:
        sentence = sentence.replace(told, shown)
    return sentence


@dataclass(frozen=True, slots=True)
class IntakeLine:
    """A file brought in, and where it stands."""

    intake: Intake

    @property
    def what(self) -> str:
        return WHAT[self.intake.source]

    @property
    def by(self) -> str:
        user = self.intake.user
        return str(user.staffmember) if user is not None and user.is_staff else "dossier de l’agence"

    @property
    def label(self) -> str:
        intake, states = self.intake, Intake.State
        if intake.state == states.INTERRUPTED or self.is_dead:
            return "Interrompu"
        if intake.state == states.DONE and intake.step == Intake.Step.PREVIEW:
            return "À décider" if (intake.preview or {}).get("is_applied") else "Refusé"
        if intake.state in (states.DONE, states.GIVEN_UP, states.RECEIVING):
            return {states.DONE: "Appliqué", states.GIVEN_UP: "Abandonné"}.get(states(intake.state), "Envoi en cours")
        return "Aperçu en cours" if intake.step == Intake.Step.PREVIEW else "Application en cours"

    @property
    def is_dead(self) -> bool:
        return self.intake.state == Intake.State.RUNNING and is_dead(self.intake)

    @property
    def tone(self) -> str:
        tones = {"Interrompu": "error", "Refusé": "error", "À décider": "warning", "Appliqué": "ok"}
        return tones.get(self.label, "accent" if self.is_under_way else "")

    @property
    def is_under_way(self) -> bool:
        return self.intake.state in (Intake.State.WAITING, Intake.State.RUNNING) and not self.is_dead

    @property
    def is_over(self) -> bool:
        return self.intake.state == Intake.State.GIVEN_UP


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportsPage:
    """`waiting` accounts of the books have no client yet; `folder` holds what was last seen in the agency's folder.

    `has_folder`: whether files are picked up at all.
    """

    open: list[IntakeLine]
    ranks: "Page[ImportRun]"
    runs: list[RunLine]
    waiting: int
    has_folder: bool
    folder: list[FolderFile]


def imports_page(viewer: Viewer, *, number: str) -> ImportsPage:
    intakes = Intake.objects.visible_to(viewer).open().select_related("user__staffmember")
    runs = ImportRun.objects.visible_to(viewer).defer("refusals", "notes", "tolerances")
    ranks = Paginator(runs, RUNS_SHOWN).get_page(number)
    accounts = FecAccount.objects.visible_to(viewer).filter(decision=FecAccount.Decision.WAITING)
    seen = FolderFile.objects.visible_to(viewer).select_related("intake").order_by("-seen_at", "-pk")
    return ImportsPage(
        open=[IntakeLine(intake) for intake in intakes],
        ranks=ranks,
        runs=[RunLine(run) for run in ranks],
        waiting=accounts.count(),
        has_folder=bool(settings.IMPORT_FOLDER),
        folder=list(seen[:FOLDER_FILES_SHOWN]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OfFile:
    """What changes in one file of the package: in all, and its first lines."""

    file: str
    counts: str
    changes: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakePage:
    """One file: how far it is, what it would change and what it would not, line by line."""

    line: IntakeLine
    news: str = ""
    verdict: str = ""
    figures: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    files: list[OfFile] = field(default_factory=list)
    refusals: list[dict[str, Any]] = field(default_factory=list)
    refused: int = 0
    run: RunLine | None = None
    may_apply: bool = False

    @property
    def intake(self) -> Intake:
        return self.line.intake

    @property
    def has_preview(self) -> bool:
        return bool(self.verdict)

    @property
    def waits_for_clients(self) -> bool:
        return self.run is not None and bool(self.run.run.waiting)


def intake_page(intake: Intake) -> IntakePage:
    line = IntakeLine(intake)
    if line.is_under_way:
        progress = progress_of(intake)
        return IntakePage(line=line, news=progress.news if progress else "En attente du travail précédent")
    if intake.run is not None:
        return IntakePage(line=line, run=RunLine(intake.run), **told_of_run(intake.run))
    if intake.preview is None:
        return IntakePage(line=line)
    return previewed(line, intake.preview)


def previewed(line: IntakeLine, preview: dict[str, Any]) -> IntakePage:
    is_applied = preview["is_applied"]
    return IntakePage(
        line=line,
        verdict=verdict_of(preview),
        figures=figures_of(preview, source=line.intake.source),
        notes=[for_pages(note) for note in preview["notes"]],
        files=[of_file(preview, file) for file in preview["counts"]],
        refusals=[shown(fault) for fault in preview["refusals"][:LINES_SHOWN]],
        refused=preview["refused"],
        may_apply=is_applied and line.intake.state == Intake.State.DONE,
    )


def verdict_of(preview: dict[str, Any]) -> str:
    """The preview in one sentence."""
    if not preview["is_applied"]:
        return "Ce fichier est refusé\u00a0: rien ne peut être appliqué."
    if preview["changes_nothing"]:
        return nothing_but(waiting=preview.get("waiting", 0), refused=preview["refused"])
    if preview["withheld_accounts"]:
        told = agreed(preview["withheld_accounts"], "compte sera", "comptes seront")
        return f"Rien n’est encore changé. {told} en situation incomplète."
    return "Rien n’est encore changé. Voici ce que ferait l’import."


def nothing_but(*, waiting: int, refused: int) -> str:
    """Why a file that brings lines changes nothing."""
    if waiting:
        told = agreed(waiting, "ligne attendra", "lignes attendront")
        return f"Rien n’est encore changé. {told} qu’un client soit donné à {'leur' if waiting > 1 else 'son'} compte."
    if refused:
        told = agreed(refused, "ligne est refusée", "lignes sont refusées")
        return f"Rien ne changerait\u00a0: {told}."
    return "Ce fichier ne change rien à ce que Parvis savait déjà."


def agreed(number: int, one: str, several: str) -> str:
    """« 1 ligne », « 1 204 lignes »."""
    return f"{format_whole(number)} {several if number > 1 else one}"


def of_file(preview: dict[str, Any], file: str) -> OfFile:
    counts = preview["counts"][file]
    told = [counted(counts[what], what) for what in (CREATED, CHANGED, REMOVED) if what in counts]
    changes = [change for change in preview["changes"] if change["file"] == file]
    return OfFile(file=file, counts=", ".join(told), changes=changes[:LINES_SHOWN])


def counted(number: int, what: str) -> str:
    """« 3 créées »."""
    return f"{format_whole(number)} {what}{'s' if number > 1 else ''}"


def shown(fault: dict[str, Any]) -> dict[str, Any]:
    return {**fault, "reason": for_pages(fault["reason"])}


def told_of_run(run: ImportRun) -> dict[str, Any]:
    return {
        "figures": figures_of(vars(run), source=run.source),
        "notes": [for_pages(note) for note in run.notes],
        "refusals": [shown(fault) for fault in run.refusals[:LINES_SHOWN]],
        "refused": run.refused,
    }


def change_rows(preview: dict[str, Any]) -> Iterator[list[str]]:
    """What would change, as rows of a CSV: the first of each file."""
    yield CHANGES_HEADER
    for change in preview["changes"]:
        names = ("file", "line", "key", "what", "column", "before", "after")
        yield [str(change[name] or "") for name in names]
