"""manage.py hand_over: a building leaves the agency."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from parvis.agencies.models import Agency
from parvis.exchange.actions.handover import hand_over
from parvis.kit.refusals import Refusal
from parvis.kit.typography import typographic


class Command(BaseCommand):
    help = "Écrit tout un immeuble (données, documents, comptes) dans un seul ZIP, pour le syndic suivant."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("output", type=Path, help="fichier ZIP à écrire")
        parser.add_argument("--agency", required=True, help="code de l’agence")
        parser.add_argument("--building", required=True, help="référence de l’immeuble")
        parser.add_argument("--closed-on", type=dt.date.fromisoformat, help="jour où l’immeuble quitte l’agence")
        parser.add_argument(
            "--readable-until", type=dt.date.fromisoformat, help="dernier jour où ses clients lisent leur passé"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature of Django's commands
        agency = Agency.objects.filter(slug=options["agency"]).first()
        if agency is None:
            raise CommandError(typographic(f"Aucune agence n’a le code « {options['agency']} »."))
        try:
            size = hand_over(
                agency=agency,
                reference=options["building"],
                path=options["output"],
                closed_on=options["closed_on"],
                readable_until=options["readable_until"],
            )
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(typographic(f"Dossier de transmission écrit : {options['output']} ({size} octets)."))
