"""manage.py make_api_key: a key for a program of the agency, shown once."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.exchange.actions.api_keys import make_key
from parvis.exchange.rules.scopes import Scope
from parvis.kit.refusals import Refusal
from parvis.people.management.letter_arguments import agency_of


class Command(BaseCommand):
    help = "Donne une clé de l’interface à un programme de l’agence. Elle n’est écrite que cette fois."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--agency", required=True, help="code de l’agence")
        parser.add_argument("--name", required=True, help="programme à qui elle est donnée")
        parser.add_argument("--days", type=int, default=365, help="durée en jours (365 par défaut)")
        parser.add_argument("--scope", action="append", required=True, choices=list(Scope), help="droit ; répétez-le")

    def handle(self, *arguments: Any, **options: Any) -> None:  # Any: as Django calls it
        try:
            _key, token = make_key(
                agency=agency_of(options),
                name=options["name"],
                scopes=[Scope(scope) for scope in options["scope"]],
                lasts=dt.timedelta(days=options["days"]),
            )
        except (Refusal, OverflowError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(token)
