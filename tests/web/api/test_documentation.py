"""The examples of docs/api.md, from the first to the last, as a reader would try them."""

import json
import re

import pytest

from parvis.exchange.actions.api_keys import make_key
from parvis.exchange.rules.scopes import Scope
from parvis.journal.actions import record
from parvis.web.api.problems import KINDS
from tests.factories import AccountFactory, AgencyFactory, BuildingFactory, ClientFactory, GrantFactory
from tests.guards.tree import ROOT
from tests.people.factories import ProfileChangeFactory
from tests.web.api.conftest import Program

TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```http\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture
def program(db):
    """The agency of the examples, with what they name."""
    agency = AgencyFactory(slug="tilleuls")
    made = Program(agency)
    BuildingFactory(agency=agency, reference="0012")
    AccountFactory(client=ClientFactory(agency=agency), reference="450-10427318")
    grant = GrantFactory(client__agency=agency)
    made.change = ProfileChangeFactory(client=grant.client, asked_by=grant.user)
    subject = ("profile-change", made.change.public_id)
    record(agency_id=agency.pk, verb="profile.phones-asked", subject=subject)
    made.key, made.token = make_key(agency=agency, name="ERP", scopes=list(Scope))
    return made


def parts_of(example):
    """Method, path, headers, body, status, answer."""
    told = example.index("\n> ")
    asked, answered = example[:told], example[told:].replace("\n> ", "\n").strip()
    head, _, body = asked.partition("\n\n")
    first, *lines = head.splitlines()
    headers = dict(line.split(": ", 1) for line in lines)
    status, _, answer = answered.partition("\n")
    return (*first.split(), headers, body.strip(), int(status), answer)


def shape_of(answer):
    """The answer of the page as a pattern: `…` stands for any text, or for the inside of an object."""
    return re.escape(answer).replace(re.escape("{…}"), r"\{.*\}").replace(re.escape("…"), ".*")


def test_every_example_is_answered_as_it_is_told(program):
    assert len(EXAMPLES) >= 9
    for example in EXAMPLES:
        method, path, headers, body, status, told = parts_of(example)
        named = {name: value.replace("KEY", program.token) for name, value in headers.items()}
        sent = body.replace("CHANGE", program.change.public_id).encode()

        answer = program.browser.generic(method, path, sent, "application/json", headers=named)

        assert answer.status_code == status, (example, answer.content.decode())
        assert re.fullmatch(shape_of(told), json.dumps(answer.json(), ensure_ascii=False)), answer.content.decode()


def test_every_right_and_every_status_is_explained():
    rights = set(re.findall(r"^\| `([a-z:]+)` \|", TEXT, re.MULTILINE))
    statuses = set(map(int, re.findall(r"^\| (\d{3}) \|", TEXT, re.MULTILINE)))

    assert rights == set(Scope)
    assert statuses == {kind.status for kind in KINDS.values()} - {500}
