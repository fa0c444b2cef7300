"""Comptes du FEC: what waits, one gesture each, all the sure ones at once."""

import pytest
from django.urls import reverse

from parvis.exchange.models import FecAccount
from parvis.journal.models import Record
from parvis.people.models import User
from tests.exchange.books import balances, bring_in, owed, write_fec
from tests.exchange.factories import FecAccountFactory
from tests.factories import (
    AgencyFactory,
    BuildingFactory,
    ClientFactory,
    GrantFactory,
    LotFactory,
    OwnershipFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/gestion/comptes-fec/"


@pytest.fixture
def agency():
    return AgencyFactory(host="testserver", slug="agence")


@pytest.fixture
def alice(agency):
    client = ClientFactory(agency=agency, customer_reference="10427318", reference_key="10427318")
    OwnershipFactory(client=client, lot=LotFactory(building=BuildingFactory(agency=agency, reference="B1")))
    return client


def address(name, account):
    return reverse(f"staff:{name}", args=[account.public_id])


def test_staff_read_which_accounts_wait_and_whose_they_seem(diane, agency, alice):
    FecAccountFactory(agency=agency, number="45010427318", proposed_client=alice, likeness=100, is_sure=True)
    FecAccountFactory(agency=agency, number="467NEANT", label="INCONNU")
    FecAccountFactory(agency=agency, number="512000", decision="ignored")

    page = diane.get(LIST).content.decode()

    assert "Alice Fontaine, 10427318" in page
    assert "Proposition sûre" in page
    assert "Aucun client ne ressemble à ce nom" in page
    assert "512000" not in page
    assert "512000" in diane.get(f"{LIST}?etat=ignores").content.decode()


def test_a_search_finds_by_number_and_by_name(diane, agency):
    FecAccountFactory(agency=agency, number="450AAA", label="MARTIN")
    FecAccountFactory(agency=agency, number="450BBB", label="DURAND")

    page = diane.get(f"{LIST}?q=martin").content.decode()

    assert "450AAA" in page
    assert "450BBB" not in page
    assert "Aucun compte ne porte" in diane.get(f"{LIST}?q=zzz%00").content.decode()


def test_a_proposal_is_confirmed_with_one_button(diane, agency, alice):
    account = FecAccountFactory(agency=agency, proposed_client=alice, likeness=100)

    page = diane.post(address("fec-confirm", account), follow=True).content.decode()

    account.refresh_from_db()
    assert (account.decision, account.client, account.building.reference) == ("confirmed", alice, "B1")
    assert "est rattaché" in page
    fact = Record.objects.get(verb="fec_account_confirmed")
    assert (fact.object_id, fact.actor_id) == (
        account.public_id,
        User.objects.get(staffmember__agency=agency).public_id,
    )


def test_another_client_is_chosen_by_identifiant(diane, agency, alice):
    account = FecAccountFactory(agency=agency, number="411X", kind="tenant")

    diane.post(address("fec-account", account), {"client": "10.427 318", "kind": "landlord", "building": ""})

    account.refresh_from_db()
    assert (account.decision, account.client, account.kind) == ("confirmed", alice, "landlord")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"client": "999", "kind": "tenant"}, "Aucun client n’a cet identifiant"),
        ({"client": "", "kind": "tenant"}, "Renseignez l’identifiant du client"),
        ({"client": "10427318", "kind": "voisin"}, "Choisissez la nature du compte"),
        ({"client": "10427318", "kind": "co_owner", "building": "B9"}, "Aucun immeuble n’a cette référence"),
        ({"client": "10427319", "kind": "co_owner"}, "Le compte d’un copropriétaire est celui d’un immeuble"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_changes_nothing(diane, agency, alice, typed, reason):
    ClientFactory(agency=agency, customer_reference="10427319", reference_key="10427319")
    account = FecAccountFactory(agency=agency)

    page = diane.post(address("fec-account", account), typed).content.decode()

    account.refresh_from_db()
    assert reason in page
    assert account.decision == "waiting"


def test_a_client_of_another_agency_does_not_exist(diane, agency):
    elsewhere = ClientFactory(customer_reference="20000000", reference_key="20000000")
    account = FecAccountFactory(agency=agency, kind="tenant")

    page = diane.post(address("fec-account", account), {"client": elsewhere.customer_reference, "kind": "tenant"})

    assert "Aucun client n’a cet identifiant" in page.content.decode()


def test_accounts_of_another_agency_do_not_exist(diane):
    theirs = FecAccountFactory(number="450AILLEURS")

    assert "450AILLEURS" not in diane.get(LIST).content.decode()
    for name in ("fec-account", "fec-confirm", "fec-ignore"):
        assert diane.post(address(name, theirs)).status_code == 404


def test_sure_proposals_are_confirmed_at_once_and_no_other(diane, agency, alice):
    sure = FecAccountFactory(agency=agency, proposed_client=alice, likeness=100, is_sure=True)
    without_place = ClientFactory(agency=agency)
    waits = FecAccountFactory(agency=agency, proposed_client=without_place, likeness=90, is_sure=True)
    unsure = FecAccountFactory(agency=agency, proposed_client=alice, likeness=100)

    page = diane.post(reverse("staff:fec-confirm-sure"), follow=True).content.decode()

    decided = dict(FecAccount.objects.values_list("pk", "decision"))
    assert (decided[sure.pk], decided[waits.pk], decided[unsure.pk]) == ("confirmed", "waiting", "waiting")
    assert "1 compte est rattaché. 1 attend son immeuble." in page


def test_an_ignored_account_waits_no_more(diane, agency):
    account = FecAccountFactory(agency=agency)

    diane.post(address("fec-ignore", account))

    account.refresh_from_db()
    assert account.decision == "ignored"


def test_the_first_page_of_the_staff_says_how_many_wait(diane, agency):
    FecAccountFactory(agency=agency)

    assert "1 compte du FEC attend son client" in diane.get("/gestion/").content.decode()


def test_the_list_costs_the_same_with_many_accounts(diane, agency, alice, assert_flat):
    FecAccountFactory(agency=agency, proposed_client=alice, likeness=50)

    def grow():
        for _rank in range(8):
            FecAccountFactory(agency=agency, proposed_client=ClientFactory(agency=agency), likeness=50)

    assert_flat(LIST, grow)


def test_from_unknown_accounts_to_the_balance_that_the_client_sees(diane, agency, alice, tmp_path):
    path = write_fec(tmp_path, owed("20260105", "450", "Appel", "412,35", CompAuxNum="10427318", CompAuxLib="FONTAINE"))
    bring_in(path)
    diane.post(reverse("staff:fec-confirm-sure"))

    bring_in(path)

    assert balances(agency.pk) == {"450/10427318": (-41235, False)}
    diane.force_login(GrantFactory(client=alice).user)
    page = diane.get("/comptes/").content.decode()
    assert "412,35" in page
    assert "Vous devez" in page
