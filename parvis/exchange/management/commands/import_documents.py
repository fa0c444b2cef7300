"""manage.py import_documents: an agency's documents come in."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from parvis.exchange.actions import WrongUse
from parvis.exchange.actions.papers import PapersOptions, import_documents
from parvis.exchange.management.imports import REFUSED, WRONG_USE, ImportCommand, refuse_unwritable


class Command(ImportCommand):
    noun = "Envoi"
    help = (
        "Importe des documents : un dossier ou un ZIP, avec documents.csv et les fichiers qu’il nomme. "
        "État de sortie : 0 appliqué, 1 refusé, 2 mauvais emploi."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="dossier ou ZIP des documents")
        parser.add_argument("--agency", required=True, help="code de l’agence")
        parser.add_argument("--dry-run", action="store_true", help="tout vérifier, ne rien écrire")
        parser.add_argument("--report", type=Path, help="écrire le compte rendu dans ce fichier, en JSON")
        parser.add_argument("--refusals", type=Path, help="écrire les refus dans ce fichier, en CSV")

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature of Django's commands
        dry_run = options["dry_run"]
        refuse_unwritable(options["report"], options["refusals"])
        chosen = PapersOptions(slug=options["agency"], dry_run=dry_run, progress=self.tell)
        try:
            report = import_documents(options["path"], chosen)
        except WrongUse as error:
            raise CommandError(error.message, returncode=WRONG_USE) from error
        self.show(report, dry_run=dry_run)
        self.write_report(report, json_file=options["report"], dry_run=dry_run)
        self.write_refusals(report, file=options["refusals"], dry_run=dry_run)
        if not report.is_applied:
            raise SystemExit(REFUSED)
