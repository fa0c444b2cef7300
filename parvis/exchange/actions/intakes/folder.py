"""The agency's folder: what its software leaves there is taken once, and only when it is whole.

`<IMPORT_FOLDER>/<agency>/` holds packages, parcels of documents and the agency's FEC; `<agency>/<building>/` the FEC of
the books of that building. Nothing is ever moved or erased there: a mount that is read-only will do.
"""

import datetime as dt
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction

from parvis.agencies.models import Agency
from parvis.exchange.actions.intakes.receiving import receive
from parvis.exchange.models import FolderFile
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal

SETTLED_AFTER = dt.timedelta(minutes=2)
BEING_WRITTEN = (".part", ".tmp", ".filepart", ".crdownload", ".swp", "~")
LONGEST_PATH = 400


def pick_up() -> int:
    """Every minute: look at the folder of each agency; return how many files were taken."""
    folder = settings.IMPORT_FOLDER
    if not folder:
        return 0
    agencies = Agency.objects.order_by("pk")
    return sum(take_whole(agency, Path(folder) / agency.slug) for agency in agencies)


def take_whole(agency: Agency, folder: Path) -> int:
    """Note what is seen; take what has not changed for two minutes. What is gone or has changed is forgotten."""
    now, seen = database_now(), set()
    taken = 0
    for path, building in files_in(folder):
        facts = path.stat()
        name = path.relative_to(folder).as_posix()[-LONGEST_PATH:]
        row, _is_new = FolderFile.objects.get_or_create(
            agency=agency, name=name, size=facts.st_size, modified_ns=facts.st_mtime_ns, defaults={"seen_at": now}
        )
        seen.add(row.pk)
        if row.taken_at is None and now - row.seen_at >= SETTLED_AFTER and is_whole(path):
            taken += take(row, path, agency=agency, building=building)
    FolderFile.objects.filter(agency=agency).exclude(pk__in=seen).delete()
    return taken


def files_in(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files and the building whose books they are; neither links nor what is being written."""
    if not folder.is_dir():
        return
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_dir():
            inside = sorted(os.scandir(entry.path), key=lambda each: each.name)
            yield from ((Path(each.path), entry.name) for each in inside if is_candidate(each))
        elif is_candidate(entry):
            yield Path(entry.path), ""


def is_candidate(entry: "os.DirEntry[str]") -> bool:
    is_ours = not entry.name.startswith(".") and not entry.name.lower().endswith(BEING_WRITTEN)
    return is_ours and entry.is_file(follow_symlinks=False)


def is_whole(path: Path) -> bool:
    """A ZIP has its directory, which is written last; another file ends with a line that ends."""
    if path.suffix.lower() == ".zip":
        return zipfile.is_zipfile(path)
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        if not file.tell():
            return False
        file.seek(max(0, file.tell() - 4))
        return file.read().rstrip(b"\0").endswith((b"\n", b"\r", b"\x1a"))


def take(row: FolderFile, path: Path, *, agency: Agency, building: str) -> bool:
    """Bring one file in, once; one that is none of ours is left alone."""
    options = {"building": building} if building else {}
    with transaction.atomic():
        held = FolderFile.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if held.taken_at is not None:
            return False
        with path.open("rb") as stream:
            try:
                intake = receive(agency=agency, user=None, file=File(stream, name=path.name), name=path.name, **options)
            except Refusal:
                return False
        held.intake, held.taken_at = intake, database_now()
        held.save(update_fields=["intake", "taken_at"])
    return True
