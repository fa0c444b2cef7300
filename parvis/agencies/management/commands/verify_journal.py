"""Show that nobody changed the journal, or name the first link that was."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.agencies.models import Agency
from parvis.journal.verification import journalled_agencies, read_chain


class Command(BaseCommand):
    help = (
        "Relit le journal de chaque agence depuis le premier fait et nomme le premier maillon modifié, retiré ou "
        "inséré. Notez ailleurs la tête affichée : --anchor la compare plus tard."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--agency", help="code d’une agence ; toutes sinon")
        parser.add_argument("--anchor", action="append", default=[], metavar="AGENCE:MAILLON:EMPREINTE")

    def handle(self, *arguments: Any, **options: Any) -> None:  # Any: as Django calls it
        codes = dict(Agency.objects.values_list("pk", "slug"))
        agencies = chosen(options["agency"], codes) if options["agency"] else journalled_agencies()
        anchors = read_anchors(options["anchor"])
        is_broken = False
        for agency_id in sorted(agencies):
            code = codes.get(agency_id, str(agency_id))
            reading = read_chain(agency_id, anchors=anchors.get(code))
            is_broken = is_broken or reading.broken is not None
            if reading.broken:
                self.stdout.write(f"{code} : {reading.broken}.")
            else:
                plural = "s" if reading.length > 1 else ""
                self.stdout.write(f"{code} : {reading.length} fait{plural}, chaîne entière.")
                self.stdout.write(f"  tête {code}:{reading.length}:{reading.digest}")
        if is_broken:
            raise CommandError("Le journal a été changé.")


def chosen(code: str, codes: dict[int, str]) -> set[int]:
    agencies = {agency_id for agency_id, known in codes.items() if known == code}
    if not agencies:
        raise CommandError(f"Aucune agence n’a le code {code}.")
    return agencies


def read_anchors(texts: list[str]) -> dict[str, dict[int, str]]:
    """The heads noted elsewhere, by the agency's code, then by position."""
    anchors: dict[str, dict[int, str]] = {}
    for text in texts:
        code, position, digest = [*text.split(":"), "", ""][:3]
        if not (code and position.isdecimal() and digest):
            raise CommandError(f"« {text} » ne se lit pas : recopiez une tête affichée par cette commande.")
        anchors.setdefault(code, {})[int(position)] = digest
    return anchors
