"""Send refused messages again, once the cause is gone."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.mail import actions
from parvis.mail.models import OutboxMessage


class Command(BaseCommand):
    help = "Remet en route des messages refusés ; list_messages donne leurs références."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("public_ids", nargs="+", metavar="RÉFÉRENCE")

    def handle(self, *arguments: Any, public_ids: list[str], **options: Any) -> None:
        messages = list(OutboxMessage.objects.filter(public_id__in=public_ids))
        unknown = set(public_ids) - {message.public_id for message in messages}
        if unknown:
            raise CommandError(f"Aucun message ne porte la référence {', '.join(sorted(unknown))}.")
        for message in messages:
            try:
                actions.replay(message=message)
            except actions.NotReplayable as refusal:
                raise CommandError(f"{message.public_id} : {refusal.message}") from refusal
            self.stdout.write(f"{message.public_id} repart.")
