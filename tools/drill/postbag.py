"""The messages that the SMTP server of the drill has taken, read as they come."""

import json
import re
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

LINK = re.compile(r"^https://[^/\s]+/c/(\S+?)\s*$", re.MULTILINE)
NUMBERED = re.compile(r"[a-z0-9-]+-n\d+")  # subjects of `mailing`
GLANCE = 0.1


class Postbag:
    """What was taken, by address, in the order of its arrival."""

    def __init__(self, taken: Path) -> None:
        taken.touch()
        self.file = taken.open("rb")
        self.rest = b""
        self.lock = threading.Lock()
        self.all: list[dict[str, Any]] = []
        self.by_address: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def close(self) -> None:
        self.file.close()

    def refresh(self) -> None:
        """Read what was written since; a line that its writer did not finish was not acknowledged."""
        with self.lock:
            *whole, self.rest = (self.rest + self.file.read()).split(b"\n")
            for line in whole:
                self.keep(line)

    def keep(self, line: bytes) -> None:
        try:
            row = json.loads(line)
        except ValueError:
            return
        is_numbered = NUMBERED.fullmatch(row["subject"]) is not None
        self.all.append({**row, "links": LINK.findall(row["text"]), "is_numbered": is_numbered})
        self.by_address[row["to"]].append(self.all[-1])

    def to(self, address: str) -> list[dict[str, Any]]:
        """The messages to that address, oldest first."""
        self.refresh()
        return list(self.by_address[address])

    def wait(self, address: str, *, words: str, after: int, seconds: float) -> list[dict[str, Any]]:
        """The messages whose subject holds `words`, once there are more than `after`; whatever there is in the end."""
        deadline = time.monotonic() + seconds
        while True:
            found = [row for row in self.to(address) if words in row["subject"]]
            if len(found) > after or time.monotonic() > deadline:
                return found
            time.sleep(GLANCE)
