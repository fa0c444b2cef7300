"""Make a safety copy of the whole site; put one back."""

import dataclasses
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from parvis.kit.backups import archives, dumps
from parvis.kit.backups.archives import DATABASE, FILES, Manifest
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal

PARTIAL = ".parvis-partial-"
LAST_COPY = "last-backup"


class AlreadyThere(Refusal):
    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} existe déjà : donnez un autre nom.")


class NotEmpty(Refusal):
    message = "La base n’est pas vide : --replace remplace tout ce qu’elle contient."


class OtherDatabase(Refusal):
    message = "Cette sauvegarde vient d’une autre sorte de base : SQLite et PostgreSQL ne se remplacent pas ainsi."


class NewerVersion(Refusal):
    def __init__(self, version: str) -> None:
        super().__init__(f"Cette sauvegarde vient d’une version plus récente ({version}) : installez-la d’abord.")


class NotWhatWasSaved(Refusal):
    def __init__(self, tables: Sequence[str]) -> None:
        super().__init__(f"Des lignes manquent après la restauration : {', '.join(tables)}. La sauvegarde est intacte.")


@contextmanager
def work_folder(beside: Path) -> Iterator[Path]:
    """A folder of one's own, readable by nobody else, which disappears; those that a killed copy left disappear too."""
    beside.mkdir(parents=True, exist_ok=True)
    for left in beside.glob(f"{PARTIAL}*"):
        forget(left)
    with tempfile.TemporaryDirectory(prefix=PARTIAL, dir=beside) as name:
        handle = os.open(name, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield Path(name)
        finally:
            os.close(handle)


def forget(left: Path) -> None:
    """Remove what is left of a copy, unless a living process still works in it."""
    handle = os.open(left, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(left)
    except BlockingIOError:
        return
    finally:
        os.close(handle)


def make(output: Path, *, recipients: Sequence[str]) -> Manifest:
    """Copy the database and the files of the site into one new file, readable by its owner alone.

    The site goes on meanwhile. The file appears whole or not at all. Refuses to write over another.
    """
    if output.exists():
        raise AlreadyThere(output)
    with work_folder(output.parent) as folder:
        content, packed = folder / "content", folder / "packed"
        content.mkdir()
        rows = dumps.dump(content / DATABASE)
        if Path(settings.MEDIA_ROOT).is_dir():
            shutil.copytree(settings.MEDIA_ROOT, content / FILES, copy_function=link_or_copy)
        manifest = Manifest(
            version=settings.VERSION,
            made_at=database_now().isoformat(timespec="seconds"),
            vendor=connection.vendor,
            migrations=sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations()),
            rows=rows,
            digests=archives.digests_in(content),
        )
        archives.pack(content, manifest=manifest, into=packed, recipients=recipients)
        publish(packed, output)
    note_done()
    return manifest


def link_or_copy(source: str, target: str) -> None:
    """The same file under a second name where both stand on one disk: files of the site never change."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def note_done() -> None:
    """Leave the time of this copy where the figures read it."""
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / LAST_COPY).touch()


def publish(packed: Path, output: Path) -> None:
    """Give the finished file its name, once it is on the disk; never in place of another."""
    packed.chmod(0o600)
    synchronise(packed)
    try:
        os.link(packed, output)
    except FileExistsError as error:
        raise AlreadyThere(output) from error
    synchronise(output.parent)


def synchronise(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Restored:
    """What a restored site still waits for."""

    manifest: Manifest
    lacks_migrations: bool


def restore(file: Path, *, identities: Sequence[str], replaces: bool) -> Restored:
    """Put a safety copy back: database and files. The site must be stopped.

    Everything is verified before anything is touched. Refuses a database that holds tables, unless `replaces`.
    """
    with work_folder(settings.DATA_DIR) as folder:
        manifest = archives.unpack(file, folder=folder, identities=identities)
        known = refuse_unfit(manifest)
        if not replaces and connection.introspection.table_names():
            raise NotEmpty
        dumps.load(folder / DATABASE)
        different = differences(manifest.rows, dumps.count_rows())
        if different:
            raise NotWhatWasSaved(different)
        if (folder / FILES).is_dir():
            shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
            shutil.copytree(folder / FILES, settings.MEDIA_ROOT)
    return Restored(manifest=manifest, lacks_migrations=known > {(app, name) for app, name in manifest.migrations})


def refuse_unfit(manifest: Manifest) -> set[tuple[str, str]]:
    """The migrations that this version knows; refuses a copy of another database, or of a later version."""
    if manifest.vendor != connection.vendor:
        raise OtherDatabase
    loader = MigrationLoader(connection=None)
    known = set(loader.disk_migrations)
    replaced = {each for migration in loader.disk_migrations.values() for each in migration.replaces}
    if {(app, name) for app, name in manifest.migrations} - known - replaced:
        raise NewerVersion(manifest.version)
    return known


def differences(saved: dict[str, int], present: dict[str, int]) -> list[str]:
    return sorted(table for table in saved.keys() | present.keys() if saved.get(table) != present.get(table))
