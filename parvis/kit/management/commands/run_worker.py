"""The process beside the web server: it sends messages and does what the clock asks for."""

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from parvis.kit.schedules import wake_frequent_jobs, write_schedules
from parvis.kit.worker import Worker


class Command(BaseCommand):
    requires_system_checks = []  # they load every page, which no job needs: half of the start and of the memory
    help = (
        "Lance le travail de fond : messages à envoyer, échéances, ménage. Ctrl-C l’arrête après le travail en cours."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:  # Any: as Django calls it
        write_schedules(now=timezone.now())
        wake_frequent_jobs()
        Worker().run()
