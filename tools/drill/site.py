"""The real product: PostgreSQL or SQLite, gunicorn, the worker, an SMTP server, each as it is shipped."""

import dataclasses
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psycopg

from bench.processes import tree
from tools import postgres
from tools.drill.browser import HOST
from tools.drill.population import EVERY_FORMER, SLUG, reference_of, write_package

ROOT = Path(__file__).resolve().parents[2]
PASSED_ON = ("PATH", "HOME", "LANG")
GUNICORN = ["-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
OPENS_WITHIN = 60.0
OF_POSTGRESQL = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    # After a crash the server first syncs its whole folder: one call, where it would open each of a thousand files.
    "recovery_init_sync_method": "syncfs",
}
WEB, WORKER, DATABASE, SMTP = "web", "worker", "database", "smtp"


@dataclasses.dataclass(kw_only=True)
class Site:
    """One run of the product in `folder`. `ports`: of the web server, of the SMTP server, of PostgreSQL."""

    folder: Path
    on_postgresql: bool
    ports: tuple[int, int, int]
    clients: int
    opened_within: float = 0.0  # seconds, undisturbed
    password: str = dataclasses.field(default_factory=lambda: secrets.token_hex(16), repr=False)
    key: str = dataclasses.field(default_factory=lambda: secrets.token_urlsafe(50), repr=False)

    @property
    def port(self) -> int:
        return self.ports[0]

    @property
    def database_url(self) -> str:
        if self.on_postgresql:
            return f"postgresql://{postgres.ROLE}:{self.password}@127.0.0.1:{self.ports[2]}/{postgres.ROLE}"
        return f"sqlite:///{self.folder / 'parvis.sqlite3'}"

    @property
    def environment(self) -> dict[str, str]:
        """In production, behind a proxy of this machine."""
        kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        return {
            **kept,
            "PARVIS_ENV": "production",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PUBLIC_URL": f"https://{HOST}",
            "SECRET_KEY": self.key,
            "DATABASE_URL": self.database_url,
            "DATA": str(self.folder / "data"),
            "STATIC_ROOT": str(self.folder / "static"),
            "PORT": str(self.port),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.ports[1]),
            "EMAIL_SECURITY": "none",
        }

    # Commands of the product

    def command(self, *words: str) -> subprocess.Popen[str]:
        """A program of the product, started; its errors in `commands.log`."""
        with (self.folder / "commands.log").open("a") as log:
            return subprocess.Popen(
                [sys.executable, *words], env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True
            )

    def run(self, *words: str) -> str:
        """Run it to its end, which must be a good one; what it printed."""
        process = self.command(*words)
        told, _ = process.communicate()
        if process.returncode:
            raise RuntimeError(f"{' '.join(words[:3])} ended with {process.returncode}: see {self.folder}/commands.log")
        return told

    def prepare(self) -> dict[str, str]:
        """Fill the database by the product's own commands; the codes of the letters, by identifiant."""
        self.hold()
        self.write_mood()
        if self.on_postgresql:
            self.make_cluster()
        with self.running([self.service(DATABASE)] if self.on_postgresql else []):
            if self.on_postgresql:
                self.make_database()
            self.run("manage.py", "migrate", "-v0")
            self.run("manage.py", "collectstatic", "--no-input", "-v0")
            package = write_package(self.folder / "people", block=0, clients=self.clients)
            self.run("manage.py", "import_package", str(package), "--agency", SLUG, "--create-agency", "-v0")
            by_letter = [reference_of(rank) for rank in range(self.clients) if rank % EVERY_FORMER]
            codes: dict[str, str] = json.loads(self.run("-m", "tools.drill.letters", *by_letter))
            return codes

    # PostgreSQL

    @cached_property
    def bin_folder(self) -> Path:
        found = postgres.binaries()
        if found is None:
            raise SystemExit("The drill needs the server of PostgreSQL: install the package postgresql.")
        return found

    @property
    def cluster(self) -> Path:
        return self.folder / "cluster"

    def make_cluster(self) -> None:
        postgres.make_cluster(self.cluster, bin_folder=self.bin_folder, password=self.password)

    def make_database(self) -> None:
        """The product's role, without any special right, and its database."""
        superuser = f"postgresql://postgres:{self.password}@127.0.0.1:{self.ports[2]}/postgres"
        wait_until(lambda: is_answered(superuser), "PostgreSQL")
        postgres.create_role(superuser, password=self.password)
        with psycopg.connect(superuser, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {postgres.ROLE} OWNER {postgres.ROLE}")

    # The services

    def service(self, name: str) -> dict[str, Any]:
        """How `services` starts it; PostgreSQL stops by SIGINT (at once, in order)."""
        python = {"folder": str(ROOT), "environment": self.environment}
        if name == DATABASE:
            options = {**OF_POSTGRESQL, "port": self.ports[2]}
            flags = [word for key, value in options.items() for word in ("-c", f"{key}={value}")]
            return {
                "name": name,
                "command": [str(self.bin_folder / "postgres"), "-D", str(self.cluster / "data"), *flags],
                "environment": {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
                "folder": str(self.cluster),
                "account": postgres.server_account(),
                "stops_by": signal.SIGINT.value,
            }
        words = {
            WEB: GUNICORN,
            WORKER: ["manage.py", "run_worker"],
            SMTP: ["-m", "tools.drill.sink", str(self.ports[1]), str(self.folder)],
        }[name]
        return {"name": name, "command": [sys.executable, *words], **python}

    @property
    def names(self) -> list[str]:
        return [*([DATABASE] if self.on_postgresql else []), SMTP, WEB, WORKER]

    @contextmanager
    def running(self, services: list[dict[str, Any]]) -> Iterator[None]:
        """Have an init of ours keep these services up, in this order."""
        (self.folder / "services.json").write_text(json.dumps(services))
        (self.folder / "state.json").write_text("{}")
        command = [sys.executable, "-m", "tools.drill.services", str(self.folder)]
        with subprocess.Popen(command, cwd=ROOT, start_new_session=True) as init:
            try:
                yield
            finally:
                init.terminate()

    @contextmanager
    def open(self) -> Iterator[None]:
        """All of it, once it answers."""
        with self.running([self.service(name) for name in self.names]):
            started = time.monotonic()
            wait_until(self.is_ready, "the product")
            self.opened_within = time.monotonic() - started
            yield

    def is_ready(self) -> bool:
        """Whether clients can be served, as the product says it."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/sante/prete", headers={"Host": HOST, "X-Forwarded-Proto": "https"})
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def pids(self) -> dict[str, int]:
        """The main process of each service that was started."""
        state: dict[str, int] = json.loads((self.folder / "state.json").read_text())
        return state

    def kill(self, name: str) -> int:
        """kill -9 the main process; of PostgreSQL, all of them at once. The one that was killed, or 0."""
        pid = self.pids().get(name, 0)
        return kill_all(tree(pid) if name == DATABASE else [pid]) if pid else 0

    def children(self, name: str) -> list[int]:
        pid = self.pids().get(name, 0)
        return tree(pid)[1:] if pid else []

    def hold(self, *names: str) -> None:
        """Keep these down (they must be killed besides); the others come back."""
        replace(self.folder / "held.json", json.dumps(names))

    def write_mood(self, **mood: object) -> None:
        """How the SMTP server behaves from now on (`sink.Mood`)."""
        replace(self.folder / "mood.json", json.dumps(mood))


def replace(path: Path, text: str) -> None:
    draft = path.with_suffix(".draft")
    draft.write_text(text)
    draft.replace(path)


def kill_all(pids: list[int]) -> int:
    killed = 0
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
        killed = killed or pid
    return killed


def is_answered(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def wait_until(holds: Callable[[], bool], what: str, *, seconds: float = OPENS_WITHIN) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} does not answer")
        time.sleep(0.1)


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
