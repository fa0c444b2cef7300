"""What the actors asked for and what was acknowledged, on disk before anything else happens."""

import dataclasses
import json
import os
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ASKED, ACKNOWLEDGED, NONSENSE = "asked", "acknowledged", "nonsense"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Line:
    """`who` asked for `verb` (or had it acknowledged) at that second since 1970; `what` is its own to each verb."""

    at: float
    stage: str
    verb: str
    who: str
    what: str = ""


class Notebook:
    """A file that only grows, a line at a time, each one forced to the disk; shared by threads."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("a", encoding="utf-8")
        self.lock = threading.Lock()

    def asked(self, verb: str, who: str, what: str = "") -> None:
        """Somebody is about to ask: it may happen, whatever becomes of the answer."""
        self.write(ASKED, verb, who, what)

    def acknowledged(self, verb: str, who: str, what: str = "") -> None:
        """The product said that it is done."""
        self.write(ACKNOWLEDGED, verb, who, what)

    def nonsense(self, verb: str, who: str, what: str) -> None:
        """The product said what cannot be true."""
        self.write(NONSENSE, verb, who, what)

    def close(self) -> None:
        self.file.close()

    def write(self, stage: str, verb: str, who: str, what: str) -> None:
        line = Line(at=time.time(), stage=stage, verb=verb, who=who, what=what)
        with self.lock:
            append(self.file.fileno(), dataclasses.asdict(line))


def append(descriptor: int, row: object) -> None:
    """Write one row of JSON at the end of a file and wait until the disk has it."""
    os.write(descriptor, (json.dumps(row, ensure_ascii=False) + "\n").encode())
    os.fsync(descriptor)


def read_lines(paths: Iterable[Path]) -> list[Line]:
    """Every line of these notebooks, in the order of time."""
    lines = [Line(**row) for path in paths for row in read_rows(path)]
    return sorted(lines, key=lambda line: line.at)


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file (each its own keys), but for one that was being written when its writer died."""
    if not path.exists():
        return []
    whole, _, _ = path.read_bytes().rpartition(b"\n")
    return [json.loads(line) for line in whole.splitlines()]
