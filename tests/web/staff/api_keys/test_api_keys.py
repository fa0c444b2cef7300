"""Clés de l’interface: made by an administrator, shown once, revoked."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from parvis.exchange.actions import webhooks
from parvis.exchange.actions.api_keys import key_of, make_key
from parvis.exchange.models import ApiKey
from parvis.exchange.rules.feed import Kind
from parvis.exchange.rules.scopes import Scope
from parvis.people.models import SignedInSession

ASKED = {"name": "ERP", "lasts": "365", "scopes": ["clients:read", "changes:read"]}


def token_of(page):
    return page.split("<code>")[1].split("</code>")[0]


def test_a_key_is_made_shown_once_and_opens(diane, agency):
    page = diane.post("/gestion/cles/creer/", ASKED).content.decode()
    token = token_of(page)

    row = ApiKey.objects.get()
    assert key_of(token) == row
    assert (row.agency, row.scopes, row.made_by) == (agency, ["changes:read", "clients:read"], "Diane Hamon")
    assert token not in diane.get("/gestion/cles/").content.decode()
    assert row.prefix in diane.get("/gestion/cles/").content.decode()


def test_a_key_without_a_right_is_refused(diane):
    page = diane.post("/gestion/cles/creer/", {**ASKED, "scopes": []}).content.decode()

    assert "Cochez au moins un droit." in page
    assert not ApiKey.objects.exists()


def test_a_revoked_key_opens_nothing_and_is_still_told(diane, agency):
    key, token = make_key(agency=agency, name="ERP", scopes=[Scope.CLIENTS_READ])

    page = diane.post(f"/gestion/cles/{key.public_id}/revoquer/", follow=True).content.decode()

    assert key_of(token) is None
    assert "n’ouvre plus rien" in page
    assert "Clés qui n’ouvrent plus rien" in page


def test_an_address_told_under_a_revoked_key_is_said_to_wait(diane, agency):
    key, _token = make_key(agency=agency, name="ERP", scopes=[Scope.WEBHOOKS, Scope.CLIENTS_READ])
    webhooks.register(key=key, url="https://erp.example.com/", kinds=[Kind.PROFILE])
    before = diane.get("/gestion/cles/").content.decode()

    page = diane.post(f"/gestion/cles/{key.public_id}/revoquer/", follow=True).content.decode()

    assert "n’ouvre plus rien</span>" not in before
    assert "En attente : la clé qui l’a demandé n’ouvre plus rien" in page.replace("\u00a0", " ")


def test_a_key_asks_for_a_fresh_proof(diane):
    SignedInSession.objects.update(proved_at=F("proved_at") - dt.timedelta(hours=1))

    answer = diane.post("/gestion/cles/creer/", ASKED)

    assert answer.status_code == 302
    assert not ApiKey.objects.exists()


def test_the_command_writes_the_key_alone(agency):
    written = StringIO()

    call_command("make_api_key", agency=agency.slug, name="ERP", scope=["clients:read"], stdout=written)

    assert key_of(written.getvalue().strip()).agency == agency


@pytest.mark.parametrize("days", [0, 10_000])
def test_the_command_refuses_a_key_that_never_ends(agency, days):
    with pytest.raises(CommandError, match="cinq ans"):
        call_command("make_api_key", agency=agency.slug, name="ERP", scope=["clients:read"], days=days)
