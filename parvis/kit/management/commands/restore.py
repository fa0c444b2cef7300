"""The whole site again, from one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from parvis.kit.backups import copies
from parvis.kit.refusals import Refusal

SECRET = "AGE-SECRET-KEY-"  # noqa: S105 -- how a key file of age says its line


class Command(BaseCommand):
    help = (
        "Remet la base et les fichiers d’une sauvegarde, puis relit le journal. Le site doit être arrêté. Tout est "
        "vérifié avant que rien ne change."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FICHIER")
        parser.add_argument("--identity", type=Path, help="fichier de la clé privée age d’une sauvegarde chiffrée")
        parser.add_argument("--replace", action="store_true", help="remplacer tout ce que la base contient")

    def handle(self, *arguments: Any, **options: Any) -> None:  # Any: as Django calls it
        try:
            identities = read_identities(options["identity"]) if options["identity"] else []
            restored = copies.restore(options["file"], identities=identities, replaces=options["replace"])
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        except OSError as error:
            raise CommandError(f"{error.filename} ne peut pas être lu : {error.strerror}.") from error
        manifest = restored.manifest
        rows = sum(manifest.rows.values())
        self.stdout.write(f"Sauvegarde du {manifest.made_at} : {len(manifest.rows)} tables, {rows} lignes, toutes là.")
        if restored.lacks_migrations:
            call_command("migrate", verbosity=0)
            self.stdout.write(f"La base est passée de la version {manifest.version} à celle-ci.")
        call_command("verify_journal", stdout=self.stdout)


def read_identities(file: Path) -> list[str]:
    """The private keys of a file that age-keygen wrote."""
    return [line for line in file.read_text().split() if line.startswith(SECRET)]
