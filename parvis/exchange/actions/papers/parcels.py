"""A parcel of documents on disk: a folder or a ZIP, its index and the files it names, in folders or not."""

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from parvis.documents.examiner import LARGEST_BYTES
from parvis.exchange.actions.packages import Package, refuse_dangerous, undamaged
from parvis.exchange.actions.refusals import PackageRefused, WrongUse

INDEX = "documents.csv"
MOST_MEMBERS = 200_000
MISSING = "Ce fichier n’est pas dans l’envoi : ajoutez-le, ou corrigez son chemin."
ESCAPES = "Ce chemin sort de l’envoi, ou passe par un lien : donnez un fichier qui s’y trouve."
TOO_LARGE = f"Ce fichier pèse plus de {LARGEST_BYTES // 1024**2} Mo."


class Unreadable(Exception):
    """One file of the parcel cannot be taken; `str` says why, in French."""


class Parcel(Protocol):
    """What an index names."""

    @property
    def index(self) -> Package: ...

    def read(self, name: str) -> bytes:
        """The bytes of one file. Raises `Unreadable`."""
        ...


class FolderParcel:
    """A folder. Its own links, and the paths that climb out of it, lead nowhere."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    @property
    def index(self) -> Package:
        found = self.folder / INDEX
        if found.is_symlink() or not found.is_file():
            raise PackageRefused("L’index manque : une ligne par document, ses colonnes dans la première.", file=INDEX)
        return IndexOf({INDEX: found})

    def read(self, name: str) -> bytes:
        path = self.folder.joinpath(*parts_of(name))
        if any(step.is_symlink() for step in (path, *path.parents) if self.folder in step.parents):
            raise Unreadable(ESCAPES)
        try:
            with path.open("rb") as file:
                if os.fstat(file.fileno()).st_size > LARGEST_BYTES:
                    raise Unreadable(TOO_LARGE)
                return file.read(LARGEST_BYTES)
        except (OSError, ValueError) as error:
            raise Unreadable(MISSING) from error


class ZipParcel:
    """A ZIP; one folder around everything is passed over, as file managers make it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > MOST_MEMBERS:
            raise PackageRefused(f"L’archive contient {len(members)} fichiers : partagez l’envoi.")
        for member in members:
            refuse_dangerous(member)
        self.archive = archive
        around = {member.filename for member in members if member.filename.endswith(f"/{INDEX}")}
        names = {member.filename for member in members}
        self.prefix = "" if INDEX in names or len(around) != 1 else around.pop().removesuffix(INDEX)
        self.members = {member.filename: member for member in members}

    @property
    def index(self) -> Package:
        found = self.members.get(self.prefix + INDEX)
        if found is None:
            raise PackageRefused("L’index manque : une ligne par document, ses colonnes dans la première.", file=INDEX)
        return IndexOf({INDEX: found}, self.archive)

    def read(self, name: str) -> bytes:
        member = self.members.get(self.prefix + "/".join(parts_of(name)))
        if member is None:
            raise Unreadable(MISSING)
        if member.file_size > LARGEST_BYTES:
            raise Unreadable(TOO_LARGE)
        try:
            with undamaged(name), self.archive.open(member) as file:
                return file.read(LARGEST_BYTES)
        except PackageRefused as refusal:
            raise Unreadable(refusal.fault.reason) from refusal


class IndexOf(Package):
    """The one CSV of a parcel, read as those of a package are."""

    def __init__(self, files: dict[str, Path | zipfile.ZipInfo], archive: zipfile.ZipFile | None = None) -> None:
        self.files = files
        self.archive = archive


def parts_of(name: str) -> list[str]:
    """The folders and the file of a path of the index. Raises `Unreadable` when it leads elsewhere."""
    parts = name.replace("\\", "/").split("/")
    if any(part in ("", ".", "..") or ":" in part or "\0" in part for part in parts):
        raise Unreadable(ESCAPES)
    return parts


@contextmanager
def open_parcel(path: Path) -> Iterator[Parcel]:
    """Open a folder or a ZIP. Raises `WrongUse` when there is nothing there, `PackageRefused` for a hostile ZIP."""
    if path.is_dir():
        yield FolderParcel(path)
        return
    if not path.is_file():
        raise WrongUse(f"L’envoi {path} n’existe pas : donnez un dossier ou un fichier ZIP.")
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise PackageRefused("Ce n’est ni un dossier ni un fichier ZIP lisible.", file=path.name) from error
    with archive:
        yield ZipParcel(archive)
