"""What the commands that import have in common: their words, their files, their exit status."""

import errno
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from parvis.exchange.actions import Fault, Report, refusal_rows
from parvis.exchange.actions.figures import counted
from parvis.kit.spreadsheets import to_csv
from parvis.kit.typography import typographic

APPLIED, REFUSED, WRONG_USE = 0, 1, 2
SHOWN = 20
SYSTEM_WORDS = {
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "le quota du disque est atteint",
    errno.EACCES: "le droit d’écrire manque",
    errno.EPERM: "le droit d’écrire manque",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENAMETOOLONG: "le nom est trop long",
}


class ImportCommand(BaseCommand):
    """`noun` is what comes in, as sentences begin with it."""

    noun = ""

    def tell(self, news: str) -> None:
        self.stderr.write(typographic(f"… {news}"))

    def write_report(self, report: Report, *, json_file: Path | None, dry_run: bool) -> None:
        if json_file:
            text = json.dumps(report.as_json(), ensure_ascii=False, indent=2) + "\n"
            self.write_file(json_file, text, report=report, dry_run=dry_run)

    def write_table(self, rows: Iterable[Sequence[str]], *, file: Path | None, report: Report, dry_run: bool) -> None:
        if file:
            self.write_file(file, to_csv(rows), report=report, dry_run=dry_run)

    def write_refusals(self, report: Report, *, file: Path | None, dry_run: bool) -> None:
        self.write_table(refusal_rows(report.as_json()["refusals"]), file=file, report=report, dry_run=dry_run)

    def write_file(self, file: Path, text: str, *, report: Report, dry_run: bool) -> None:
        """What cannot be written now undoes nothing: it is told, and the exit status stays that of the import."""
        try:
            file.write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            done = self.in_short(report, dry_run=dry_run)
            told = f"{done}, mais le compte rendu n’a pas pu être écrit dans {file} : {in_french(error)}."
            self.stderr.write(typographic(told))

    def show(self, report: Report, *, dry_run: bool) -> None:
        """The report in sentences; the first refusals, the rest being in the files."""
        lines = [
            self.verdict(report, dry_run=dry_run),
            figures(report),
            *report.notes,
        ]
        lines += [f"  {sentence(fault)}" for fault in report.refusals[:SHOWN]]
        if len(report.refusals) > SHOWN:
            others = counted(len(report.refusals) - SHOWN, "autre", "autres")
            lines.append(f"  … et {others} : --refusals FICHIER écrit tout.")
        self.stdout.write("\n".join(typographic(line) for line in lines))

    def verdict(self, report: Report, *, dry_run: bool) -> str:
        if not report.is_applied:
            return f"{self.noun} refusé : rien n’a été changé."
        if dry_run:
            return "Répétition : rien n’a été changé, voici ce que ferait l’import."
        excepted = exceptions(report)
        if report.changes_nothing:
            then = f"{excepted}. Il" if excepted else " : il"
            return f"{self.noun} appliqué{then} ne change rien à ce que Parvis savait déjà."
        return f"{self.noun} appliqué{excepted}."

    def in_short(self, report: Report, *, dry_run: bool) -> str:
        if not report.is_applied:
            return f"{self.noun} refusé"
        return "Répétition terminée" if dry_run else f"{self.noun} appliqué"


def figures(report: Report) -> str:
    parts = [
        counted(report.created, "créée", "créées"),
        counted(report.changed, "modifiée", "modifiées"),
        counted(report.unchanged, "inchangée", "inchangées"),
        counted(report.refused, "refusée", "refusées"),
    ]
    return f"{counted(report.read, 'ligne lue', 'lignes lues')} : {', '.join(parts)}."


def sentence(fault: Fault) -> str:
    """« entries.csv, ligne 8, colonne debit (« 1.2 ») : … »."""
    parts = [fault.file, f"ligne {fault.line}" if fault.line else "", f"colonne {fault.column}" if fault.column else ""]
    place = ", ".join(part for part in parts if part)
    value = f" (« {fault.value} »)" if fault.value else ""
    return f"{place}{value} : {fault.reason}" if place else fault.reason


def exceptions(report: Report) -> str:
    """What waits for a correction: whole accounts before single rows."""
    if report.withheld_accounts:
        return f", {counted(report.withheld_accounts, 'compte retenu', 'comptes retenus')} : situation incomplète"
    return ", sauf ce qui est refusé" if report.refused else ""


def refuse_unwritable(*files: Path | None) -> None:
    """Better now than after an hour of work: each file is opened, and left as it was."""
    for file in filter(None, files):
        reason = why_unwritable(file)
        if reason:
            raise CommandError(typographic(reason), returncode=WRONG_USE)


def why_unwritable(file: Path) -> str:
    """Why nothing can be written there, or nothing."""
    try:
        if file.is_dir():
            return f"{file} est un dossier : donnez le nom d’un fichier."
        if not file.absolute().parent.is_dir():
            return f"Le dossier de {file} n’existe pas : créez-le, ou donnez un autre fichier."
        is_new = not file.exists()
        file.open("ab").close()
        if is_new:
            file.unlink()
    except OSError as error:
        return f"Rien ne peut être écrit dans {file} ({in_french(error)}) : donnez un autre fichier."
    return ""


def in_french(error: OSError) -> str:
    return SYSTEM_WORDS.get(error.errno or 0, f"erreur {error.errno} du système")
