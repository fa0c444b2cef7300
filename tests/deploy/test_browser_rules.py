"""What the site in production tells browsers, over TLS, whatever it answers."""

import re
import ssl

import pytest

from tests.deploy.site import NAME, running_site
from tests.deploy.wire import ask, get, status
from tests.factories import AgencyFactory

pytestmark = [pytest.mark.load, pytest.mark.django_db(transaction=True)]
PATHS = ["/connexion/", "/premiere-connexion/", "/", "/nulle-part/", "/sante/vivante", "/robots.txt", "/comptes/"]
SOURCES = ["/.git/HEAD", "/static/", "/static/ui/", "/static/../manage.py", "/config/settings.py"]
YEAR = 365 * 24 * 3600


@pytest.fixture(scope="module")
def site(tmp_path_factory, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), running_site(tmp_path_factory.mktemp("rules")) as running:
        yield running


@pytest.fixture(autouse=True)
def agency(transactional_db):
    return AgencyFactory(host=NAME)


def headers_of(site, path):
    head = ask(site.tls(), get(path)).split(b"\r\n\r\n", 1)[0].decode("latin-1")
    return [(name.lower(), value) for name, _, value in (line.partition(": ") for line in head.split("\r\n")[1:])]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_keeps_to_https_and_to_this_origin(site, path):
    headers = dict(headers_of(site, path))

    seconds = re.search(r"max-age=(\d+)", headers["strict-transport-security"]).group(1)
    assert int(seconds) >= YEAR
    assert "includeSubDomains" in headers["strict-transport-security"]
    assert "access-control-allow-origin" not in headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", PATHS)
def test_every_body_names_its_kind_and_its_signs(site, path):
    kind = dict(headers_of(site, path)).get("content-type", "")

    assert not kind.startswith("text/") or "charset=utf-8" in kind


def test_every_cookie_is_of_this_host_alone_and_closed_to_scripts(site):
    cookies = [value for path in PATHS for name, value in headers_of(site, path) if name == "set-cookie"]

    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; ")[1:])


@pytest.mark.parametrize("path", SOURCES)
def test_no_folder_is_listed_and_no_source_is_served(site, path):
    answer = ask(site.tls(), get(path))

    assert status(answer) in (400, 403, 404)
    assert b"Index of" not in answer
    assert b"django" not in answer.lower()


def test_old_tls_is_refused_and_the_newest_is_chosen(site):
    with site.tls() as newest:
        assert newest.version() == "TLSv1.3"

    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    with site.plain(site.https) as plain, pytest.raises(ssl.SSLError):
        old.wrap_socket(plain, server_hostname=NAME)
