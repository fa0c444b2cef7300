"""The web server and the worker of the demonstration, started together and stopped together."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 5.0
GLANCE_SECONDS = 0.1
LINES_SHOWN = 15


class ChildDied(Exception):
    """A process that should have gone on has ended."""

    def __init__(self, child: "Child") -> None:
        super().__init__(
            f"{child.name} s’est arrêté tout seul. Ses dernières lignes ({child.log})\u00a0:\n{child.last_words()}"
        )


@dataclass(frozen=True, kw_only=True)
class Child:
    """A process of ours, with its own group so that its children stop with it."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(f"    {line}" for line in lines[-LINES_SHOWN:])

    def tell(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)


def start(name: str, command: list[str], *, environment: Mapping[str, str], log: Path) -> Child:
    """Start a process that writes what it says in `log`, out of reach of the terminal's Ctrl-C."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 -- our own commands
            [sys.executable, *command],
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Child(name=name, process=process, log=log)


@contextlib.contextmanager
def stopped_at_the_end(children: list[Child]) -> Iterator[None]:
    """Stop every child started meanwhile, whatever happens."""
    try:
        yield
    finally:
        stop(children)


def stop(children: list[Child]) -> None:
    """Ask all of them to end, wait a few seconds, then end what is left."""
    for child in children:
        child.process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE_SECONDS
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.0, deadline - time.monotonic()))
    for child in children:
        child.tell(signal.SIGKILL)
        child.process.wait()


def watch(children: list[Child]) -> None:
    """Wait for ever; raise `ChildDied` as soon as one of them ends."""
    while True:
        for child in children:
            if not child.is_alive:
                raise ChildDied(child)
        time.sleep(GLANCE_SECONDS)
