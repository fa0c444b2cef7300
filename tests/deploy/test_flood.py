"""Many people at the doors at once, each with a password to compare: everybody else is still answered."""

import itertools
import re
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest

from tests.deploy.site import NAME, running_site
from tests.deploy.wire import ask, get, post, status
from tests.factories import AgencyFactory

pytestmark = [pytest.mark.load, pytest.mark.django_db(transaction=True)]
AT_ONCE = 30
LASTS_SECONDS = 5
PATIENCE_OF_A_VISITOR = 1.5
numbers = itertools.count(1)


@pytest.fixture(scope="module")
def site(tmp_path_factory, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), running_site(tmp_path_factory.mktemp("flooded")) as running:
        yield running


@pytest.fixture(autouse=True)
def agency(transactional_db):
    return AgencyFactory(host=NAME)


def form_of(site):
    """The token and the cookie of a form, which whoever floods may send as often as they like."""
    page = ask(site.tls(), get("/connexion/"))
    cookie = re.search(rb"set-cookie: (__Host-csrf=\w+)", page, re.IGNORECASE).group(1).decode()
    return re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1).decode(), cookie


def flood(site, *, form, until):
    """Wrong passwords one after the other, each for another identifiant from another address; every answer."""
    (token, cookie), answers = form, []
    while time.monotonic() < until:
        number = next(numbers)
        source = f"127.1.{number // 250}.{1 + number % 250}"  # no address twice: their own limits are not tried here
        typed = {"csrfmiddlewaretoken": token, "identifier": f"1{number:07}", "password": "Essai-2026!"}
        ours = f"Cookie: {cookie}\r\nReferer: https://{NAME}/connexion/\r\n"
        answers.append(ask(site.tls(source=source), post("/connexion/", body=urlencode(typed).encode(), headers=ours)))
    return answers


def visits(site, *, until):
    """How long a page takes meanwhile, for somebody who types nothing."""
    waits = []
    while time.monotonic() < until:
        started = time.monotonic()
        assert status(ask(site.tls(), get("/mot-de-passe-oublie/"))) == 200
        waits.append(time.monotonic() - started)
        time.sleep(0.1)
    return waits


def test_flooded_doors_say_when_to_come_back_and_other_pages_go_on(site):
    form, until = form_of(site), time.monotonic() + LASTS_SECONDS

    with ThreadPoolExecutor(AT_ONCE) as pool:
        floods = [pool.submit(flood, site, form=form, until=until) for _ in range(AT_ONCE)]
        waits = visits(site, until=until)
        answers = [answer for flooded in floods for answer in flooded.result()]

    sent_away = [answer for answer in answers if status(answer) == 503]
    assert {status(answer) for answer in answers} <= {200, 503}
    assert sent_away
    assert all(b"\r\nretry-after: 2\r\n" in answer.lower() for answer in sent_away)
    assert sorted(waits)[len(waits) // 2] < PATIENCE_OF_A_VISITOR
