"""manage.py write_exchange_format: the page that describes the package, from its schemas."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from parvis.exchange.rules.documentation import guide
from parvis.exchange.rules.tables import load_tables


class Command(BaseCommand):
    help = "Écrit docs/exchange-format.md d’après les schémas du paquet."

    def add_arguments(self, parser: CommandParser) -> None:
        default = Path(settings.BASE_DIR) / "docs" / "exchange-format.md"
        parser.add_argument("--to", type=Path, default=default, help="le fichier à écrire")

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature of Django's commands
        options["to"].write_text(guide(load_tables()), encoding="utf-8")
