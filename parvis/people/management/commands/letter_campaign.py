"""A bulk campaign of letters: start it, draw its next batch, read its numbers, mark what came back."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.agencies.models import Agency
from parvis.kit.money import format_whole
from parvis.kit.refusals import Refusal
from parvis.people.actions import campaigns
from parvis.people.management.letter_arguments import add_file_arguments, agency_of, letter_file, said_in_words
from parvis.people.models import Campaign


class Command(BaseCommand):
    help = (
        "Écrit à tous les clients d’une agence qui n’ont pas encore d’accès, lot par lot : start, puis next autant de "
        "fois qu’il le faut. show donne les chiffres, returned note les retours à l’envoyeur."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--agency", required=True, help="code de l’agence")
        gestures = parser.add_subparsers(dest="gesture", required=True, metavar="start|next|show|returned")
        start = gestures.add_parser("start", help="commencer une campagne")
        start.add_argument("name", help="son nom, « Ouverture 2026 »")
        start.add_argument("--batch-size", type=int, default=500, help="lettres par lot (500)")
        start.add_argument("--daily-limit", type=int, default=1000, help="lettres en 24 heures (1 000)")
        following = gestures.add_parser("next", help="tirer le lot suivant")
        following.add_argument("name", help="le nom de la campagne")
        add_file_arguments(following)
        gestures.add_parser("show", help="les chiffres de chaque campagne")
        returned = gestures.add_parser("returned", help="noter des lettres revenues à l’envoyeur (NPAI)")
        returned.add_argument("identifier", nargs="+", metavar="IDENTIFIANT")

    def handle(self, *arguments: Any, **options: Any) -> None:  # Any: as Django calls it
        agency = agency_of(options)
        {"start": self.start, "next": self.draw, "show": self.show, "returned": self.mark_returned}[options["gesture"]](
            agency, options
        )

    def start(self, agency: Agency, options: dict[str, Any]) -> None:  # Any: as Django calls it
        try:
            campaign = campaigns.start_campaign(
                agency=agency,
                name=options["name"],
                batch_size=options["batch_size"],
                daily_limit=options["daily_limit"],
            )
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        waiting = format_whole(campaigns.still_without_access(agency).count())
        self.stdout.write(f"« {campaign.name} » est commencée : {waiting} client(s) sans accès ni lettre valable.")

    def draw(self, agency: Agency, options: dict[str, Any]) -> None:  # Any: as Django calls it
        campaign = Campaign.objects.of_agency(agency).filter(name=options["name"]).first()
        if campaign is None:
            raise CommandError(f"Aucune campagne ne s’appelle « {options['name']} ».")
        file = letter_file(options)
        with said_in_words(file):
            batch = campaigns.draw_batch(campaign=campaign, file=file)
        self.stdout.write(f"Lot {batch.number} : {batch.sent} lettre(s) dans {file.path}.")

    def show(self, agency: Agency, options: dict[str, Any]) -> None:  # Any: as Django calls it
        for campaign in Campaign.objects.of_agency(agency).with_numbers():
            figures = [format_whole(number) for number in (campaign.sent, campaign.activated, campaign.returned)]
            self.stdout.write(
                f"{campaign.name} : {figures[0]} envoyée(s), {figures[1]} accès ouvert(s), {figures[2]} retour(s)."
            )

    def mark_returned(self, agency: Agency, options: dict[str, Any]) -> None:  # Any: as Django calls it
        result = campaigns.mark_returned(agency=agency, identifiers=options["identifier"])
        self.stdout.write(f"{result.marked} lettre(s) notée(s) revenue(s) : leur mot de passe n’ouvre plus rien.")
        for identifier in result.unknown:
            self.stdout.write(f"{identifier} : aucune lettre en attente.")
