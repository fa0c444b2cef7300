"""Run the whole suite: on SQLite, on PostgreSQL, under load, in the browser; end with one line of totals."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping

from tools import postgres

PAGES = "not browser and not load"
COUNTS = re.compile(r"(\d+) (passed|failed|error)")
NO_TEST_COLLECTED = 5


class Suite:
    """The phases run so far and what they counted. In a whole suite, a phase without any test has failed."""

    def __init__(self, *, is_whole: bool) -> None:
        self.accepted = {0} if is_whole else {0, NO_TEST_COLLECTED}
        self.passed = 0
        self.failed = 0
        self.broken: list[str] = []

    def phase(self, title: str, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
        """Run pytest once, show its lines as they come and keep its counts."""
        print(f"\n=== {title}", flush=True)
        started = time.monotonic()
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
        environment = {**os.environ, **(environment or {})}
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as run:
            try:
                closing = follow(run)
            finally:
                run.terminate()
        self.count(closing)
        print(f"=== {title}: {time.monotonic() - started:.0f} s", flush=True)
        if run.returncode not in self.accepted:
            self.broken.append(title)

    def count(self, closing: str) -> None:
        for number, outcome in COUNTS.findall(closing):
            if outcome == "passed":
                self.passed += int(number)
            else:
                self.failed += int(number)

    def close(self) -> int:
        """Print the totals; the exit status."""
        if self.broken:
            print(f"\nFailed: {', '.join(self.broken)}")
            self.failed = max(self.failed, 1)
        print(f"\n{self.passed} passed, {self.failed} failed")
        return 1 if self.broken or not self.passed else 0


def follow(run: subprocess.Popen[str]) -> str:
    """Show the lines of a run as they come; return the one that counts."""
    closing = ""
    for line in run.stdout or ():
        print(line, end="", flush=True)
        closing = line if COUNTS.search(line) else closing
    run.wait()
    return closing


def main(paths: list[str]) -> int:
    suite = Suite(is_whole=not paths)
    processes = str(min(os.cpu_count() or 1, 4))
    suite.phase("SQLite", "-n", processes, "-m", PAGES, *paths)
    with postgres.server() as url:
        on_postgres = {"DATABASE_URL": url}
        suite.phase("PostgreSQL", "-n", processes, "-m", PAGES, *paths, environment=on_postgres)
        suite.phase("Load on PostgreSQL", "-m", "load", *paths, environment=on_postgres)
    suite.phase("Load on SQLite", "-m", "load", *paths)
    suite.phase("Browser", "-n", processes, "-m", "browser", *paths)
    return suite.close()


def end_in_order(*_signal: object) -> None:
    """Asked to end, leave no server behind."""
    sys.exit(1)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, end_in_order)
    sys.exit(main(sys.argv[1:]))
