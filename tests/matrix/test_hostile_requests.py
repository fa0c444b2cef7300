"""Every address of the site, asked as nobody honest asks: other methods, no token, no slash, fields of one's own."""

import pytest
from django.test import Client
from django.urls import reverse

from parvis.people.models import User
from tests.matrix.cast import build_cast
from tests.matrix.test_matrix import ROWS
from tests.matrix.viewers import STAFF

ADDRESSES = sorted({row.name: row for row in ROWS}.values(), key=lambda row: row.name)
WITHOUT_TOKEN: set[str] = set()  # signed webhooks and one-click unsubscription, once they exist: nothing else
OVERRIDES = {"X-HTTP-Method-Override": "DELETE", "X-HTTP-Method": "DELETE", "X-Method-Override": "DELETE"}
THEIRS = {"is_staff": "1", "role": "administrator", "user": "1", "client": "1", "agency": "1", "is_active": "1"}
REFUSED = (401, 403, 404, 405)  # 401: only the interface of programs, which asks for a key
MENDED = {
    "entrance:link alice",
    "entrance:not-me alice",
}  # what a relay adds to the address of a message is passed over
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return build_cast()


def visits(cast, *, viewers=("anonymous", "alice", "diane"), **options):
    """Each address with a browser of each viewer's, which has done nothing else."""
    for row in ADDRESSES:
        path = reverse(row.name, kwargs=row.arguments(cast))
        for viewer in viewers:
            browser = Client(headers={"accept": "text/html"}, **options)
            if cast.login(viewer):
                browser.force_login(cast.login(viewer))
            yield f"{row.name} {viewer}", browser, path


def is_the_way_in(answer):
    return answer.status_code == 302 and answer["Location"].startswith("/connexion/")


def test_post_without_our_token_is_refused_everywhere(cast):
    taken = {
        visit
        for visit, browser, path in visits(cast, enforce_csrf_checks=True)
        if browser.post(path, {"identifier": "10427837", "password": "x", "next": "/"}).status_code not in REFUSED
    }

    assert taken == WITHOUT_TOKEN


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PROPFIND"])
def test_other_methods_do_nothing(cast, method):
    answered = []
    for visit, browser, path in visits(cast, viewers=("anonymous", "diane")):
        answer = browser.generic(method, path, b"<x/>", "text/plain")
        if answer.status_code not in (*REFUSED, 302) or b"<x/>" in answer.content:
            answered.append((visit, answer.status_code))

    assert answered == []


def test_head_is_answered_as_get_without_a_body(cast):
    different = []
    for visit, browser, path in visits(cast, viewers=("anonymous", "alice")):
        get, head = browser.get(path), browser.head(path)
        if (head.status_code, head.getvalue()) != (get.status_code, b""):
            different.append((visit, get.status_code, head.status_code))

    assert different == []


def test_a_header_or_a_field_never_changes_the_method(cast):
    different = []
    for visit, browser, path in visits(cast, viewers=("anonymous", "alice")):
        plain = browser.get(path).status_code
        overridden = browser.get(path, {"_method": "DELETE"}, headers=OVERRIDES).status_code
        if plain != overridden:
            different.append((visit, plain, overridden))

    assert different == []


def test_an_address_has_one_spelling(cast):
    doubled = set()
    for visit, browser, path in visits(cast, viewers=("alice",)):
        other = path.removesuffix("/") if path.endswith("/") else f"{path}/"
        answer = browser.get(other or path)
        leads_back = answer.status_code in (301, 302) and answer["Location"].split("?")[0] in (path, "/connexion/")
        if other and answer.status_code not in REFUSED and not leads_back:
            doubled.add(visit)

    assert doubled <= MENDED


def test_fields_of_ones_own_give_no_right(cast):
    hers = set(cast.alice.grants.values_list("client", flat=True))
    for _visit, browser, path in visits(cast, viewers=("anonymous", "alice")):
        browser.post(path, THEIRS)

    alice = User.objects.get(pk=cast.alice.pk)
    assert not alice.is_staff
    assert set(User.objects.filter(staffmember__isnull=False)) == {getattr(cast, name) for name in STAFF}
    assert set(alice.grants.values_list("client", flat=True)) == hers
