"""The demonstration as a visitor finds it: started by its own command, reached over HTTP, stopped by Ctrl-C."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx2

from tools.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
VISITOR = httpx2.Client(timeout=10, trust_env=False)
LINK = re.compile(r"^https?://\S+$", re.MULTILINE)
SIGN_IN_CODE = re.compile(r"(\d{4}\u00a0\d{4})\b")
Found = TypeVar("Found")


@dataclass(frozen=True)
class Letter:
    """A line of accounts.json: what a client of the demonstration holds."""

    identifier: str
    password: str
    email: str
    profiles: tuple[str, ...]
    state: str
    agency: str


@dataclass(frozen=True)
class Message:
    """A message as the demonstration mailbox shows it."""

    to: str
    subject: str
    text: str
    html: str
    sent_at: str

    @property
    def link(self) -> str:
        """The one address that stands alone on its line."""
        found = LINK.search(self.text)
        assert found, self.text
        return found.group()

    @property
    def code(self) -> str:
        """The 8 digits that complete a password, spaced as they stand there."""
        found = SIGN_IN_CODE.search(self.text)
        assert found, self.text
        return found.group(1)


@dataclass(kw_only=True)
class Demonstration:
    """A running demonstration: its address, its letters (each handed out once), its mailbox, its rows."""

    origin: str
    folder: Path
    environment: dict[str, str]
    letters: list[Letter]
    given: set[str] = field(default_factory=set)
    known: dict[str, str] = field(default_factory=dict)  # by identifier, the cookie of a browser known to it

    def letter(self, state: str, *, with_email: bool = False, profiles: int = 1) -> Letter:
        """A letter of the first agency in that state, which no test has held yet, with so many profiles at least.

        The last of the active clients go first: `active` shares the others.
        """
        ours = self.of_clients(state)
        for letter in reversed(ours) if state == "active" else ours:
            fits = len(letter.profiles) >= profiles and (letter.email or not with_email)
            if fits and letter.identifier not in self.given:
                self.given.add(letter.identifier)
                return letter
        raise LookupError(f"No letter left in the state {state}.")

    def active(self, profile: str = "") -> Letter:
        """Somebody who came in long ago; tests share them, and leave them as they found them."""
        free = [one for one in self.of_clients("active") if one.identifier not in self.given]
        return next(one for one in free if profile in one.profiles or not profile)

    def staff(self, role: str = "administrator") -> Letter:
        """Somebody who works at the first agency in that role."""
        return next(one for one in self.letters if {"staff", role} <= set(one.profiles))

    def staff_without_telephone(self) -> Letter:
        """Somebody of the first agency who has no second proof yet."""
        ours = [one for one in self.letters if "staff" in one.profiles and one.agency == self.letters[0].agency]
        return ours[-1]

    def telephone_code(self, email: str) -> str:
        """A code that the telephone of this member of the staff shows, not used yet."""

        def shown() -> str | None:
            codes: dict[str, str] = fetch(f"{self.origin}/demo/boite/codes.json").json()
            return codes[email] or None

        return wait_for(shown, f"A code for {email}", seconds=60)

    def active_elsewhere(self) -> Letter:
        """Such a client of the second agency."""
        first = self.letters[0].agency
        others = [one for one in self.letters if one.agency != first and one.state == "active"]
        return next(one for one in others if "staff" not in one.profiles)

    def of_clients(self, state: str) -> list[Letter]:
        """The clients of the first agency in that state."""
        ours = [one for one in self.letters if one.agency == self.letters[0].agency]
        return [one for one in ours if one.state == state and "staff" not in one.profiles]

    def messages(self) -> list[Message]:
        return [Message(**message) for message in fetch(f"{self.origin}/demo/boite/messages.json").json()]

    def arrived(self, to: str, subject: str) -> list[Message]:
        """The messages of that subject that this address has received so far, newest first."""
        return [one for one in self.messages() if one.to == to and subject in one.subject]

    def message(self, to: str, subject: str, *, after: int = 0) -> Message:
        """The newest message of that subject to that address, once more than `after` of them have arrived."""

        def newest() -> Message | None:
            found = self.arrived(to, subject)
            return found[0] if len(found) > after else None

        return wait_for(newest, f"« {subject} » to {to}")

    def manage(self, *words: str) -> str:
        """Run a command of the site as its operator would; what it says."""
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def expire_links(self, email: str) -> None:
        """Make the links sent to that address nine days old."""
        times = "created_at = datetime('now', '-9 days'), expires_at = datetime('now', '-8 days')"
        self.change(f"UPDATE people_emaillink SET {times} WHERE email = ?", email)

    def change(self, statement: str, *values: Any) -> None:
        """Age or alter rows behind the back of the site, which has no page for it; one row at least must change."""
        with closing(sqlite3.connect(self.folder / "parvis.sqlite3", timeout=20)) as database, database:
            assert database.execute(statement, values).rowcount > 0, statement


def fetch(address: str) -> httpx2.Response:
    """One GET without a browser: no cookie, no proxy of the machine."""
    VISITOR.cookies.clear()
    return VISITOR.get(address)


def wait_for(ask: Callable[[], Found | None], what: str, *, seconds: float = 40) -> Found:
    """Ask again five times a second until there is an answer."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = ask()
        if found is not None:
            return found
        time.sleep(0.2)
    raise TimeoutError(f"{what}: nothing after {seconds} s.")


@contextmanager
def running_demonstration(folder: Path, **variables: str) -> Iterator[Demonstration]:
    """Start `manage.py run_demo` on a free port with its data in `folder`; Ctrl-C it at the end."""
    port = free_port()
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {**kept, "PARVIS_ENV": "demonstration", "PORT": str(port), "DATA": str(folder), **variables}
    environment["STATIC_ROOT"] = str(folder / "static")
    command = [sys.executable, "manage.py", "run_demo"]
    with (folder.parent / f"{folder.name}.log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            wait_until_ready(process, origin=f"http://localhost:{port}", folder=folder, log=Path(log.name))
            yield Demonstration(
                origin=f"http://localhost:{port}", folder=folder, environment=environment, letters=letters_in(folder)
            )
        finally:
            stop(process)


def wait_until_ready(process: subprocess.Popen[bytes], *, origin: str, folder: Path, log: Path) -> None:
    """Wait until the entrance answers and the letters are written."""

    def answers() -> bool | None:
        assert process.poll() is None, f"The demonstration stopped by itself:\n{log.read_text()}"
        try:
            is_open = fetch(f"{origin}/connexion/").status_code == httpx2.codes.OK
        except httpx2.TransportError:
            return None
        return True if is_open and (folder / "accounts.json").exists() else None

    wait_for(answers, "The demonstration", seconds=240)


def letters_in(folder: Path) -> list[Letter]:
    lines = json.loads((folder / "accounts.json").read_text())
    return [Letter(**{**line, "profiles": tuple(line["profiles"])}) for line in lines]


def stop(process: subprocess.Popen[bytes]) -> None:
    """Press Ctrl-C, as a person would: web and worker must end by themselves."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise
