"""manage.py write_templates: the files of a package, empty but for their headers."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from parvis.exchange.rules.documentation import template
from parvis.exchange.rules.tables import load_tables
from parvis.kit.typography import typographic

WRONG_USE = 2


class Command(BaseCommand):
    help = "Écrit les modèles des fichiers d’un paquet : leurs en-têtes, à remplir."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="le dossier où les écrire, créé au besoin")

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature of Django's commands
        folder: Path = options["folder"]
        present = [table.file for table in load_tables() if (folder / table.file).exists()]
        if present:
            message = f"{folder} contient déjà {present[0]} : donnez un autre dossier, rien n’a été écrit."
            raise CommandError(typographic(message), returncode=WRONG_USE)
        folder.mkdir(parents=True, exist_ok=True)
        for table in load_tables():
            (folder / table.file).write_text(template(table), encoding="utf-8", newline="")
        self.stdout.write(typographic(f"{len(load_tables())} fichiers écrits dans {folder}."))
