"""What systemd would be: `python -m tools.drill.services FOLDER` starts the services and starts them again.

A process of its own that adopts every orphan, so that none stays a zombie (a dead postmaster left as one blocks the
next) and none outlives its service (a worker of gunicorn whose parent was killed still holds the port).
"""

import ctypes
import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from bench.processes import fields_of, tree

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
RESTART_AFTER = 0.1  # seconds, as systemd's RestartSec
GLANCE = 0.02
PATIENCE = 8.0


@dataclasses.dataclass(kw_only=True)
class Service:
    """A command that must always run, under an account of its own where one is named."""

    name: str
    command: list[str]
    environment: dict[str, str]
    folder: str
    account: str | None = None
    stops_by: int = signal.SIGTERM
    pid: int = 0
    starts: int = 0
    due_at: float = 0.0

    def start(self, *, log: Path) -> None:
        with log.open("ab") as output:
            groups: list[str | int] | None = [] if self.account else None
            process = subprocess.Popen(
                self.command,
                env=self.environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=self.account,
                group=self.account,
                extra_groups=groups,
            )
        process.returncode = 0  # it is reaped below, not by this object
        self.pid, self.starts = process.pid, self.starts + 1


class Init:
    """Starts, reaps, starts again; a service named in `held.json` stays down."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.services = [Service(**row) for row in json.loads((folder / "services.json").read_text())]
        self.is_ending = False

    def run(self) -> None:
        while not self.is_ending:
            self.reap()
            self.kill_orphans()
            self.start_due()
            time.sleep(GLANCE)
        self.stop()

    def reap(self) -> None:
        """Take note of every process that has ended."""
        while (ended := next_ended()) > 0:
            for service in self.services:
                if service.pid == ended:
                    service.pid, service.due_at = 0, time.monotonic() + RESTART_AFTER

    def orphans(self) -> list[int]:
        """Our children that belong to no running service."""
        running = {service.pid for service in self.services}
        found = {pid: fields_of(pid) for pid in tree(os.getpid())[1:]}
        ours = {pid: int(fields[3]) for pid, fields in found.items() if fields and int(fields[1]) == os.getpid()}
        return [pid for pid, session in ours.items() if pid not in running and session not in running]

    def kill_orphans(self) -> None:
        for pid in self.orphans():
            os.kill(pid, signal.SIGKILL)

    def start_due(self) -> None:
        """Start what is down and may start: not before every process of its former life has gone."""
        held = set(json.loads((self.folder / "held.json").read_text()))
        for service in self.services:
            if service.pid or service.name in held or service.due_at > time.monotonic() or self.orphans():
                continue
            service.start(log=self.folder / f"{service.name}.log")
            self.write_state()

    def write_state(self) -> None:
        draft = self.folder / "state.draft"
        draft.write_text(json.dumps({service.name: service.pid for service in self.services}))
        draft.replace(self.folder / "state.json")

    def stop(self) -> None:
        """Stop the services in the reverse of their order, the database last."""
        for service in reversed(self.services):
            deadline = time.monotonic() + PATIENCE
            if service.pid:
                os.kill(service.pid, service.stops_by)
            while service.pid and time.monotonic() < deadline:
                self.reap()
                time.sleep(GLANCE)
            if service.pid:
                os.kill(service.pid, signal.SIGKILL)
            self.reap()
            self.kill_orphans()


def next_ended() -> int:
    """The process that has ended, 0 while all run, -1 without any."""
    try:
        return os.waitpid(-1, os.WNOHANG)[0]
    except ChildProcessError:
        return -1


def main(folder: Path) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if libc.prctl(PR_SET_CHILD_SUBREAPER, 1):
        raise OSError(ctypes.get_errno(), "this system lets no process adopt orphans")
    init = Init(folder)

    def end(_number: int, _frame: object) -> None:
        init.is_ending = True

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    init.run()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
