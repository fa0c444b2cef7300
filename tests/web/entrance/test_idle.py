"""Half an hour without use ends a session; half a day of use does too."""

import datetime as dt
import time

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from parvis.people.backends import SEEN, SessionStore
from tests.factories import StaffMemberFactory, UserFactory
from tests.web.entrance.cast import OWN, OWN_HASH, is_signed_in, known, sign_in

IDLE = "Vous avez été déconnecté après 30\u00a0minutes sans activité. Reconnectez-vous pour reprendre."


@pytest.fixture
def here(home):
    sign_in(home, "10427837", OWN)
    return home


def unused_for(minutes):
    """The session was last used so long ago."""
    session = Session.objects.get()
    held = session.get_decoded() | {SEEN: int(time.time()) - minutes * 60}
    session.session_data = SessionStore().encode(held)
    session.save()


def test_after_half_an_hour_without_use_one_signs_in_again_and_is_told_why(here):
    unused_for(31)

    response = here.get("/comptes/")

    assert response.url == "/connexion/?next=/comptes/"
    page = here.get(response.url).content.decode()
    assert IDLE in page
    assert "Vous n’êtes plus connecté." not in page
    assert not is_signed_in(here)


def test_session_left_idle_opens_nothing_even_with_its_cookie(here):
    cookie = here.cookies["session"].value
    unused_for(31)
    here.get("/")

    here.cookies["session"] = cookie
    assert here.get("/").url.startswith("/connexion/")
    assert here.post("/profil/connexion/appareils/autres/deconnecter/").url.startswith("/connexion/")


def test_use_keeps_it_open(here):
    unused_for(29)
    assert here.get("/").status_code == 200

    assert Session.objects.get().get_decoded()[SEEN] > time.time() - 60


def test_use_is_written_down_every_five_minutes_at_most(here):
    unused_for(4)
    with CaptureQueriesContext(connection) as captured:
        here.get("/")
    assert not [query for query in captured if query["sql"].startswith("UPDATE")]

    unused_for(6)
    with CaptureQueriesContext(connection) as captured:
        here.get("/")
    assert len([query for query in captured if query["sql"].startswith("UPDATE")]) == 1


def test_use_does_not_move_the_end_of_the_twelve_hours(here):
    ends = Session.objects.get().expire_date
    unused_for(20)

    here.get("/")

    assert abs(Session.objects.get().expire_date - ends) < dt.timedelta(seconds=1)


def test_session_of_the_staff_lasts_eight_hours(browser, agency):
    diane = UserFactory(agency=agency, email="diane@exemple.fr", password=OWN_HASH)
    StaffMemberFactory(agency=agency, user=diane)
    sign_in(known(browser, diane), "diane@exemple.fr", OWN)

    left = Session.objects.get().expire_date - timezone.now()
    assert dt.timedelta(hours=8, minutes=-1) < left <= dt.timedelta(hours=8)


def test_idle_device_leaves_the_list(here, other_browser, charlie):
    unused_for(31)
    sign_in(known(other_browser, charlie), "10427837", OWN)

    page = other_browser.get("/profil/connexion/").content.decode()

    assert page.count("– cet appareil") == 1
    assert "Déconnecter tous les autres" not in page


def test_visitor_who_is_not_signed_in_is_not_timed(browser, agency):
    browser.get("/connexion/")
    session = browser.session
    session["first-connection"] = "x"
    session.save()

    assert SEEN not in Session.objects.get().get_decoded()
