"""How clients and staff stand at the door once the demonstration is ready."""

import datetime as dt
import json

import pytest
from django.contrib.auth.hashers import check_password

from parvis.demo import accounts_file, arrivals, preparation
from parvis.people.access import agencies_at
from parvis.people.actions.former import is_former_password
from parvis.people.hashers import is_secret
from parvis.people.models import Client, Grant, Letter, StaffMember
from tests.demo.worlds import MOULIN, TODAY

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def small_world(monkeypatch, tmp_path):
    """The second agency alone, and where its demonstration lives."""
    for module in (arrivals, preparation):
        monkeypatch.setattr(module, "AGENCIES", (MOULIN,))
    monkeypatch.setattr(preparation, "call_command", lambda *_args, **_options: None)
    return tmp_path


def prepared(data_dir, *, today=TODAY, port=8000):
    accounts = preparation.prepare(data_dir=data_dir, port=port, today=today, tell=lambda _sentence: None)
    return {account.identifier: account for account in accounts}


def of_state(accounts, state):
    return [account for account in accounts.values() if account.state == state and account.profiles != ["staff"]]


def client(account):
    return Client.objects.get(customer_reference=account.identifier)


def test_the_code_of_a_letter_is_the_one_in_the_file(small_world):
    accounts = prepared(small_world)

    for account in of_state(accounts, "letter") + of_state(accounts, "no-email"):
        assert is_secret(account.password, encoded=Letter.objects.get(client=client(account)).code_hash)
    assert list((small_world / "lettres").glob("*.pdf"))


def test_the_file_says_what_it_must(small_world):
    prepared(small_world)

    rows = json.loads((small_world / "accounts.json").read_text())
    assert {tuple(row) for row in rows} == {("identifier", "password", "email", "profiles", "state", "agency")}
    assert {row["state"] for row in rows} == {"letter", "former", "active", "no-email"}
    assert all(bool(row["email"]) == (row["state"] != "no-email") for row in rows)
    assert {profile for row in rows for profile in row["profiles"]} >= {
        "owner",
        "landlord",
        "tenant",
        "council",
        "staff",
    }


def test_the_former_password_opens_the_former_portal_only(small_world):
    account = of_state(prepared(small_world), "former")[0]

    assert is_former_password(account.password, former=client(account).former_password)
    assert not Letter.objects.filter(client=client(account)).exists()


def test_an_active_client_has_confirmed_the_known_address_and_chosen_a_password(small_world):
    account = of_state(prepared(small_world), "active")[0]

    user = Grant.objects.get(client=client(account), ended_at=None).user
    assert user.email == account.email == client(account).known_email
    assert check_password(account.password, user.password)


def test_staff_sign_in_with_their_courriel(small_world):
    accounts = prepared(small_world)

    member = StaffMember.objects.get()
    assert accounts[member.email].profiles == ["staff"]
    assert check_password(accounts[member.email].password, member.user.password)


def test_a_second_run_keeps_every_password(small_world):
    first = prepared(small_world)

    assert prepared(small_world) == first
    assert prepared(small_world, today=TOMORROW) == first
    assert Letter.objects.count() == len(of_state(first, "letter") + of_state(first, "no-email"))


def test_a_dead_letter_is_drawn_again(small_world):
    first = prepared(small_world)
    dead = Letter.objects.order_by("pk").first()
    Letter.objects.filter(pk=dead.pk).update(ended_at=dead.issued_at, ending=Letter.Ending.TRIES)

    second = prepared(small_world)

    changed = {identifier for identifier in first if first[identifier] != second[identifier]}
    assert changed == {dead.client.customer_reference}


def test_another_port_is_another_address(small_world):
    prepared(small_world)
    prepared(small_world, port=8001)

    assert [agency.slug for agency in agencies_at("localhost:8001")] == [MOULIN.slug]


def test_the_table_shows_a_letter_of_each_sort(small_world):
    accounts = list(prepared(small_world).values())

    lines = accounts_file.table(accounts)
    assert lines
    assert any("locataire" in line for line in lines)
    assert all(any(line.startswith(account.identifier) for account in accounts) for line in lines)
