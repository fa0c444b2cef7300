"""manage.py export_changes: what clients changed, for the agency's books."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from parvis.agencies.models import Agency
from parvis.exchange.actions.changes import acknowledge, as_csv, as_json, changes_of

WRITERS = {"csv": as_csv, "json": as_json}


class Command(BaseCommand):
    help = (
        "Écrit sur la sortie les changements que les clients ont demandés (adresse, téléphones, choix d’envoi, "
        "rectification, fermeture d’accès) et que l’agence n’a pas pris en compte. Chacun porte un identifiant."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--agency", required=True, help="code de l’agence")
        parser.add_argument("--since", type=dt.date.fromisoformat, help="tous ceux demandés depuis ce jour AAAA-MM-JJ")
        parser.add_argument("--format", choices=sorted(WRITERS), default="csv", help="csv ou json")
        parser.add_argument(
            "--acknowledge", nargs="+", metavar="ID", help="n’écrit rien : note que l’agence a pris ceux-ci en compte"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature of Django's commands
        agency = Agency.objects.filter(slug=options["agency"]).first()
        if agency is None:
            raise CommandError(f"Aucune agence n’a le code {options['agency']}.")
        if options["acknowledge"]:
            taken = acknowledge(agency=agency, public_ids=options["acknowledge"])
            self.stdout.write(f"{taken} changement(s) noté(s) comme pris en compte.")
            return
        rows = changes_of(agency, since=options["since"])
        self.stdout.write(WRITERS[options["format"]](rows), ending="")
