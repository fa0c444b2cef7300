"""manage.py import_fec: an agency's books come in."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from parvis.exchange.actions import WrongUse
from parvis.exchange.actions.fec import FecOptions, FecReport, import_fec
from parvis.exchange.actions.figures import counted
from parvis.exchange.actions.loading import Progress
from parvis.exchange.management.imports import REFUSED, WRONG_USE, ImportCommand, refuse_unwritable
from parvis.exchange.rules.cells import CellFault, to_day
from parvis.exchange.rules.fec import FecTolerance
from parvis.kit.typography import typographic


class Command(ImportCommand):
    noun = "FEC"
    help = "Importe un FEC, les écritures d’un exercice. État de sortie : 0 appliqué, 1 refusé, 2 mauvais emploi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="le FEC")
        parser.add_argument("--agency", required=True, help="code de l’agence")
        parser.add_argument(
            "--building", default="", help="référence de l’immeuble, quand ce sont les livres d’un seul"
        )
        parser.add_argument("--from", dest="begins_on", help="premier jour de l’exercice, si le nom ne le dit pas")
        parser.add_argument("--to", dest="ends_on", help="dernier jour de l’exercice")
        parser.add_argument("--opening-journals", help="codes des journaux d’à-nouveau, séparés par des virgules")
        parser.add_argument("--accept-siren", action="store_true", help="le SIREN de ces livres a changé")
        parser.add_argument("--dry-run", action="store_true", help="tout vérifier, ne rien écrire")
        parser.add_argument("--mapping-in", type=Path, help="table des comptes (CSV) qui dit de quel client ils sont")
        parser.add_argument("--mapping-out", type=Path, help="écrire la table des comptes dans ce fichier, en CSV")
        parser.add_argument("--report", type=Path, help="écrire le compte rendu dans ce fichier, en JSON")
        parser.add_argument("--refusals", type=Path, help="écrire les refus dans ce fichier, en CSV")

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature of Django's commands
        chosen = chosen_options(options, progress=self.tell if options["verbosity"] else lambda _news: None)
        refuse_unwritable(options["report"], options["refusals"], options["mapping_out"])
        try:
            report = import_fec(options["path"], chosen)
        except WrongUse as error:
            raise CommandError(error.message, returncode=WRONG_USE) from error
        self.show(report, dry_run=chosen.dry_run)
        self.show_lines_of_fec(report)
        self.write_report(report, json_file=options["report"], dry_run=chosen.dry_run)
        self.write_refusals(report, file=options["refusals"], dry_run=chosen.dry_run)
        if report.mapping:
            self.write_table(report.mapping, file=options["mapping_out"], report=report, dry_run=chosen.dry_run)
        if not report.is_applied:
            raise SystemExit(REFUSED)

    def show_lines_of_fec(self, report: FecReport) -> None:
        """What only a FEC has: lines that leave, lines of nobody, departures from the norm."""
        lines = []
        if report.is_applied:
            parts = [
                counted(report.removed, "écriture retirée", "écritures retirées"),
                counted(report.left_out, "ligne hors des comptes de clients", "lignes hors des comptes de clients"),
                counted(report.waiting, "ligne en attente d’un client", "lignes en attente d’un client"),
            ]
            lines.append(f"{', '.join(parts)}.")
        lines += map(told, report.tolerances)
        self.stdout.write("\n".join(typographic(line) for line in lines))


def told(tolerance: FecTolerance) -> str:
    """« Tolérance : … (12 fois, d’abord ligne 8). »; a line where it stands on one, and how often where it is often."""
    times = counted(tolerance.count, "fois", "fois") if tolerance.count > 1 else ""
    place = f"{'d’abord ' if times else ''}ligne {tolerance.first_line}" if tolerance.first_line else ""
    where = ", ".join(part for part in (times, place) if part)
    return f"Tolérance : {tolerance.label.removesuffix('.')}{f' ({where})' if where else ''}."


def chosen_options(options: dict[str, Any], *, progress: Progress) -> FecOptions:  # Any: what commands get
    begins_on, ends_on = day(options["begins_on"]), day(options["ends_on"])
    if bool(begins_on) != bool(ends_on) or (begins_on and ends_on and ends_on < begins_on):
        message = "L’exercice a un début et une fin, dans cet ordre : donnez --from et --to."
        raise CommandError(typographic(message), returncode=WRONG_USE)
    journals = options["opening_journals"]
    return FecOptions(
        slug=options["agency"],
        building=options["building"],
        begins_on=begins_on,
        ends_on=ends_on,
        opening_journals=None if journals is None else tuple(filter(None, map(str.strip, journals.split(",")))),
        accepts_siren=options["accept_siren"],
        mapping=options["mapping_in"],
        tells_mapping=options["mapping_out"] is not None,
        dry_run=options["dry_run"],
        progress=progress,
    )


def day(typed: str | None) -> dt.date | None:
    if not typed:
        return None
    try:
        return dt.date.fromisoformat(to_day(typed, latest=dt.date.max))
    except CellFault as error:
        raise CommandError(error.reason, returncode=WRONG_USE) from error
