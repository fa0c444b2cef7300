"""manage.py run_demo: the demonstration, from nothing to an open page."""

import fcntl
import logging
import os
import signal
import socket
import time
import urllib.request
from http import HTTPStatus
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

from parvis.demo import accounts_file
from parvis.demo.post_office import LOOPBACK, free_port, open_office
from parvis.demo.preparation import PackageNotTaken, prepare
from parvis.demo.processes import Child, ChildDied, start, stopped_at_the_end, watch
from parvis.kit.days import paris_day
from parvis.kit.typography import typographic

COMMANDS = {
    "Le serveur web": ["-m", "gunicorn", "--no-control-socket", "--config", "config/gunicorn.py", "config.wsgi"],
    "Le travail de fond": ["manage.py", "run_worker"],
}
OPENS_WITHIN_SECONDS = 60
GLANCE_SECONDS = 0.1


class Command(BaseCommand):
    help = "Ouvre l’agence de démonstration sur PORT, ses données dans DATA. Ctrl-C l’arrête."

    def handle(self, *_args: Any, **_options: Any) -> None:  # Any: as Django calls it
        if not settings.DEMONSTRATION:
            raise CommandError(typographic("run_demo ne tourne qu’avec PARVIS_ENV=demonstration : lancez make demo."))
        listen_to_signals()
        refuse_taken_port(settings.PORT)
        logging.getLogger("django-q").setLevel(logging.WARNING)
        data_dir = Path(settings.DATA_DIR)
        lock = only_one_in(data_dir)
        try:
            today = paris_day(timezone.now())
            accounts = prepare(data_dir=data_dir, port=settings.PORT, today=today, tell=self.tell)
            connections.close_all()
            self.run(accounts_file.table(accounts), data_dir=data_dir)
        except (ChildDied, PackageNotTaken) as error:
            raise CommandError(str(error)) from error
        finally:
            os.close(lock)

    def run(self, table: list[str], *, data_dir: Path) -> None:
        """Mail server, web server, worker; then wait for one of them to end, or for Ctrl-C."""
        children: list[Child] = []
        with open_office(int(os.environ.get("EMAIL_PORT") or free_port())) as port, stopped_at_the_end(children):
            environment = {"EMAIL_HOST": LOOPBACK, "EMAIL_PORT": str(port), "EMAIL_SECURITY": "none"}
            for name, command in COMMANDS.items():
                log = data_dir / "journaux" / f"{command[1]}.log"
                children.append(start(name, command, environment=environment, log=log))
            wait_until_open(children)
            self.tell("\n".join(welcome(table, data_dir=data_dir)))
            watch(children)

    def tell(self, words: str) -> None:
        """Say it now, also to a file."""
        self.stdout.write(words)
        self.stdout.flush()


def listen_to_signals() -> None:
    """Ctrl-C and its likes end the demonstration; a terminal that closes too, unless it was told not to."""
    ends = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        ends.remove(signal.SIGHUP)
    for number in ends:
        signal.signal(number, end_quietly)


def end_quietly(_number: int, _frame: FrameType | None) -> NoReturn:
    """Leave by the way that stops every child; a second Ctrl-C does not cut it short."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise SystemExit(0)


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            advice = f"choisissez-en un autre, par exemple make demo PORT={port + 1}."
            raise CommandError(typographic(f"Le port {port} est déjà pris : {advice}")) from error


def only_one_in(data_dir: Path) -> int:
    """Hold the folder for this run."""
    data_dir.mkdir(parents=True, exist_ok=True)
    lock = os.open(data_dir / "run.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        advice = "arrêtez-la, ou donnez un autre dossier avec DATA=…"
        raise CommandError(typographic(f"Une démonstration tourne déjà dans {data_dir} : {advice}")) from error
    return lock


def wait_until_open(children: list[Child]) -> None:
    """Return once the web server says that clients can be served."""
    deadline = time.monotonic() + OPENS_WITHIN_SECONDS
    while not answers(f"http://{LOOPBACK}:{settings.PORT}/sante/prete"):
        dead = next((child for child in children if not child.is_alive), None)
        if dead or time.monotonic() > deadline:
            raise ChildDied(dead or children[0])
        time.sleep(GLANCE_SECONDS)


def answers(url: str) -> bool:
    """Whether that address of this machine answers 200; no proxy stands in between."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(url, timeout=2) as response:
            return bool(response.status == HTTPStatus.OK)
    except OSError:
        return False


def welcome(table: list[str], *, data_dir: Path) -> list[str]:
    """What a newcomer reads before opening the page."""
    address = f"http://{LOOPBACK}:{settings.PORT}"
    return [
        "",
        typographic("Quelques lettres à essayer (identifiant, mot de passe) :"),
        "",
        *(f"  {line}" for line in table),
        "",
        f"  Tous les comptes    {accounts_file.path_in(data_dir)}",
        f"  Les lettres en PDF  {data_dir / 'lettres'}",
        "",
        f"  L’espace client     {address}/",
        f"  La boîte mail       {address}/demo/boite/",
        "",
        "Les personnes et les montants sont inventés. Ctrl-C arrête tout.",
    ]
