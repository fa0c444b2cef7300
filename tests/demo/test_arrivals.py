"""How clients and staff stand at the door once the demonstration is ready."""

import datetime as dt
import json

import pytest
from django.contrib.auth.hashers import check_password

from parvis.demo import accounts_file, arrivals, preparation
from parvis.demo.accounts_file import KnownAccount
from parvis.people.access import agencies_at
from parvis.people.actions.former import is_former_password
from parvis.people.hashers import is_secret
from parvis.people.models import Client, Grant, Letter, StaffMember
from tests.demo.worlds import MOULIN, TODAY

TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def small_world(db, monkeypatch, tmp_path):
    """The second agency alone, and where its demonstration lives."""
    for module in (arrivals, preparation):
        monkeypatch.setattr(module, "AGENCIES", (MOULIN,))
    monkeypatch.setattr(preparation, "call_command", lambda *_args, **_options: None)
    return tmp_path


def prepared(data_dir, *, today=TODAY, port=8000):
    accounts = preparation.prepare(data_dir=data_dir, port=port, today=today, tell=lambda _sentence: None)
    return {account.identifier: account for account in accounts}


def of_state(accounts, state):
    return [account for account in accounts.values() if account.state == state and "staff" not in account.profiles]


def client(account):
    return Client.objects.get(customer_reference=account.identifier)


def test_everybody_stands_at_the_door_as_the_file_says(small_world):
    accounts = prepared(small_world)

    for account in of_state(accounts, "letter") + of_state(accounts, "no-email"):
        assert is_secret(account.password, encoded=Letter.objects.get(client=client(account)).code_hash)
    assert list((small_world / "lettres").glob("*.pdf"))
    for check in (former_password_opens, active_client_came_in, staff_sign_in_with_their_courriel, file_is_whole):
        check(accounts, small_world)


def former_password_opens(accounts, _data_dir):
    account = of_state(accounts, "former")[0]
    assert is_former_password(account.password, former=client(account).former_password)
    assert not Letter.objects.filter(client=client(account)).exists()


def active_client_came_in(accounts, _data_dir):
    account = of_state(accounts, "active")[0]
    user = Grant.objects.get(client=client(account), ended_at=None).user
    assert user.email == account.email == client(account).known_email
    assert check_password(account.password, user.password)


def staff_sign_in_with_their_courriel(accounts, _data_dir):
    member = StaffMember.objects.get()
    assert accounts[member.email].profiles == ["staff", member.desk_role]
    assert check_password(accounts[member.email].password, member.user.password)


def file_is_whole(accounts, data_dir):
    rows = json.loads((data_dir / "accounts.json").read_text())
    assert [row["identifier"] for row in rows] == list(accounts)
    assert {tuple(row) for row in rows} == {("identifier", "password", "email", "profiles", "state", "agency")}
    assert {row["state"] for row in rows} == {"letter", "former", "active", "no-email"}
    assert all(bool(row["email"]) == (row["state"] != "no-email") for row in rows)
    met = {profile for row in rows for profile in row["profiles"]}
    assert met == {"owner", "landlord", "tenant", "council", "applicant", "staff", "manager"}


def test_later_runs_keep_every_password_but_that_of_a_dead_letter(small_world):
    first = prepared(small_world)

    assert prepared(small_world) == first
    assert prepared(small_world, today=TOMORROW, port=8001) == first
    assert [agency.slug for agency in agencies_at("localhost:8001")] == [MOULIN.slug]
    assert Letter.objects.count() == len(of_state(first, "letter") + of_state(first, "no-email"))

    dead = Letter.objects.order_by("pk").first()
    Letter.objects.filter(pk=dead.pk).update(ended_at=dead.issued_at, ending=Letter.Ending.TRIES)
    last = prepared(small_world)
    changed = {identifier for identifier in first if first[identifier] != last[identifier]}
    assert changed == {dead.client.customer_reference}


def test_the_table_shows_each_sort_once_and_few_of_them():
    sorts = [["owner"], ["owner"], ["tenant"], ["owner", "council"], []]
    accounts = [
        KnownAccount(identifier=f"1000{rank}", password="123456", email="", profiles=sort, state="letter", agency="one")
        for rank, sort in enumerate(sorts)
    ]

    lines = accounts_file.table(accounts)

    assert [line.split()[0] for line in lines] == ["10000", "10002", "10003"]
    assert "copropriétaire, conseil syndical" in lines[2]
