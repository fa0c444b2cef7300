"""List the frozen accesses of an agency, and decide without a page of the staff."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.agencies.models import Agency
from parvis.kit.french_dates import long_instant
from parvis.kit.refusals import Refusal
from parvis.people.actions import freezing
from parvis.people.actions.letters import reserved
from parvis.people.actions.notices import print_notices
from parvis.people.models import AccessFreeze, PaperNotice
from parvis.people.rules import normalise_reference

SYSTEM = ("system", "")


class Command(BaseCommand):
    help = (
        "Liste les accès gelés par « Ce n’est pas moi », les rouvre ou les ferme, et imprime les avis à poster, pour "
        "une agence dont l’équipe n’a pas d’accès à la gestion."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--agency", required=True, help="code de l’agence")
        gesture = parser.add_mutually_exclusive_group()
        gesture.add_argument("--reopen", metavar="IDENTIFIANT", help="fausse alerte : rouvrir cet accès")
        gesture.add_argument("--close", metavar="IDENTIFIANT", help="fermer cet accès ; une lettre en ouvrira un autre")
        gesture.add_argument(
            "--print-notices", type=Path, metavar="FICHIER", help="imprimer les avis à poster dans ce PDF"
        )

    def handle(self, *arguments: Any, **options: Any) -> None:  # Any: as Django calls it
        agency = Agency.objects.filter(slug=options["agency"]).first()
        if agency is None:
            raise CommandError(f"Aucune agence n’a le code {options['agency']}.")
        try:
            if options["reopen"]:
                self.say(freezing.reopen(freeze_row=frozen(agency, options["reopen"]), by=SYSTEM), word="rouvert")
            elif options["close"]:
                self.say(freezing.close(freeze_row=frozen(agency, options["close"]), by=SYSTEM), word="fermé")
            elif options["print_notices"]:
                self.print_waiting(agency, output=options["print_notices"])
            else:
                self.list_all(agency)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal

    def say(self, rows: list[AccessFreeze], *, word: str) -> None:
        for row in rows:
            self.stdout.write(f"{whose(row)} : accès {word}.")

    def list_all(self, agency: Agency) -> None:
        rows = AccessFreeze.objects.of_agency(agency).open().select_related("client", "user")
        for row in rows:
            trigger = AccessFreeze.Trigger(row.trigger).label
            self.stdout.write(f"{whose(row)} : gelé le {long_instant(row.frozen_at)}, après {trigger}.")
        waiting = PaperNotice.objects.of_agency(agency).waiting().count()
        self.stdout.write(f"{len(rows)} accès gelé(s), {waiting} avis à poster.")

    def print_waiting(self, agency: Agency, *, output: Path) -> None:
        waiting = list(PaperNotice.objects.of_agency(agency).waiting())
        if not waiting:
            raise CommandError("Aucun avis n’attend d’être posté.")
        try:
            with reserved(output) as file:
                file.write(print_notices(notices=waiting, by=SYSTEM))
        except FileExistsError as error:
            raise CommandError(f"{output} existe déjà : donnez un autre nom.") from error
        self.stdout.write(f"{len(waiting)} avis dans {output}.")


def frozen(agency: Agency, typed: str) -> AccessFreeze:
    """The freeze of that identifiant; of a member of the staff, by the id that the list shows."""
    rows = AccessFreeze.objects.of_agency(agency).open()
    found = rows.filter(client__reference_key=normalise_reference(typed)).first()
    found = found or rows.filter(client=None, user__public_id=typed).first()
    if found is None:
        raise CommandError(f"Aucun accès gelé n’a l’identifiant {typed}.")
    return found


def whose(row: AccessFreeze) -> str:
    if row.client is not None:
        return f"{row.client.customer_reference} ({row.client.full_name})"
    return f"{row.user.public_id if row.user else ''} (collaborateur)"
