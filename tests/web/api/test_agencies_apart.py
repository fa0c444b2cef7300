"""Whatever a program of one agency asks for, nothing of another agency is answered nor changed."""

import json

import pytest

from parvis.exchange.actions import webhooks
from parvis.exchange.models import Webhook
from parvis.exchange.rules.feed import Kind
from parvis.journal.actions import record
from parvis.people.models import Client
from tests.documents.factories import published
from tests.factories import AccountFactory, BuildingFactory, GrantFactory, InterventionFactory
from tests.people.factories import ProfileChangeFactory


@pytest.fixture
def theirs(other_erp):
    """What the other agency holds; each of its words must stay there."""
    agency = other_erp.agency
    grant = GrantFactory(client__agency=agency, client__customer_reference="SECRET-1", client__reference_key="secret1")
    building = BuildingFactory(agency=agency, reference="SECRET-B")
    case = InterventionFactory(agency=agency, building=building, number="SECRET-2", title="SECRET-3")
    change = ProfileChangeFactory(client=grant.client, asked_by=grant.user)
    record(agency_id=agency.pk, verb="profile.phones-asked", subject=("profile-change", change.public_id))
    webhook, _secret = webhooks.register(key=other_erp.key, url="https://secret.example.com/", kinds=[Kind.MESSAGE])
    document = published(client=grant.client)
    account = AccountFactory(client=grant.client, reference="SECRET-4")
    return {"case": case, "change": change, "webhook": webhook, "document": document, "account": account}


READS = [
    "clients",
    "clients/SECRET-1",
    "interventions",
    "interventions/SECRET-2",
    "changes",
    "webhooks",
    "webhooks/{webhook}",
    "webhooks/{webhook}/deliveries",
]


@pytest.mark.parametrize("path", READS)
def test_nothing_of_another_agency_is_read(erp, theirs, path):
    answer = erp.get(path.format(webhook=theirs["webhook"].public_id))

    assert answer.status_code in (200, 404)
    assert "SECRET" not in answer.content.decode().upper()


@pytest.mark.parametrize("path", [path for path in READS if "/" in path])
def test_what_is_not_yours_is_as_if_it_were_not(erp, theirs, path):
    answer = erp.get(path.format(webhook=theirs["webhook"].public_id))
    nothing = erp.get(path.format(webhook="a" * 26).replace("SECRET", "NOTHING"))

    assert (answer.status_code, answer.content) == (nothing.status_code, nothing.content)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("DELETE", "webhooks/{webhook}", None),
        ("POST", "webhooks/{webhook}/enable", None),
        ("POST", "webhooks/{webhook}/replay", {"after": ""}),
        ("DELETE", "documents/{document}", None),
    ],
)
def test_nothing_of_another_agency_is_changed(erp, theirs, method, path, body):
    named = path.format(webhook=theirs["webhook"].public_id, document=theirs["document"].reference)

    assert erp.ask(method, named, body).status_code == 404
    theirs["document"].refresh_from_db()
    assert theirs["document"].withdrawn_at is None
    assert Webhook.objects.filter(pk=theirs["webhook"].pk).exists()


def test_the_changes_of_another_agency_are_not_acknowledged(erp, theirs):
    answer = erp.post("profile-changes/acknowledge", {"ids": [theirs["change"].public_id]})

    theirs["change"].refresh_from_db()
    assert answer.json() == {"acknowledged": 0}
    assert theirs["change"].acknowledged_at is None


def test_rows_that_name_another_agencys_are_refused(erp, theirs):
    entry = {"account": "SECRET-4", "reference": "E", "booked_on": "2026-10-01", "label": "x", "debit": "1.00"}
    case = {
        "number": "1",
        "building": "SECRET-B",
        "scope": "common",
        "state": "reported",
        "title": "x",
        "reported_on": "2026-10-01",
    }

    answers = [erp.put("entries", {"rows": [entry]}), erp.put("interventions", {"rows": [case]})]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert "balance" not in json.dumps([answer.json() for answer in answers])


def test_the_same_identifiant_is_a_client_of_each_agency(erp, theirs):
    erp.put("clients", {"rows": [{"customer_reference": "SECRET-1", "last_name": "Perrin"}]})

    names = dict(Client.objects.values_list("agency", "last_name"))
    assert names == {erp.agency.pk: "Perrin", theirs["change"].agency_id: "Fontaine"}
