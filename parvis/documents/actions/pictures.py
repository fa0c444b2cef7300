"""Photos of a case: looked at, drawn again without what they say of their author, scanned, kept with a small copy."""

import hashlib
from dataclasses import dataclass

from parvis.documents.actions.storing import INFECTED, kept
from parvis.documents.examiner import Checked, FileRefused, draw
from parvis.documents.models import StoredFile
from parvis.documents.scanner import Verdict, scan


@dataclass(frozen=True, kw_only=True)
class KeptPicture:
    """`is_scanned` is false while the scanner does not answer: nobody else may see it yet."""

    file: StoredFile
    thumbnail: StoredFile | None
    is_scanned: bool


def keep_picture(content: bytes) -> KeptPicture:
    """Keep a photo (JPEG, PNG, HEIC) or a PDF, whatever its name pretends. Refuses with `FileRefused`."""
    verdict = scan(content)
    if verdict == Verdict.INFECTED:
        raise FileRefused(INFECTED)
    drawn, is_clean = draw(content), verdict == Verdict.CLEAN
    return KeptPicture(
        file=kept(drawn.checked, received=digest(content), is_clean=is_clean),
        thumbnail=kept_small(drawn.thumbnail, is_clean=is_clean),
        is_scanned=is_clean,
    )


def kept_small(small: Checked | None, *, is_clean: bool) -> StoredFile | None:
    return kept(small, received=digest(small.content), is_clean=is_clean) if small else None


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
