"""What the tools attack and measure, on loopback: the demonstration, and its data as production serves them."""

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from tools.audit import certificate
from tools.audit.verdict import ROOT
from tools.postgres import free_port

OPENS_WITHIN = 240.0
MESSAGE_WITHIN = 60.0
# The limits by address would answer the tools, all at one address, in place of the forms.
MANY_VISITORS = {"VISITORS_PER_ADDRESS": "100000"}
CODE = re.compile(r"(\d{4})\s(\d{4})\b")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass(frozen=True, kw_only=True)
class Site:
    """`origin` is the demonstration, over http; `secure_port` the settings of production, over https.

    `cookie` is the header of a client who has signed in at the first.
    """

    origin: str
    secure_port: int
    certificate: Path
    identifier: str
    cookie: str

    @property
    def secure_origin(self) -> str:
        return f"https://localhost:{self.secure_port}"


@contextmanager
def running_site() -> Iterator[Site]:
    """Both, with one client signed in; stopped and thrown away at the end."""
    with tempfile.TemporaryDirectory(prefix="parvis-audit-") as folder:
        home, port, secure_port = Path(folder), free_port(), free_port()
        where = {"DATA": f"{folder}/demo", "STATIC_ROOT": f"{folder}/static", **MANY_VISITORS}
        origin, accounts = f"http://localhost:{port}", home / "demo/accounts.json"
        demonstration = {**where, "PARVIS_ENV": "demonstration", "PORT": str(port)}
        with running("manage.py", "run_demo", environment=demonstration, log=home / "demo.log") as demo:
            wait_until(lambda: answers(origin) and accounts.exists(), demo)
            identity = certificate.write(home)
            production = {**where, **settings_of_production(home), "PORT": str(secure_port)}
            gunicorn = ("-m", "gunicorn", "--no-control-socket", "--config", "config/gunicorn.py", "config.wsgi")
            files = ("--certfile", str(identity.certificate), "--keyfile", str(identity.key))
            with running(*gunicorn, *files, environment=production, log=home / "production.log") as web:
                wait_until(lambda: answers(f"https://localhost:{secure_port}"), web)
                account = owner_in(accounts)
                yield Site(
                    origin=origin,
                    secure_port=secure_port,
                    certificate=identity.certificate,
                    identifier=account["identifier"],
                    cookie=signed_in(origin, account),
                )


def settings_of_production(home: Path) -> dict[str, str]:
    return {
        "PARVIS_ENV": "production",
        "PUBLIC_URL": "https://localhost",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": f"sqlite:///{home}/demo/parvis.sqlite3",
        "EMAIL_HOST": "127.0.0.1",
    }


@contextmanager
def running(*words: str, environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program of the product until the end of the block, when it hears Ctrl-C."""
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=30)


def answers(origin: str) -> bool:
    try:
        return httpx2.get(f"{origin}/connexion/", trust_env=False, verify=False).is_success  # our own
    except httpx2.TransportError:
        return False


def wait_until(is_ready: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + OPENS_WITHIN
    while not is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("The site does not open.")
        time.sleep(0.5)


def owner_in(accounts: Path) -> dict[str, Any]:
    """An owner who came in long ago."""
    people: list[dict[str, Any]] = json.loads(accounts.read_text())
    return next(one for one in people if one["state"] == "active" and "owner" in one["profiles"])


def signed_in(origin: str, account: dict[str, Any]) -> str:
    """Sign in by the form, then by the code of the message; the header of the cookies that came of it."""
    with httpx2.Client(base_url=origin, follow_redirects=True, trust_env=False, timeout=30) as browser:
        submit(browser, "/connexion/", identifier=account["identifier"], password=account["password"])
        home = submit(browser, "/connexion/verification/", code=code_sent(browser, account["email"]))
        if "<h1>Bonjour" not in home:
            raise RuntimeError("The client of the audit did not get in.")
        return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


def submit(browser: httpx2.Client, path: str, **fields: str) -> str:
    """Fill the form of that page; the page it leads to."""
    found = TOKEN.search(browser.get(path).text)
    if not found:
        raise RuntimeError(f"No form at {path}.")
    return browser.post(path, data={**fields, "csrfmiddlewaretoken": found[1]}).text


def code_sent(browser: httpx2.Client, email: str) -> str:
    """The code of the message, which the demonstration's mailbox receives within seconds."""
    deadline = time.monotonic() + MESSAGE_WITHIN
    while time.monotonic() < deadline:
        received = browser.get("/demo/boite/messages.json").json()
        words = "".join(one["text"] for one in received if one["to"] == email)
        found = CODE.search(words)
        if found:
            return "".join(found.groups())
        time.sleep(0.5)
    raise TimeoutError(f"No code arrived within {MESSAGE_WITHIN:.0f} s.")
