"""What is measured: databases filled for the occasion, and the web servers that stand before them."""

import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
from psycopg import sql

from bench.figures import ROOT
from bench.processes import parent_of, tree
from tools import postgres

PRODUCT = {"DJANGO_SETTINGS_MODULE": "config.settings"}
BARE = {"DJANGO_SETTINGS_MODULE": "bench.bare_settings"}
FIRST_PORT, LAST_PORT = 8200, 8219
SMALL, LARGE = 1_000, 100_000
BROWSER_ENCODINGS = "gzip, deflate, br, zstd"
PATIENCE = 60.0  # seconds for a server to answer


@dataclasses.dataclass(frozen=True, kw_only=True)
class Site:
    """A filled database: the environment that reaches it, its sessions, the process of its server."""

    environment: dict[str, str]
    sessions: dict[str, Any]
    database_pid: int | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Server:
    """A running gunicorn."""

    pid: int
    port: int

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def workers(self) -> list[int]:
        return tree(self.pid)[1:]


class Visitor:
    """A browser reduced to its connection: same headers, same cookies, nothing drawn."""

    def __init__(self, server: Server, *, session: str = "") -> None:
        self.connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        self.session = session

    def get(self, path: str = "/", *, session: str = "") -> bytes:
        """The body of a page that must be there."""
        headers = {"Accept-Encoding": BROWSER_ENCODINGS, "Cookie": f"session={session or self.session}"}
        self.connection.request("GET", path, headers=headers)
        response = self.connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path} answers {response.status}")
        return body

    def sign_in(self, *, identifier: str, password: str) -> int:
        """Send the form of the entrance; the status of the answer."""
        self.connection.request("GET", "/connexion/")
        response = self.connection.getresponse()
        cookie, page = response.headers["Set-Cookie"].partition(";")[0], response.read().decode()
        token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        form = urlencode({"csrfmiddlewaretoken": token, "identifier": identifier, "password": password})
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request("POST", "/connexion/", body=form, headers=headers)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status


def free_port() -> int:
    """The first port of ours that nobody listens to."""
    for port in range(FIRST_PORT, LAST_PORT + 1):
        try:
            HTTPConnection("127.0.0.1", port, timeout=1).connect()
        except OSError:
            return port
    raise RuntimeError(f"every port from {FIRST_PORT} to {LAST_PORT} is taken")


def run(*arguments: str, environment: dict[str, str]) -> str:
    """Run a Python program of the project to its end; what it printed."""
    command = [sys.executable, *arguments]
    full = {**os.environ, **environment}
    return subprocess.run(command, check=True, env=full, cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout


def wait_until_open(process: subprocess.Popen[bytes], port: int) -> None:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        if process.poll() is not None:
            raise RuntimeError(f"the web server ended with status {process.returncode}")
        try:
            HTTPConnection("127.0.0.1", port, timeout=1).connect()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the web server does not answer")


@contextmanager
def serving(site: Site, application: dict[str, str] = PRODUCT, *, port: int | None = None) -> Iterator[Server]:
    """Start gunicorn as the product does, with the product's or the bare settings."""
    port = port or free_port()
    environment = {**os.environ, **site.environment, **application, "PORT": str(port)}
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "--log-level", "warning"]
    with subprocess.Popen([*command, "config.wsgi"], env=environment, cwd=ROOT) as process:
        try:
            wait_until_open(process, port)
            yield Server(pid=process.pid, port=port)
        finally:
            process.terminate()


class Workshop:
    """The sites of one run, each made when a part first asks for it, all gone at the end."""

    def __init__(self, *, is_quick: bool, stack: ExitStack) -> None:
        self.is_quick = is_quick
        self.stack = stack
        self.folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parvis-bench-")))

    def times(self, usual: int, quick: int) -> int:
        """How often to measure."""
        return quick if self.is_quick else usual

    @cached_property
    def postgres_url(self) -> str:
        """A PostgreSQL server of our own; the address of its first database."""
        return self.stack.enter_context(postgres.server())

    def new_database(self, name: str) -> str:
        """An empty database on that server."""
        with psycopg.connect(self.postgres_url, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        before, mark, parameters = self.postgres_url.partition("?")
        return before.rpartition("/")[0] + f"/{name}{mark}{parameters}"

    @cached_property
    def database_pid(self) -> int:
        """The process that all processes of PostgreSQL come from."""
        with psycopg.connect(self.postgres_url) as connection:
            return parent_of(connection.info.backend_pid)

    @cached_property
    def static_root(self) -> str:
        folder = str(self.folder / "static")
        where = {"PARVIS_ENV": "demonstration", "DATA": str(self.folder), "STATIC_ROOT": folder}
        run("manage.py", "collectstatic", "--no-input", "-v0", environment=where | PRODUCT)
        return folder

    def filled(self, url: str, *, clients: int, signed_in: int = 1) -> Site:
        """The site whose rows stand in that database, filled."""
        print(f"… {clients} clients in {url.partition(':')[0]}", file=sys.stderr, flush=True)
        environment = {
            "PARVIS_ENV": "demonstration",
            "DATABASE_URL": url,
            "DATA": str(self.folder),
            "STATIC_ROOT": self.static_root,
        }
        run("manage.py", "migrate", "-v0", environment=environment | PRODUCT)
        sizes = ["--clients", str(clients), "--signed-in", str(signed_in), "--host", f"127.0.0.1:{FIRST_PORT}"]
        sessions = json.loads(run("-m", "bench.population", *sizes, environment=environment | PRODUCT))
        on_postgres = url.startswith("postgresql")
        return Site(
            environment=environment,
            sessions=sessions,
            database_pid=self.database_pid if on_postgres else None,
        )

    @cached_property
    def small(self) -> Site:
        """1 000 clients on PostgreSQL."""
        return self.filled(self.new_database("small"), clients=SMALL, signed_in=SMALL // 2)

    @cached_property
    def large(self) -> Site:
        """100 000 clients on PostgreSQL; fewer in a quick run."""
        clients = self.times(LARGE, SMALL * 5)
        return self.filled(self.new_database("large"), clients=clients, signed_in=SMALL // 2)

    @cached_property
    def embedded(self) -> Site:
        """1 000 clients on SQLite."""
        return self.filled(f"sqlite:///{self.folder / 'bench.sqlite3'}", clients=SMALL)
