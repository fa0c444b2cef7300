"""A ZIP that leaves as it is made: neither a file nor the memory ever holds it whole."""

import io
import time
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator

LONGEST_NAME = 120


class Outlet(io.RawIOBase):
    """What the archive writes to; emptied after each piece."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]  # what zipfile hands over
        self.waiting += data
        return len(data)

    def emptied(self) -> bytes:
        taken = bytes(self.waiting)
        self.waiting.clear()
        return taken


def stream_zip(members: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """The bytes of a ZIP of these names and contents, as they come. PDFs are compressed already: stored as they are.

    Two members of one name become « nom.pdf » and « nom (2).pdf ».
    """
    outlet, given = Outlet(), set[str]()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members:
            member = zipfile.ZipInfo(free_name(name, given), date_time=time.localtime()[:6])
            member.external_attr = 0o644 << 16
            with archive.open(member, "w", force_zip64=True) as file:
                for chunk in content:
                    file.write(chunk)
                    yield outlet.emptied()
    yield outlet.emptied()


def free_name(name: str, given: set[str]) -> str:
    """That name, or the next one that no member bears; it then is one. Windows sees no difference between cases."""
    folder, slash, file = name.rpartition("/")
    stem, dot, ending = file.rpartition(".")
    stem, ending = (stem, dot + ending) if dot else (file, "")
    rank, free = 1, name
    while free.casefold() in given:
        rank += 1
        free = f"{folder}{slash}{stem} ({rank}){ending}"
    given.add(free.casefold())
    return free


def file_name(text: str) -> str:
    """The text as a name of file that every system takes: no sign that one of them forbids, no leading dot."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(" " if sign in '\\/:*?"<>|' or unicodedata.category(sign)[0] in "CZ" else sign for sign in composed)
    words = " ".join(kept.split()).strip(". ")
    return words[:LONGEST_NAME].strip(". ") or "document"
