"""A restart of the web server sends nobody away: systemd holds the address, and visitors wait in line."""

import socket
import threading
import time
from collections import Counter
from contextlib import contextmanager

import pytest

from tests.deploy.site import NAME, gunicorn, prepared, proxied, stop
from tests.deploy.wire import ask, get, status
from tests.factories import AgencyFactory

pytestmark = [pytest.mark.load, pytest.mark.django_db(transaction=True)]
VISITORS = 4
RESTARTS = 3


@pytest.fixture
def listening():
    """What parvis-web.socket holds."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as held:
        yield held


@contextmanager
def visited(site):
    """Visitors who ask for pages without a pause; the answers counted by status, 0 for none."""
    answers, over = Counter(), threading.Event()

    def visit():
        while not over.is_set():
            answers[status(ask(site.tls(), get("/connexion/")))] += 1

    visitors = [threading.Thread(target=visit) for _ in range(VISITORS)]
    for visitor in visitors:
        visitor.start()
    try:
        yield answers
    finally:
        over.set()
        for visitor in visitors:
            visitor.join()


def wait_for_more(answers):
    seen = answers.total()
    while answers.total() < seen + 3 * VISITORS:
        time.sleep(0.01)


def test_restart_under_load_sends_nobody_away(tmp_path, listening):
    AgencyFactory(host=NAME)
    site, environment = prepared(tmp_path, behind=listening.getsockname()[1])
    server = gunicorn(environment, listening=listening)

    with proxied(site), visited(site) as answers:
        for _ in range(RESTARTS):
            wait_for_more(answers)
            stop(server)
            server = gunicorn(environment, listening=listening)
        wait_for_more(answers)
    stop(server)

    assert set(answers) == {200}
