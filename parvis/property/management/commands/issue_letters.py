"""Draw provisional codes for a selection of clients and print their letters in one PDF."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.agencies.models import Agency
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.french_dates import long_date
from parvis.people.actions import letters
from parvis.people.letter_files import LetterFile
from parvis.people.management.letter_arguments import add_file_arguments, agency_of, letter_file, said_in_words
from parvis.people.models import Client, Grant, Letter
from parvis.people.models.clients import ClientQuerySet
from parvis.people.rules import normalise_reference
from parvis.property.models import Building, Holding

# typst holds the whole document: some 0.6 MB of memory a page.
MOST_IN_A_FILE = 1000


class Command(BaseCommand):
    help = (
        "Tire un mot de passe provisoire pour chaque client choisi et met toutes les lettres dans un seul fichier, à "
        "imprimer ou à confier, chiffré, à un routeur. Les secrets ne sont écrits nulle part ailleurs : ce fichier ne "
        "se refait pas."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--agency", required=True, help="code de l’agence")
        add_file_arguments(parser)
        choice = parser.add_mutually_exclusive_group(required=True)
        choice.add_argument("--client", action="append", metavar="IDENTIFIANT", help="un client ; se répète")
        choice.add_argument("--building", action="append", metavar="RÉFÉRENCE", help="un immeuble ; se répète")
        choice.add_argument(
            "--never-connected", action="store_true", help="sans accès, sans ancien mot de passe ni lettre valable"
        )
        choice.add_argument("--all", action="store_true", help="tous ceux qui n’ont pas encore d’accès")

    def handle(self, *arguments: Any, **options: Any) -> None:  # Any: as Django calls it
        agency, file = agency_of(options), letter_file(options)
        clients = chosen(agency, options)
        is_automatic = not options["client"]
        kept = self.without_refused(clients, is_automatic=is_automatic)
        if not kept:
            raise CommandError("Aucune lettre à tirer pour ce choix.")
        if len(kept) > MOST_IN_A_FILE:
            raise CommandError(f"{len(kept)} lettres : au plus {MOST_IN_A_FILE} par fichier, choisissez par immeuble.")
        self.print_letters(kept, is_automatic=is_automatic, file=file)

    def without_refused(self, clients: list[Client], *, is_automatic: bool) -> list[Client]:
        """The clients who can be sent a letter; the others are named or counted."""
        refused = letters.refusals(clients=clients, is_automatic=is_automatic, now=database_now())
        if is_automatic:
            for reason, number in Counter(refusal.message for _, refusal in refused).items():
                self.stdout.write(f"{number} sans lettre. {reason}")
        else:
            for client, refusal in refused:
                self.stdout.write(f"{client.customer_reference} : {refusal.message}")
        left_out = {client.pk for client, _ in refused}
        return [client for client in clients if client.pk not in left_out]

    def print_letters(self, clients: list[Client], *, is_automatic: bool, file: LetterFile) -> None:
        with said_in_words(file):
            number = letters.print_letters(clients=clients, is_automatic=is_automatic, file=file)
        for client in clients:
            if not (client.street and client.postal_code and client.city):
                self.stdout.write(
                    f"{client.customer_reference} : adresse postale incomplète, à remettre en main propre."
                )
        last_day = long_date(paris_day(database_now() + letters.VALIDITY))
        self.stdout.write(f"{number} lettre(s) dans {file.path}, valables jusqu’au {last_day}.")


def chosen(agency: Agency, options: dict[str, Any]) -> list[Client]:  # Any: as Django calls it
    """The clients that the options name, by name, as the post is sorted."""
    clients = Client.objects.of_agency(agency).select_related("agency")
    if options["client"]:
        return by_identifier(clients, typed=options["client"])
    if options["building"]:
        return list(clients.filter(pk__in=holders(agency, references=options["building"])))
    without_access = clients.filter(closed_on=None).exclude(
        pk__in=Grant.objects.filter(ended_at=None).values("client_id")
    )
    if options["all"]:
        return list(without_access)
    valid = Letter.objects.usable_by_code()
    return list(without_access.filter(former_password=None).exclude(pk__in=valid.values("client_id")))


def by_identifier(clients: ClientQuerySet, *, typed: list[str]) -> list[Client]:
    keys = {normalise_reference(identifier): identifier for identifier in typed}
    found = list(clients.filter(reference_key__in=keys))
    for client in found:
        del keys[client.reference_key]
    if keys:
        raise CommandError(f"Aucun client n’a l’identifiant {', '.join(keys.values())}.")
    return found


def holders(agency: Agency, *, references: list[str]) -> list[int]:
    """The clients who own, let or inhabit a lot of these buildings today."""
    buildings = {building.reference: building for building in Building.objects.of_agency(agency)}
    unknown = [reference for reference in references if reference not in buildings]
    if unknown:
        raise CommandError(f"Aucun immeuble n’a la référence {', '.join(unknown)}.")
    chosen_buildings = [buildings[reference] for reference in references]
    today = paris_day(database_now())
    held = Holding.objects.filter(building__in=chosen_buildings).in_force(today)
    return list(held.values_list("client_id", flat=True))
