"""Every address of the site × every kind of viewer → one status."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.matrix import api, client, demo, entrance, interventions, letting, papers, profile, public, staff, ui, worked
from tests.matrix.addresses import every_address
from tests.matrix.cast import build_cast
from tests.matrix.rows import VIEWERS
from tests.matrix.viewers import STAFF
from tests.people.cast import just_signed_in, staff_session

PAGES = (public, entrance, client, interventions, profile, letting, staff, worked, papers, api, ui, demo)
ROWS = [row for pages in PAGES for row in pages.ROWS]


def test_every_address_has_its_row():
    known = {row.name for row in ROWS}
    addresses = {address.name for address in every_address()}

    assert sorted(addresses - known) == [], "Add a row in tests/matrix for each."
    assert sorted(known - addresses) == [], "These rows are about pages that are gone."


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.name}")
@pytest.mark.django_db
def test_each_viewer_is_answered_as_the_row_says(row):
    cast = build_cast()
    path = reverse(row.name, kwargs=row.arguments(cast))

    answers = {viewer: ask(path, row=row, viewer=viewer, cast=cast) for viewer in VIEWERS}

    assert answers == row.answers


def ask(path, *, row, viewer, cast):
    """The status of one answer, in a browser of its own; whoever is signed in has just proven who they are."""
    browser, user = Client(headers={"accept": "text/html"}), cast.login(viewer)
    if viewer in STAFF:
        staff_session(browser, user)
    elif user:
        just_signed_in(browser, user)
    return browser.generic(row.method, path).status_code
