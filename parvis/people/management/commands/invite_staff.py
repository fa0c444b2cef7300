"""Give a member of the agency's staff an access: a message with the link to choose a password."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.kit.refusals import Refusal
from parvis.people.actions.staff_access import invite
from parvis.people.management.letter_arguments import agency_of
from parvis.people.models import StaffMember


class Command(BaseCommand):
    help = (
        "Ouvre un accès à une personne de l’agence : elle reçoit un lien, valable 24 heures, pour choisir son mot de "
        "passe, puis ajoute une clé d’accès ou une application de codes avant de voir quoi que ce soit."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--agency", required=True, help="code de l’agence")
        parser.add_argument("--reference", required=True, help="référence de la personne dans les données de l’agence")
        parser.add_argument("--email", default="", help="son adresse ; sinon celle des données de l’agence")
        parser.add_argument(
            "--role",
            default="",
            choices=["", *StaffMember.Role.values],
            help="ce qu’elle ouvre ; sinon selon les données",
        )

    def handle(self, *arguments: Any, **options: Any) -> None:  # Any: as Django calls it
        try:
            user = invite(
                agency=agency_of(options),
                reference=options["reference"],
                email=options["email"],
                role=options["role"],
            )
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"Un lien valable 24 heures part pour {user.email}.")
