"""manage.py import_package: an agency's package comes in."""

import errno
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from parvis.exchange.actions import Fault, Options, Report, WrongUse, import_package, refusal_rows
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


class Command(BaseCommand):
    help = "Importe le paquet d’une agence (dossier ou ZIP). État de sortie : 0 appliqué, 1 refusé, 2 mauvais emploi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="dossier ou ZIP du paquet")
        parser.add_argument("--agency", required=True, help="code de l’agence")
        parser.add_argument("--dry-run", action="store_true", help="tout vérifier, ne rien écrire")
        parser.add_argument("--prune", action="store_true", help="clore ce que le paquet ne contient plus")
        parser.add_argument("--create-agency", action="store_true", help="créer l’agence, ou changer son portail")
        parser.add_argument("--report", type=Path, help="écrire le compte rendu dans ce fichier, en JSON")
        parser.add_argument("--refusals", type=Path, help="écrire les refus dans ce fichier, en CSV")

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature of Django's commands
        chosen = Options(
            slug=options["agency"],
            dry_run=options["dry_run"],
            prune=options["prune"],
            create_agency=options["create_agency"],
            progress=self.tell if options["verbosity"] else lambda _news: None,
        )
        refuse_unwritable(options["report"], options["refusals"])
        try:
            report = import_package(options["path"], chosen)
        except WrongUse as error:
            raise CommandError(error.message, returncode=WRONG_USE) from error
        self.show(report, dry_run=options["dry_run"])
        done = in_short(report, dry_run=options["dry_run"])
        self.write_files(report, json_file=options["report"], csv_file=options["refusals"], done=done)
        if not report.is_applied:
            raise SystemExit(REFUSED)

    def tell(self, news: str) -> None:
        self.stderr.write(typographic(f"… {news}"))

    def write_files(self, report: Report, *, json_file: Path | None, csv_file: Path | None, done: str) -> None:
        """What cannot be written now undoes nothing: it is told, and the exit status stays that of the import."""
        content = report.as_json()
        if json_file:
            self.write_file(json_file, json.dumps(content, ensure_ascii=False, indent=2) + "\n", done=done)
        if csv_file:
            self.write_file(csv_file, to_csv(refusal_rows(content["refusals"])), done=done)

    def write_file(self, file: Path, text: str, *, done: str) -> None:
        try:
            file.write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            told = f"{done}, mais le compte rendu n’a pas pu être écrit dans {file} : {in_french(error)}."
            self.stderr.write(typographic(told))

    def show(self, report: Report, *, dry_run: bool) -> None:
        """The report in sentences; the first refusals, the rest being in the files."""
        lines = [
            verdict(report, dry_run=dry_run),
            figures(report),
            *report.notes,
        ]
        lines += [f"  {sentence(fault)}" for fault in report.refusals[:SHOWN]]
        if len(report.refusals) > SHOWN:
            others = counted(len(report.refusals) - SHOWN, "autre", "autres")
            lines.append(f"  … et {others} : --refusals FICHIER écrit tout.")
        self.stdout.write("\n".join(typographic(line) for line in lines))


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


def verdict(report: Report, *, dry_run: bool) -> str:
    if not report.is_applied:
        return "Paquet refusé : rien n’a été changé."
    if dry_run:
        return "Répétition : rien n’a été changé, voici ce que ferait l’import."
    excepted = exceptions(report)
    if report.changes_nothing:
        then = f"{excepted}. Il" if excepted else " : il"
        return f"Paquet appliqué{then} ne change rien à ce que Parvis savait déjà."
    return f"Paquet appliqué{excepted}."


def exceptions(report: Report) -> str:
    """What waits for a correction: whole accounts before single rows."""
    if report.withheld_accounts:
        return f", {counted(report.withheld_accounts, 'compte retenu', 'comptes retenus')} : situation incomplète"
    return ", sauf ce qui est refusé" if report.refused else ""


def in_short(report: Report, *, dry_run: bool) -> str:
    if not report.is_applied:
        return "Paquet refusé"
    return "Répétition terminée" if dry_run else "Paquet appliqué"


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
