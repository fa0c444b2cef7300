"""Say what a member of the staff opens: for the first administrator, or when none is left who can."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.kit.refusals import Refusal
from parvis.people.actions.colleagues import change_post
from parvis.people.management.letter_arguments import agency_of
from parvis.people.models import StaffMember


class Command(BaseCommand):
    help = "Donne un rôle dans la gestion à une personne de l’agence, comme « Collaborateurs » le fait à l’écran."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--agency", required=True, help="code de l’agence")
        parser.add_argument("--reference", required=True, help="référence de la personne dans les données de l’agence")
        parser.add_argument("--role", required=True, choices=StaffMember.Role.values, help="ce qu’elle ouvre")
        parser.add_argument("--scope", default="agency", choices=StaffMember.Scope.values, help="jusqu’où elle voit")

    def handle(self, *arguments: Any, **options: Any) -> None:  # Any: as Django calls it
        found = StaffMember.objects.of_agency(agency_of(options)).filter(reference=options["reference"]).first()
        if found is None:
            raise CommandError(f"Personne de l’agence n’a la référence {options['reference']}.")
        try:
            member = change_post(member=found, role=options["role"], scope=options["scope"], by=None)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"{member} : {member.get_desk_role_display()}, {member.get_scope_display().lower()}.")
