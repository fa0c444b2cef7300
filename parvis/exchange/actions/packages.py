"""A package on disk: a folder or a ZIP. Bounded before a byte is trusted: names, sizes, ratio."""

import io
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from parvis.exchange.actions.figures import agreed
from parvis.exchange.actions.refusals import PackageRefused, WrongUse
from parvis.exchange.rules.tables import NAMES, REQUIRED

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 1024 * MEBIBYTE
LARGEST_PACKAGE = 2048 * MEBIBYTE
MOST_MEMBERS = 200
# A real ledger shrinks ten to thirty times; what shrinks far more is made to fill a disk.
HIGHEST_RATIO = 200
SMALL = 10 * MEBIBYTE
# So many in a row are neither a slip of the keyboard nor another encoding.
HOLE = b"\0" * 16
IGNORED = ("__MACOSX", ".", "Thumbs.db", "desktop.ini")
EXPECTED = frozenset(f"{name}.csv" for name in NAMES)


class Package:
    """The files of one package, by name."""

    def __init__(self, files: dict[str, Path | zipfile.ZipInfo], archive: zipfile.ZipFile | None = None) -> None:
        self.files = files
        self.archive = archive
        refuse_wrong_names(files)

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """The bytes of one file, never more than were announced."""
        found = self.files[name]
        if isinstance(found, Path):
            with found.open("rb") as stream:
                yield stream
        elif self.archive:
            with undamaged(name):
                member = self.archive.open(found)
            with member:
                yield io.BufferedReader(Checked(member, name=name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of one file in order; a hole in it is refused as soon as it is met."""
        line = 1
        with self.open(name) as stream:
            while chunk := stream.read(MEBIBYTE):
                hole = chunk.find(HOLE)
                line += chunk.count(b"\n", 0, hole if hole >= 0 else len(chunk))
                if hole >= 0:
                    reason = (
                        "Le fichier est plein de signes nuls (NUL) à partir d’ici, comme après une copie interrompue"
                    )
                    raise PackageRefused(f"{reason} : copiez-le de nouveau.", file=name, line=line)
                yield chunk

    def refuse_holes(self, name: str) -> None:
        for _chunk in self.chunks(name):
            pass


class Checked(io.RawIOBase):
    """A member of a ZIP whose damage is a refusal, not a crash."""

    def __init__(self, member: IO[bytes], *, name: str) -> None:
        self.member = member
        self.member_name = name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:  # Any: whatever the interpreter reads into
        with undamaged(self.member_name):
            chunk = self.member.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


@contextmanager
def undamaged(name: str) -> Iterator[None]:
    """Say in French what Python's zipfile finds wrong, in its many ways."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise PackageRefused("Ce fichier est abîmé dans l’archive : refaites le ZIP.", file=name) from error


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Open a folder or a ZIP; refuses what climbs out of it, what is too big, what is missing."""
    if path.is_dir():
        yield Package(folder_files(path))
        return
    if not path.is_file():
        raise WrongUse(f"Le paquet {path} n’existe pas : donnez un dossier ou un fichier ZIP.")
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise PackageRefused("Ce n’est ni un dossier ni un fichier ZIP lisible.", file=path.name) from error
    with archive:
        yield Package(archive_files(archive), archive)


def folder_files(path: Path) -> dict[str, Path | zipfile.ZipInfo]:
    files: dict[str, Path | zipfile.ZipInfo] = {}
    with os.scandir(path) as listing:
        entries = [entry for entry in listing if not entry.name.startswith(IGNORED)]
    for entry in sorted(entries, key=lambda entry: entry.name):
        if not entry.is_file(follow_symlinks=False):
            raise PackageRefused("Un paquet ne contient que des fichiers, ni dossier ni lien.", file=entry.name)
        refuse_too_large(entry.name, entry.stat().st_size)
        files[entry.name] = Path(entry.path)
    return files


def archive_files(archive: zipfile.ZipFile) -> dict[str, Path | zipfile.ZipInfo]:
    """Its members by name. One folder around them all is accepted: so do file managers make a ZIP."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MOST_MEMBERS:
        raise PackageRefused(f"L’archive contient {len(members)} fichiers : un paquet en a {len(NAMES)} au plus.")
    if sum(member.file_size for member in members) > LARGEST_PACKAGE:
        raise PackageRefused("L’archive dépasse 2 Gio une fois ouverte : vérifiez son contenu.")
    files: dict[str, Path | zipfile.ZipInfo] = {}
    for member in members:
        refuse_dangerous(member)
        name = PurePosixPath(member.filename)
        if any(part.startswith(IGNORED) for part in name.parts):
            continue
        if name.name in files or len(name.parts) > 2:
            raise PackageRefused("L’archive contient des dossiers ou deux fois ce fichier.", file=member.filename)
        files[name.name] = member
    return files


def refuse_dangerous(member: zipfile.ZipInfo) -> None:
    name = member.orig_filename or member.filename
    climbs = name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name or "\0" in name
    if climbs or stat.S_ISLNK(member.external_attr >> 16):
        raise PackageRefused("L’archive contient un chemin qui en sort : refaites-la sans lien ni « .. ».", file=name)
    if member.flag_bits & 0x1:
        raise PackageRefused("L’archive est protégée par un mot de passe : refaites-la sans.", file=name)
    refuse_too_large(name, member.file_size)
    if member.file_size > SMALL and member.file_size > HIGHEST_RATIO * max(member.compress_size, 1):
        raise PackageRefused("Ce fichier est anormalement comprimé (bombe ZIP ?) : refaites l’archive.", file=name)


def refuse_too_large(name: str, size: int) -> None:
    if size > LARGEST_FILE:
        found = f"{size / 1024 / MEBIBYTE:.1f}".replace(".", ",")
        raise PackageRefused(
            f"Le fichier pèse {found} Gio, la limite est de 1 Gio : partagez l’envoi par période.", file=name
        )


def refuse_wrong_names(files: dict[str, Path | zipfile.ZipInfo]) -> None:
    for name in files:
        if name.lower().endswith(".csv") and name not in EXPECTED:
            raise PackageRefused("Ce nom de fichier n’est pas connu : corrigez-le ou retirez le fichier.", file=name)
    missing = [f"{name}.csv" for name in REQUIRED if f"{name}.csv" not in files]
    if missing:
        add = agreed(len(missing), "ajoutez-le", "ajoutez-les")
        advice = f"{add} ; une ligne d’en-têtes suffit quand il n’y a rien à y dire."
        raise PackageRefused(f"Il manque {', '.join(missing)} dans le paquet : {advice}", file=missing[0])
