"""The site as the operations guide installs it: the shipped proxy in front, gunicorn behind, in production mode.

The shipped files are used as they are; only ports, folders, certificates and the account are put in place of theirs.
"""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from tests.deploy.certificates import write_certificate
from tests.guards.tree import ROOT
from tools.postgres import free_port

NAME = "espace.exemple.fr"
SHIPPED = ROOT / "deploy"
OUTSIDE = "127.0.0.2"  # a visitor who is not this machine's own address
PATIENCE_SECONDS = 60  # of who asks, on a machine that does other things
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or "nginx"


@dataclass(frozen=True, kw_only=True)
class Site:
    """Where it listens: https, http, and the web server that nobody outside may reach."""

    folder: Path
    https: int
    http: int
    behind: int

    def tls(self, *, name: str = NAME, source: str = OUTSIDE) -> ssl.SSLSocket:
        """An open connection to the proxy, as a browser that asks for `name` opens it."""
        context = ssl.create_default_context(cafile=self.folder / "fullchain.pem")
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT  # Python 3.13 asks of a self-made one what only others have
        return context.wrap_socket(self.plain(self.https, source=source), server_hostname=name)

    def plain(self, port: int, *, source: str = OUTSIDE) -> socket.socket:
        return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS, source_address=(source, 0))


def database_url() -> str:
    """The database of the tests, for another process."""
    kept = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{kept['NAME']}"
    return f"postgresql://{quote(kept['USER'])}:{quote(kept['PASSWORD'])}@{kept['HOST']}:{kept['PORT']}/{kept['NAME']}"


def production(folder: Path, *, port: int) -> dict[str, str]:
    """What /etc/parvis/parvis.env says, for a trial on this machine."""
    return {
        "PATH": os.environ["PATH"],
        "PUBLIC_URL": f"https://{NAME}",
        "SECRET_KEY": "Zq3vN8xR1tLw7cKd5bYh2mJf9sGp4aUe6iTo0nVrXyWlQkBzHj",
        "DATABASE_URL": database_url(),
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_SECURITY": "none",
        "DATA": str(folder / "data"),
        "STATIC_ROOT": str(folder / "static"),
        "PORT": str(port),
    }


def gunicorn(environment: dict[str, str], *, listening: socket.socket | None = None) -> subprocess.Popen[bytes]:
    """Start the web server by the shipped configuration; `listening` is handed over as systemd does."""
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
    if listening is None:
        return subprocess.Popen(command, cwd=ROOT, env=environment)
    handed = 'exec 3<&"$1"; shift; LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"'  # systemd's own protocol
    return subprocess.Popen(
        ["/bin/bash", "-c", handed, "systemd", str(listening.fileno()), *command],
        cwd=ROOT,
        env=environment,
        pass_fds=[listening.fileno()],
    )


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        assert process.poll() is None, "it ended before it listened"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < deadline, "it does not listen"
            time.sleep(0.05)
        else:
            return


def speaks_ipv6() -> bool:
    """Whether this machine has ::1 (some containers have not)."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


@contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """End the process with the `with`."""
    try:
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(PATIENCE_SECONDS)


def nginx_files(site: Site) -> Path:
    """Copy the shipped files for this site; the path of the main one."""
    kept = site.folder / "nginx"
    kept.mkdir()
    places = {
        "user www-data;": "user root;",
        "/run/nginx.pid": str(kept / "pid"),
        "/var/log/nginx": str(kept),
        "client_body_temp_path /var/lib/nginx/body;": "".join(
            f"{name}_temp_path {kept}/{name};" for name in ("client_body", "fastcgi", "uwsgi", "scgi")
        ),
        "/var/lib/nginx/proxy": str(kept / "proxy"),
        "/etc/nginx/conf.d/*.conf": str(kept / "parvis.conf"),
        "/etc/nginx/parvis_proxy.conf": str(kept / "parvis_proxy.conf"),
        f"/etc/letsencrypt/live/{NAME}": str(site.folder),
        "/srv/parvis/static": str(site.folder / "static"),
        "/srv/parvis/current/deploy/nginx/erreurs": str(SHIPPED / "nginx" / "erreurs"),
        "127.0.0.1:8000": f"127.0.0.1:{site.behind}",
        "[::]:80": f"[::1]:{site.http}",
        "[::]:443": f"[::1]:{site.https}",
        "listen 80": f"listen 127.0.0.1:{site.http}",
        "listen 443": f"listen 127.0.0.1:{site.https}",
    }
    for name in ("nginx.conf", "parvis.conf", "parvis_proxy.conf"):
        text = (SHIPPED / "nginx" / name).read_text()
        for theirs, ours in places.items():
            text = text.replace(theirs, ours)
        if not speaks_ipv6():
            text = "\n".join(line for line in text.splitlines() if "listen [" not in line)
        (kept / name).write_text(text)
    return kept / "nginx.conf"


def prepared(folder: Path, *, behind: int) -> tuple[Site, dict[str, str]]:
    """A certificate, the styles, and what the web server is told."""
    site = Site(folder=folder, https=free_port(), http=free_port(), behind=behind)
    write_certificate(folder, names=[NAME])
    environment = production(folder, port=behind)
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return site, environment


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    """The whole of it, for the length of the `with`."""
    site, environment = prepared(folder, behind=free_port())
    with ended(gunicorn(environment)) as server, proxied(site):
        wait_for(site.behind, server)
        yield site


@contextmanager
def proxied(site: Site) -> Iterator[None]:
    """nginx, by the shipped files."""
    command = [NGINX, "-p", str(site.folder), "-c", str(nginx_files(site)), "-g", "daemon off;"]
    with ended(subprocess.Popen(command)) as server:
        wait_for(site.https, server)
        yield
