"""What the commands that write letters into a file have in common."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from parvis.agencies.models import Agency
from parvis.kit.refusals import Refusal
from parvis.people.letter_files import Content, LetterFile


def add_file_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--output", required=True, type=Path, help="fichier à créer (il ne doit pas exister)")
    parser.add_argument(
        "--format", choices=list(Content), default=Content.PDF, help="pdf à imprimer (par défaut), csv pour un routeur"
    )
    parser.add_argument(
        "--encrypt-to", default="", metavar="CLÉ", help="clé publique age : elle seule ouvrira le fichier"
    )


def letter_file(options: dict[str, Any]) -> LetterFile:  # Any: as Django calls it
    """The file that the options name."""
    try:
        return LetterFile(path=options["output"], content=Content(options["format"]), recipient=options["encrypt_to"])
    except Refusal as refusal:
        raise CommandError(refusal.message) from refusal


@contextmanager
def said_in_words(file: LetterFile) -> Iterator[None]:
    """What stops the writing, as a sentence."""
    try:
        yield
    except FileExistsError as error:
        raise CommandError(f"{file.path} existe déjà : donnez un autre nom.") from error
    except OSError as error:
        raise CommandError(f"{file.path} ne peut pas être écrit : {error.strerror}.") from error
    except Refusal as refusal:
        raise CommandError(refusal.message) from refusal


def agency_of(options: dict[str, Any]) -> Agency:  # Any: as Django calls it
    agency = Agency.objects.filter(slug=options["agency"]).first()
    if agency is None:
        raise CommandError(f"Aucune agence n’a le code {options['agency']}.")
    return agency
