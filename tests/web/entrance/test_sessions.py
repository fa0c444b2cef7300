"""Sessions change their name at each step, and end on both sides."""

import datetime as dt

from django.contrib.sessions.models import Session
from django.utils import timezone

from parvis.people.models import SignedInSession
from tests.web.entrance.cast import OWN, choose_password, give_address, is_signed_in, last_link, sign_in, start


def test_signing_in_gives_the_session_a_new_name(home, charlie):
    home.get("/connexion/")
    planted = home.session
    planted["planted"] = True
    planted.save()
    home.cookies["session"] = planted.session_key

    sign_in(home, "10427837", OWN)

    assert home.session.session_key != planted.session_key
    assert "planted" not in home.session
    assert not Session.objects.filter(session_key=planted.session_key).exists()


def test_first_connection_gives_a_new_name_when_it_starts_and_when_it_ends(browser, alice):
    names = []
    start(browser, alice)
    names.append(browser.session.session_key)
    give_address(browser)
    browser.post(last_link())
    start(browser, alice)
    names.append(browser.session.session_key)
    choose_password(browser)
    names.append(browser.session.session_key)

    assert len(set(names)) == 3
    assert Session.objects.count() == 1


def test_logging_out_ends_the_session_on_the_server_and_says_so(home, charlie):
    sign_in(home, "10427837", OWN)
    name = home.session.session_key

    response = home.post("/deconnexion/")

    assert response.url == "/connexion/"
    assert "Vous êtes déconnecté." in home.get("/connexion/").content.decode()
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(session_key=name).exists()
    assert not SignedInSession.objects.exists()
    assert home.get("/").url.startswith("/connexion/")


def test_a_link_or_an_image_cannot_log_anybody_out(home, charlie):
    sign_in(home, "10427837", OWN)

    assert home.get("/deconnexion/").status_code == 405
    assert is_signed_in(home)


def test_session_lasts_twelve_hours(home, charlie):
    sign_in(home, "10427837", OWN)

    left = Session.objects.get().expire_date - timezone.now()
    assert dt.timedelta(hours=12, minutes=-1) < left <= dt.timedelta(hours=12)


def test_new_first_connection_leaves_the_login_that_was_open(home, charlie, alice):
    sign_in(home, "10427837", OWN)

    start(home, alice)

    assert not is_signed_in(home)


def test_closed_login_loses_its_open_session(home, charlie):
    sign_in(home, "10427837", OWN)
    charlie.is_active = False
    charlie.save(update_fields=["is_active"])

    assert home.get("/").url.startswith("/connexion/")
