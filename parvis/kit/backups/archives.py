"""The file of a safety copy: a compressed tar with its manifest first, encrypted by age where a key is given."""

import dataclasses
import hashlib
import json
import shutil
import tarfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Self

import pyrage

from parvis.kit.refusals import Refusal

MANIFEST, SEAL, DATABASE, FILES = "manifest.json", "manifest.sha256", "database", "files"
ENCRYPTED = b"age-encryption.org/v1"
FORMAT = 1


class Damaged(Refusal):
    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Cette sauvegarde est abîmée ou incomplète ({reason}). Rien n’a été changé : prenez-en une autre."
        )


class NoKey(Refusal):
    message = "Cette sauvegarde est chiffrée : donnez le fichier de votre clé age avec --identity."


class WrongKey(Refusal):
    message = "Cette clé n’ouvre pas cette sauvegarde."


@dataclasses.dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a copy says of itself: by which version, when, which database, its migrations, its rows, its digests."""

    version: str
    made_at: str
    vendor: str
    migrations: list[list[str]]
    rows: dict[str, int]
    digests: dict[str, str]
    format: int = FORMAT

    def as_bytes(self) -> bytes:
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()

    @classmethod
    def read(cls, content: bytes) -> Self:
        values: dict[str, Any] = json.loads(content)
        return cls(**values)


def digest_of(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def digests_in(folder: Path) -> dict[str, str]:
    """The SHA-256 (hexadecimal) of each file of a folder, by its place there."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): digest_of(path) for path in paths}


def pack(folder: Path, *, manifest: Manifest, into: Path, recipients: Sequence[str]) -> None:
    """Write what the folder holds, behind its manifest, in the file `into`."""
    content = manifest.as_bytes()
    (folder / MANIFEST).write_bytes(content)
    (folder / SEAL).write_text(hashlib.sha256(content).hexdigest())
    clear = into.with_suffix(".clear") if recipients else into
    with tarfile.open(clear, "w:gz", compresslevel=6) as archive:
        for name in (MANIFEST, SEAL, *manifest.digests):
            archive.add(folder / name, arcname=name, recursive=False)
    if recipients:
        pyrage.encrypt_file(str(clear), str(into), [pyrage.x25519.Recipient.from_str(each) for each in recipients])
        clear.unlink()


def unpack(file: Path, *, folder: Path, identities: Sequence[str]) -> Manifest:
    """Read a copy into an empty folder, every digest compared. Refuses a damaged one, or one that no key opens."""
    clear = decrypted(file, folder=folder, identities=identities) if is_encrypted(file) else file
    try:
        with tarfile.open(clear, "r:gz") as archive:
            for member in archive:
                extract(archive, member, folder=folder)
        content = (folder / MANIFEST).read_bytes()
        if hashlib.sha256(content).hexdigest() != (folder / SEAL).read_text():
            raise Damaged(MANIFEST)
        manifest = Manifest.read(content)
    except (OSError, EOFError, tarfile.TarError, zlib.error, ValueError, TypeError) as error:
        raise Damaged(type(error).__name__) from error
    for name, digest in manifest.digests.items():
        if not (folder / name).is_file() or digest_of(folder / name) != digest:
            raise Damaged(name)
    return manifest


def extract(archive: tarfile.TarFile, member: tarfile.TarInfo, *, folder: Path) -> None:
    """One file, at a place of ours: the database, or below the files."""
    place = PurePosixPath(member.name)
    is_ours = member.name in (MANIFEST, SEAL, DATABASE) or (place.parts[0] == FILES and ".." not in place.parts)
    source = archive.extractfile(member) if member.isfile() and is_ours else None
    if source is None:
        raise Damaged(member.name)
    target = folder / place
    target.parent.mkdir(parents=True, exist_ok=True)
    with source, target.open("wb") as written:
        shutil.copyfileobj(source, written)


def is_encrypted(file: Path) -> bool:
    with file.open("rb") as content:
        return content.read(len(ENCRYPTED)) == ENCRYPTED


def decrypted(file: Path, *, folder: Path, identities: Sequence[str]) -> Path:
    if not identities:
        raise NoKey
    clear = folder / "clear"
    try:
        pyrage.decrypt_file(str(file), str(clear), [pyrage.x25519.Identity.from_str(each) for each in identities])
    except pyrage.IdentityError as error:
        raise WrongKey from error
    except pyrage.DecryptError as error:
        raise WrongKey if "matching keys" in str(error) else Damaged(type(error).__name__) from error
    return clear
