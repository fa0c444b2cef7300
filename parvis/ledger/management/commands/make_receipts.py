"""A month of quittances and reçus for a whole agency."""

import datetime as dt
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.agencies.models import Agency
from parvis.kit.french_dates import month_and_year
from parvis.ledger.actions.month_of_receipts import MonthReport, make_month
from parvis.ledger.actions.posting import write_receipts_to_post


def month_of(text: str) -> dt.date:
    """« 2026-11 » → its first day."""
    try:
        return dt.datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 -- a month has no hour
    except ValueError as error:
        raise ArgumentTypeError("écrivez le mois comme 2026-11") from error


class Command(BaseCommand):
    help = (
        "Établit les quittances et les reçus d’un mois de loyers, les range dans les documents des locataires et "
        "annule ceux que les comptes ne justifient plus. Interrompue, elle se relance : rien n’est fait deux fois."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--month", required=True, type=month_of, metavar="AAAA-MM", help="le mois des loyers")
        parser.add_argument("--agency", required=True, help="code de l’agence")
        parser.add_argument(
            "--to-post",
            type=Path,
            metavar="DOSSIER",
            help="écrire aussi, pour les envoyer par courrier, celles des locataires qui n’ont pas donné leur accord",
        )

    def handle(self, *_arguments: Any, **options: Any) -> None:  # Any: as Django calls it
        agency = Agency.objects.filter(slug=options["agency"]).first()
        if agency is None:
            raise CommandError(f"Aucune agence n’a le code {options['agency']}.")
        report = make_month(agency=agency, month=options["month"])
        for line in sentences(report, month=options["month"]):
            self.stdout.write(line)
        if options["to_post"]:
            written = write_receipts_to_post(agency=agency, month=options["month"], folder=options["to_post"])
            self.stdout.write(f"À envoyer par courrier : {written}, dans {options['to_post']}.")


def sentences(report: MonthReport, *, month: dt.date) -> list[str]:
    lines = [
        f"{month_and_year(month).capitalize()} : {report.accounts} comptes de locataires.",
        f"Quittances établies : {report.full}. Reçus établis : {report.partial}. Déjà établis : {report.kept}.",
        f"Rangés dans les documents : {report.published}.",
    ]
    if report.last_number:
        lines.append(f"Numéros : de {report.first_number} à {report.last_number}.")
    if report.cancelled:
        lines.append(f"Annulés, un paiement ayant été rejeté ou complété : {report.cancelled}.")
    if report.unpaid:
        lines.append(f"Périodes sans aucun paiement : {report.unpaid}.")
    if report.unsplit:
        told = "colonnes rent et charges de calls.csv"
        lines.append(f"Périodes dont le loyer et les charges ne sont pas distingués ({told}) : {report.unsplit}.")
    return lines
