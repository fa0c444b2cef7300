"""manage.py import_package: an agency's package comes in."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from parvis.exchange.actions import Options, WrongUse, import_package
from parvis.exchange.management.imports import REFUSED, WRONG_USE, ImportCommand, refuse_unwritable


class Command(ImportCommand):
    noun = "Paquet"
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
        self.write_report(report, json_file=options["report"], dry_run=options["dry_run"])
        self.write_refusals(report, file=options["refusals"], dry_run=options["dry_run"])
        if not report.is_applied:
            raise SystemExit(REFUSED)
