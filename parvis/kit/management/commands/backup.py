"""One file that holds the whole site."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from parvis.kit.backups import copies
from parvis.kit.refusals import Refusal

NAMES = "parvis-*.tar.gz*"


class Command(BaseCommand):
    help = (
        "Copie toute la base et les fichiers du site dans un seul fichier, sans arrêter le site. Avec une clé age "
        "(BACKUP_RECIPIENTS ou --recipient), lui seul qui a la clé privée peut le lire."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        place = parser.add_mutually_exclusive_group(required=True)
        place.add_argument("--output", type=Path, help="fichier à créer (il ne doit pas exister)")
        place.add_argument("--folder", type=Path, help="dossier où créer un fichier qui porte la date")
        parser.add_argument("--keep", type=int, help="avec --folder : n’y garder que ce nombre de sauvegardes")
        parser.add_argument(
            "--recipient", action="append", default=[], metavar="age1…", help="clé publique ; se répète"
        )

    def handle(self, *arguments: Any, **options: Any) -> None:  # Any: as Django calls it
        recipients = options["recipient"] or settings.BACKUP_RECIPIENTS
        output = options["output"] or dated(options["folder"], is_encrypted=bool(recipients))
        try:
            manifest = copies.make(output, recipients=recipients)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        except OSError as error:
            raise CommandError(f"{output} ne peut pas être écrit : {error.strerror}.") from error
        rows = sum(manifest.rows.values())
        self.stdout.write(f"{output} : {len(manifest.rows)} tables, {rows} lignes.")
        if options["folder"] and options["keep"]:
            keep_latest(options["folder"], options["keep"])


def dated(folder: Path, *, is_encrypted: bool) -> Path:
    """A name that sorts by time."""
    return folder / f"parvis-{timezone.now():%Y%m%dT%H%M%SZ}.tar.gz{'.age' if is_encrypted else ''}"


def keep_latest(folder: Path, number: int) -> None:
    for old in sorted(folder.glob(NAMES))[:-number]:
        old.unlink()
