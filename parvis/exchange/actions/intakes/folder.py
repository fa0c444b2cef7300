"""The agency's folder: what its software leaves there is taken once, and only when it is whole.

`<IMPORT_FOLDER>/<agency>/` holds packages, parcels of documents and the agency's FEC; `<agency>/<building>/` the FEC of
the books of that building. Nothing is ever moved or erased there: a mount that is read-only will do, and one that goes
away for a while too.
"""

import datetime as dt
import logging
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from parvis.agencies.models import Agency
from parvis.exchange.actions.intakes.taking import name_of, take, tell_unreadable
from parvis.exchange.models import FolderFile
from parvis.kit.clock import database_now

logger = logging.getLogger("parvis.worker")
SETTLED_AFTER = dt.timedelta(minutes=2)
SEEN_AGAIN_EVERY = dt.timedelta(days=1)
REMEMBERED = dt.timedelta(days=90)
BEING_WRITTEN = (".part", ".tmp", ".filepart", ".crdownload", ".swp", "~")
LONGEST_PATH = 400


def pick_up() -> int:
    """Every minute: look at the folder of each agency; return how many files were taken."""
    folder = settings.IMPORT_FOLDER
    if not folder:
        return 0
    taken = 0
    for agency in Agency.objects.order_by("pk"):
        try:
            taken += take_whole(agency, Path(folder) / agency.slug)
        except Exception:  # one agency's folder is not the others'
            logger.exception("the folder of the agency %s could not be looked at", agency.slug)
    return taken


def take_whole(agency: Agency, folder: Path) -> int:
    """Note what is seen; take what has not changed for two minutes."""
    now, seen, taken = database_now(), set(), 0
    for path, building in files_in(folder):
        try:
            row = row_of(path, folder=folder, agency=agency, now=now)
            seen.add(row.pk)
            taken += look_at(row, path, building=building, now=now)
        except Exception:  # nor is one file the others
            logger.exception("the file %s could not be taken", name_of(path))
    forget(agency, seen=seen, now=now)
    return taken


def row_of(path: Path, *, folder: Path, agency: Agency, now: dt.datetime) -> FolderFile:
    """What is known of this file, as it is now."""
    facts = path.stat()
    row, _is_new = FolderFile.objects.select_related("intake").get_or_create(
        agency=agency,
        name=name_of(path.relative_to(folder))[-LONGEST_PATH:],
        size=facts.st_size,
        modified_ns=facts.st_mtime_ns,
        defaults={"seen_at": now},
    )
    return row


def look_at(row: FolderFile, path: Path, *, building: str, now: dt.datetime) -> bool:
    """Take it when it has rested; whether it was. Told once when it cannot be read."""
    if row.taken_at is not None or now - row.seen_at < SETTLED_AFTER:
        return False
    try:
        ready = is_whole(path)
    except OSError:
        tell_unreadable(row, path)
        raise
    return ready and take(row, path, building=building)


def forget(agency: Agency, *, seen: set[int], now: dt.datetime) -> None:
    """What has gone before it was taken. What was taken is remembered: its folder may be away, and come back.

    `seen_at` of a file taken is about the last time; long after, it is forgotten, if others are there.
    """
    rows = FolderFile.objects.filter(agency=agency)
    taken = rows.filter(taken_at__isnull=False)
    taken.filter(pk__in=seen, seen_at__lt=now - SEEN_AGAIN_EVERY).update(seen_at=now)
    rows.filter(taken_at=None, intake=None).exclude(pk__in=seen).delete()
    if seen:
        taken.filter(seen_at__lt=now - REMEMBERED).exclude(pk__in=seen).delete()


def files_in(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files and the building whose books they are; neither links nor what is being written."""
    for entry in entries_of(folder):
        if is_folder(entry):
            inside = entries_of(Path(entry.path))
            yield from ((Path(each.path), name_of(Path(entry.name))) for each in inside if is_candidate(each))
        elif is_candidate(entry):
            yield Path(entry.path), ""


def entries_of(folder: Path) -> list["os.DirEntry[str]"]:
    """In order; none when the folder is not there, or cannot be read."""
    try:
        return sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return []
    except OSError:
        logger.exception("the folder %s cannot be read", name_of(folder))
        return []


def is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def is_candidate(entry: "os.DirEntry[str]") -> bool:
    """Neither hidden nor being written; one whose nature cannot be read is none."""
    is_ours = not entry.name.startswith(".") and not entry.name.lower().endswith(BEING_WRITTEN)
    try:
        return is_ours and entry.is_file(follow_symlinks=False)
    except OSError:
        return False


def is_whole(path: Path) -> bool:
    """A ZIP has its directory, which is written last; another file ends with a line that ends."""
    if path.suffix.lower() == ".zip":
        with path.open("rb") as archive:
            return zipfile.is_zipfile(archive)
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        if not file.tell():
            return False
        file.seek(max(0, file.tell() - 4))
        return file.read().rstrip(b"\0").endswith((b"\n", b"\r", b"\x1a"))
