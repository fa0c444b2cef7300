"""`manage.py run_demo`, as `make demo` calls it: from nothing to an open portal, and back to nothing."""

import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from parvis.demo.post_office import LOOPBACK, free_port
from tests.guards.tree import ROOT

pytestmark = pytest.mark.browser
READY = "Ctrl-C arrête tout"
RESET = "Choisissez un nouveau mot de passe"


class Demonstration:
    """One run of the command, its words, and a browser without pictures."""

    def __init__(self, data_dir, *, port):
        self.data_dir, self.port = data_dir, port
        self.words = data_dir.parent / f"words-{time.monotonic_ns()}"
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "EMAIL_PORT")}
        environment = {**kept, "PARVIS_ENV": "demonstration", "DATA": str(data_dir), "PORT": str(port)}
        environment["STATIC_ROOT"] = str(data_dir.parent / "static")
        with self.words.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "run_demo"],
                cwd=ROOT,
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.browser = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )

    def said(self):
        return self.words.read_text()

    def wait_until_ready(self):
        wait(lambda: READY in self.said() or self.process.poll() is not None, seconds=120)
        assert READY in self.said(), self.said()

    def get(self, path):
        with self.browser.open(f"http://{LOOPBACK}:{self.port}{path}", timeout=20) as response:
            return response.read().decode()

    def post(self, path, **fields):
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path)).group(1)
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        with self.browser.open(f"http://{LOOPBACK}:{self.port}{path}", body, timeout=20) as response:
            return response.read().decode()

    def messages(self):
        return json.loads(self.get("/demo/boite/messages.json"))

    def accounts(self):
        return json.loads((self.data_dir / "accounts.json").read_text())

    def children(self):
        """The processes of this demonstration other than the command itself, by what they were told."""
        mark = f"DATA={self.data_dir}".encode()
        found = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal() and is_marked(path, mark)]
        return [pid for pid in found if pid != self.process.pid]

    def child_named(self, word):
        """The oldest of them whose command line holds that word."""
        named = [pid for pid in self.children() if word.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()]
        return min(named)

    def stop(self, number=signal.SIGINT):
        self.process.send_signal(number)
        return self.process.wait(10)


def is_marked(path, mark):
    try:
        return mark in (path / "environ").read_bytes().split(b"\0")
    except OSError:
        return False


def wait(condition, *, seconds):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    return condition()


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    """Kept from one test to the next: the later ones find a demonstration that has run."""
    return tmp_path_factory.mktemp("demo") / "data"


@pytest.fixture
def start(data_dir):
    runs = []

    def one(port=None):
        runs.append(Demonstration(data_dir, port=port or free_port()))
        return runs[-1]

    yield one
    for run in runs:
        if run.process.poll() is None:
            run.stop()


def test_from_nothing_to_a_message_and_back(start):
    demo = start()
    demo.wait_until_ready()
    active = next(a for a in demo.accounts() if a["state"] == "active" and "staff" not in a["profiles"])

    assert json.loads(demo.get("/sante/prete"))["base"] == "ok"
    assert "Cabinet des Tilleuls" in demo.get("/connexion/")
    demo.post("/mot-de-passe-oublie/", identifier=active["identifier"])
    assert wait(lambda: any(map(is_reset, demo.messages())), seconds=30)
    newest = next(filter(is_reset, demo.messages()))

    assert newest["to"] == active["email"]
    assert f"http://{LOOPBACK}:{demo.port}/" in newest["text"]
    assert newest["sent_at"] == max(message["sent_at"] for message in demo.messages())
    assert demo.stop() == 0
    assert wait(lambda: not demo.children(), seconds=5)


def is_reset(message):
    return message["subject"] == RESET


def test_a_later_run_keeps_everything_and_one_that_loses_its_worker_says_so(start):
    first = start()
    first.wait_until_ready()
    before = first.accounts()
    assert first.stop(signal.SIGTERM) == 0

    second = start()
    second.wait_until_ready()
    third = start()
    assert second.accounts() == before
    assert third.process.wait(30) == 1
    assert "Une démonstration tourne déjà" in third.said()

    os.kill(second.child_named("run_worker"), signal.SIGKILL)
    assert second.process.wait(15) == 1
    assert "Le travail de fond s’est arrêté tout seul" in second.said()
    assert wait(lambda: not second.children(), seconds=5)


def test_a_taken_port_is_said_at_once(start):
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        demo = start(port=taken.getsockname()[1])

        assert demo.process.wait(30) == 1
        assert f"Le port {demo.port} est déjà pris" in demo.said()
