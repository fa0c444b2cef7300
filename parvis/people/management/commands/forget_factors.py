"""Remove the passkeys, the application and the recovery codes of somebody who lost them all."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.kit.refusals import Refusal
from parvis.people.actions.staff_access import forget_factors, login_named
from parvis.people.management.letter_arguments import agency_of


class Command(BaseCommand):
    help = (
        "Supprime les clés d’accès, l’application de codes et les codes de secours d’un accès, pour qui a tout perdu. "
        "Assurez-vous d’abord que c’est bien cette personne qui le demande : rappelez-la au numéro que vous connaissez."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--agency", required=True, help="code de l’agence")
        parser.add_argument("--login", required=True, help="identifiant du client, ou référence de la personne")

    def handle(self, *arguments: Any, **options: Any) -> None:  # Any: as Django calls it
        try:
            user = login_named(agency=agency_of(options), name=options["login"])
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        erased = forget_factors(user=user)
        self.stdout.write(f"{erased} moyen(s) de connexion supprimé(s). Ses appareils sont déconnectés.")
