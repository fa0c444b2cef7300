"""Show the outbox to whoever runs the site: what waits, what was refused and why."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from parvis.mail.models import OutboxMessage


class Command(BaseCommand):
    help = "Liste les messages d’un état, les plus récents d’abord (par défaut ceux que le destinataire a refusés)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--state", choices=OutboxMessage.State.values, default=OutboxMessage.State.REFUSED)
        parser.add_argument("--agency", default="", help="code de l’agence ; toutes sinon")
        parser.add_argument("--limit", type=int, default=100)

    def handle(self, *arguments: Any, state: str, agency: str, limit: int, **options: Any) -> None:
        messages = OutboxMessage.objects.filter(state=state).select_related("agency").order_by("-created_at", "-pk")
        if agency:
            messages = messages.filter(agency__slug=agency)
        for message in messages[:limit]:
            queued_on = timezone.localtime(message.created_at).strftime("%d/%m/%Y %H:%M")
            self.stdout.write(
                f"{message.public_id}  {queued_on}  {message.agency.slug}  {message.kind}  {message.to_address}"
                f"  {message.attempts} essai(s)  {message.last_error}"
            )
        label = OutboxMessage.State(state).label
        self.stdout.write(f"{messages.count()} message(s) : {label}")
