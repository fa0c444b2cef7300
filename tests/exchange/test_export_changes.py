"""manage.py export_changes: each change once, under its id; what the agency took is said so."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from parvis.exchange.actions.changes import COLUMNS
from parvis.people.actions import profile_changes
from parvis.people.actions.delivery import choose_all
from parvis.people.models import DeliveryChoice, ProfileChange
from tests.factories import ClientFactory, GrantFactory
from tests.people.factories import ProfileChangeFactory

pytestmark = pytest.mark.django_db
NEW = {"address_extra": "", "street": "=2+5", "postal_code": "69003", "city": "Lyon", "country": ""}


@pytest.fixture
def grant(db):
    return GrantFactory(client=ClientFactory(street="12 rue des Acacias"))


def export(grant, *options):
    out = io.StringIO()
    call_command("export_changes", "--agency", grant.client.agency.slug, *options, stdout=out)
    return out.getvalue()


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"))


def move(grant):
    return profile_changes.change(client=grant.client, by=grant.user, wanted=NEW)


def test_change_is_one_line_with_its_id_its_client_and_both_values(grant):
    change = move(grant)

    (row,) = rows_of(export(grant))

    assert (row["id"], row["customer_reference"]) == (change.public_id, grant.client.customer_reference)
    assert (row["subject"], row["city"], row["former_street"]) == ("postal_address", "Lyon", "12 rue des Acacias")
    assert (row["state"], row["effective_on"]) == ("asked", change.effective_on.isoformat())


def test_cell_that_a_spreadsheet_would_run_is_harmless_in_csv_and_whole_in_json(grant):
    move(grant)

    assert rows_of(export(grant))[0]["street"] == "'=2+5"
    assert json.loads(export(grant, "--format", "json"))[0]["street"] == "=2+5"


def test_choice_of_delivery_leaves_too(grant):
    wanted = {DeliveryChoice.Kind.MEETINGS: DeliveryChoice.Channel.POST}
    choose_all(client=grant.client, by=grant.user, wanted=wanted)

    (row,) = rows_of(export(grant))

    assert (row["subject"], row["document_kind"], row["channel"]) == ("delivery", "meetings", "post")


def test_what_the_agency_took_leaves_no_more_but_since_a_day(grant):
    change = move(grant)

    told = export(grant, "--acknowledge", change.public_id)

    assert "1 changement" in told
    assert rows_of(export(grant)) == []
    assert rows_of(export(grant, "--since", change.asked_at.date().isoformat()))[0]["state"] == "acknowledged"


def test_change_that_the_client_took_back_says_so(grant):
    change = move(grant)
    profile_changes.withdraw(change=change, by=grant.user)

    assert rows_of(export(grant))[0]["state"] == "withdrawn"


def test_other_agency_neither_sees_nor_takes_it(grant):
    change, elsewhere = move(grant), GrantFactory()

    assert rows_of(export(elsewhere)) == []
    export(elsewhere, "--acknowledge", change.public_id)
    assert ProfileChange.objects.get().acknowledged_at is None


def test_agency_that_does_not_exist_is_said(grant):
    with pytest.raises(CommandError, match="Aucune agence"):
        call_command("export_changes", "--agency", "inconnue")


def test_every_column_of_a_change_has_its_place(grant):
    ProfileChangeFactory(client=grant.client, asked_by=grant.user)
    move(grant)

    known = {name for row in json.loads(export(grant, "--format", "json")) for name in row}

    assert known <= set(COLUMNS)
