"""The process beside the web server: it sends messages and does what the clock asks for."""

from typing import Any

from django.core.management import BaseCommand, call_command
from django.utils import timezone

from parvis.kit.schedules import write_schedules


class Command(BaseCommand):
    help = (
        "Lance le travail de fond : messages à envoyer, échéances, ménage. Ctrl-C l’arrête après le travail en cours."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:  # Any: as Django calls it
        write_schedules(now=timezone.now())
        call_command("qcluster")
