"""The shipped nginx files, with the product behind: what passes, what is refused, what reaches the web server."""

import contextlib
import re
import subprocess
import time
from urllib.parse import urlencode

import pytest

from parvis.kit.models import AttemptCounter
from parvis.kit.throttle import digest
from parvis.people.actions.doors import TRIES_OF_A_MINUTE, networks_of
from tests.deploy.site import NAME, NGINX, prepared, proxied, running_site
from tests.deploy.wire import ask, get, post, status
from tests.factories import AgencyFactory
from tools.postgres import free_port

pytestmark = [pytest.mark.load, pytest.mark.django_db(transaction=True)]
MEGABYTE = 2**20
HALF = post(  # as a form of ours, so that somebody waits for the rest
    "/connexion/",
    body=b"identifier=1",
    length=2000,
    headers=f"Cookie: __Host-csrf={'a' * 32}\r\nReferer: https://{NAME}/connexion/\r\n",
)
THREADS = 16  # of the web server, all processes together
PER_ADDRESS = 40  # open requests that nginx takes from one address


@pytest.fixture(scope="module")
def site(tmp_path_factory, django_db_setup, django_db_blocker):
    """One site for all: what a test writes in the database is seen by its processes."""
    with django_db_blocker.unblock(), running_site(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(autouse=True)
def agency(transactional_db):
    return AgencyFactory(host=NAME)


def sign_in(site, *, headers):
    """Type a wrong password, as a browser does."""
    page = ask(site.tls(), get("/connexion/"))
    cookie = re.search(rb"set-cookie: (__Host-csrf=\w+)", page, re.IGNORECASE).group(1).decode()
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1).decode()
    body = urlencode({"csrfmiddlewaretoken": token, "identifier": "10427000", "password": "Essai2026!"}).encode()
    ours = f"Cookie: {cookie}\r\nReferer: https://{NAME}/connexion/\r\n"
    return ask(site.tls(), post("/connexion/", body=body, headers=ours + headers))


def counted_from(address):
    key = digest(name=TRIES_OF_A_MINUTE.name, key=networks_of(address)[0])
    return AttemptCounter.objects.filter(key_digest=key).exists()


def seconds_of(question):
    started = time.monotonic()
    question()
    return time.monotonic() - started


def test_shipped_files_are_accepted_by_nginx(site, tmp_path):
    said = subprocess.run(
        [NGINX, "-t", "-p", site.folder, "-c", site.folder / "nginx" / "nginx.conf"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 0, said.stderr
    assert "warn" not in said.stderr


def test_visitor_is_answered(site):
    answer = ask(site.tls(), get("/connexion/"))

    assert status(answer) == 200
    assert "Première Connexion".encode() in answer
    assert b"strict-transport-security" in answer.lower()
    assert b"gunicorn" not in answer.split(b"\r\n\r\n")[0]


def test_plain_http_leads_to_https_for_our_name_only(site):
    ours, theirs = (ask(site.plain(site.http), get("/connexion/?a=b", host=host)) for host in (NAME, "evil.exemple"))

    assert status(ours) == 301
    assert f"Location: https://{NAME}/connexion/?a=b".encode() in ours
    assert theirs == b""


@pytest.mark.parametrize(
    "request_line",
    [
        get("/connexion/", host="evil.exemple"),
        get("/connexion/", host="127.0.0.1"),
        get("http://evil.exemple/connexion/"),
        b"GET /connexion/ HTTP/1.0\r\n\r\n",
    ],
    ids=["another name", "an address", "another name in the address", "no name"],
)
def test_forged_host_is_not_answered(site, request_line):
    assert ask(site.tls(), request_line) == b""


def test_name_that_is_not_ours_gets_no_certificate(site):
    with pytest.raises(OSError, match="unrecognized name"):
        site.tls(name="evil.exemple")


@pytest.mark.parametrize("more", ["Host: evil.exemple\r\n", "X-Forwarded-Host: evil.exemple\r\n"])
def test_second_host_changes_nothing(site, more):
    answer = ask(site.tls(), get("/connexion/", headers=more))

    assert status(answer) in (200, 400)
    assert b"evil.exemple" not in answer


def test_what_a_visitor_says_of_its_address_is_written_over(site):
    forged = "X-Forwarded-For: 203.0.113.9\r\nForwarded: for=203.0.113.9\r\nX-Real-IP: 203.0.113.9\r\n"
    schemes = "X-Forwarded-Proto: http\r\nX-Forwarded-Ssl: off\r\nX-Forwarded-Protocol: http\r\n"

    answer = sign_in(site, headers=forged + schemes)

    assert status(answer) == 200
    assert counted_from("127.0.0.2")
    assert not counted_from("203.0.113.9")


def test_figures_are_for_this_machine(site):
    outside = ask(site.tls(), get("/sante/mesures"))
    others = ("/sante/%6desures", "//sante/mesures", "/sante/./mesures")
    written_otherwise = [ask(site.tls(), get(path)) for path in others]

    assert status(outside) == 404
    assert "Cette page n’existe pas".encode() in outside
    assert [status(answer) for answer in written_otherwise] == [404] * 3


def test_web_server_that_is_away_is_said_in_french(tmp_path):
    site, _environment = prepared(tmp_path, behind=free_port())

    with proxied(site):
        answer = ask(site.tls(), get("/connexion/"))

    assert status(answer) == 503
    assert "Le service ne répond pas".encode() in answer
    assert b"retry-after: 30" in answer.lower()


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_other_methods_stop_at_the_proxy(site, method):
    answer = ask(site.tls(), get("/connexion/", method=method))

    assert status(answer) == 405
    assert "Cette page ne s’ouvre pas ainsi".encode() in answer


def test_style_is_served_by_nginx_and_kept_for_ever(site):
    static = site.folder / "static"
    name = next(path.relative_to(static) for path in static.glob("ui/**/*.js") if path.stem.count("."))

    answer = ask(site.tls(), get(f"/static/{name}", headers="Accept-Encoding: gzip\r\n"))

    assert status(answer) == 200
    assert b"immutable" in answer
    assert b"X-Content-Type-Options: nosniff" in answer
    assert status(ask(site.tls(), get("/static/../privkey.pem"))) in (400, 404)


def test_body_too_large_is_refused_in_french_before_it_is_sent(site):
    connection = site.tls()
    connection.settimeout(1)  # nginx keeps it open a while, for what may still come

    answer = ask(connection, post("/connexion/", length=2 * MEGABYTE, body=b"a"))

    assert status(answer) == 413
    assert b"Votre envoi est trop lourd" in answer


def test_bodies_that_never_end_hold_no_thread_of_the_web_server(site):
    with contextlib.ExitStack() as open_ones:
        for _ in range(2 * THREADS):
            slow = open_ones.enter_context(site.tls(source="127.0.0.3"))
            slow.sendall(HALF)

        taken = seconds_of(lambda: ask(site.tls(), get("/connexion/")))

    assert taken < 8  # nginx waits 10 s for the rest


def test_one_address_holds_so_many_requests_and_no_more(site):
    with contextlib.ExitStack() as open_ones:
        for _ in range(PER_ADDRESS):
            slow = open_ones.enter_context(site.tls(source="127.0.0.3"))
            slow.sendall(HALF)
        time.sleep(0.5)

        one_more = ask(site.tls(source="127.0.0.3"), get("/connexion/"))
        somebody_else = ask(site.tls(), get("/connexion/"))

    assert status(one_more) == 429
    assert "Trop de demandes à la fois".encode() in one_more
    assert b"retry-after: 10" in one_more.lower()
    assert status(somebody_else) == 200


def test_headers_that_never_end_leave_room_for_visitors(site):
    with contextlib.ExitStack() as open_ones:
        for _ in range(200):
            slow = open_ones.enter_context(site.plain(site.http))
            slow.sendall(b"GET / HTTP/1.1\r\nHost: ")

        taken = seconds_of(lambda: ask(site.tls(), get("/connexion/")))

    assert taken < 8  # nginx waits 10 s for the rest


SECOND = f"GET /smuggled HTTP/1.1\r\nHost: {NAME}\r\n\r\n".encode()
AMBIGUOUS = {
    "CL.TE": b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" % (5 + len(SECOND)) + SECOND,
    "TE.CL": b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n%x\r\n" % len(SECOND) + SECOND + b"\r\n0\r\n\r\n",
    "two lengths": b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(SECOND) + SECOND,
    "two lengths in one": b"Content-Length: 0, %d\r\n\r\n" % len(SECOND) + SECOND,
    "signed length": b"Content-Length: +0\r\n\r\n" + SECOND,
    "two encodings": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + SECOND,
    "unknown encoding": b"Transfer-Encoding: xchunked\r\n\r\n" + SECOND,
    "space before the colon": b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + SECOND,
    "tab in the encoding": b"Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n" + SECOND,
    "folded line": b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + SECOND,
    "length that is none": b"Content-Length: 1x\r\n\r\n" + SECOND,
}
BEGUN = f"POST /connexion/ HTTP/1.1\r\nHost: {NAME}\r\n".encode()


@pytest.mark.parametrize("ambiguous", AMBIGUOUS)
@pytest.mark.parametrize("door", ["proxy", "web server"])
def test_request_of_two_readings_is_refused_and_nothing_follows(site, ambiguous, door):
    connection = site.tls() if door == "proxy" else site.plain(site.behind)
    connection.settimeout(3)

    answer = ask(connection, BEGUN + AMBIGUOUS[ambiguous])

    assert answer.count(b"HTTP/1.1 ") == 1
    assert status(answer) in (400, 501)
