"""Accueil: each account apart, what is under way, whom to call; few queries whatever the client holds."""

import datetime as dt

import pytest
from django.urls import reverse

from parvis.interventions.actions import drafts
from parvis.people.models import Representation
from tests.documents.factories import published
from tests.factories import (
    AccountFactory,
    BuildingAssignmentFactory,
    CallFactory,
    ClientFactory,
    EntryFactory,
    GrantFactory,
    InterventionFactory,
    LotFactory,
    OwnershipFactory,
    RentalApplicationFactory,
)
from tests.people.factories import HouseholdAccessFactory

QUERIES_ALLOWED = 6


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def test_client_is_greeted_by_name(signed_in):
    assert "Bonjour Madame Fontaine" in text_of(signed_in.get("/"))


def test_a_declaration_that_is_not_sent_is_recalled(signed_in, alice):
    assert "Vous avez commencé une déclaration" not in text_of(signed_in.get("/"))

    drafts.keep_answers(user=alice.grants.get().user, answers={"place": "Cuisine"})

    assert "Vous avez commencé une déclaration" in text_of(signed_in.get("/"))


def test_each_account_is_shown_apart_those_that_owe_first(signed_in, alice, home, today):
    due_on = today + dt.timedelta(days=30)
    owner = AccountFactory(client=alice, building=home.building, lot=home, balance_cents=-41235)
    EntryFactory(account=owner, due_on=due_on)
    CallFactory(account=owner, issued_on=today, due_on=due_on)
    AccountFactory(client=alice, kind="landlord", balance_cents=364313, reference="411-1")

    page = text_of(signed_in.get("/"))

    assert page.index("412,35\u202f€") < page.index("+\u202f3\u202f643,13\u202f€")
    assert "Solde copropriétaire" in page
    assert "Vous devez cette somme avant le" in page
    assert "Solde propriétaire" in page
    assert "En votre faveur." in page
    assert "3\u202f230,78" not in page  # never added up


def test_who_owes_is_told_how_to_pay(signed_in, alice, home):
    account = AccountFactory(client=alice, building=home.building, balance_cents=-41235)

    page = text_of(signed_in.get("/"))

    assert f'href="/comptes/{account.public_id}/#payer">Comment payer' in page


def test_who_pays_by_direct_debit_is_not_asked_to_pay(signed_in, alice, today):
    due_on = today + dt.timedelta(days=9)
    account = AccountFactory(client=alice, balance_cents=-41235, payment_mode="direct_debit")
    EntryFactory(account=account, due_on=due_on)
    CallFactory(account=account, issued_on=today, due_on=due_on)

    page = text_of(signed_in.get("/"))

    assert "Prélèvement de 412,35\u202f€ prévu le" in page
    assert "Vous n’avez rien à faire." in page
    assert "Comment payer" not in page


def test_withheld_account_shows_no_figure(signed_in, alice):
    AccountFactory(client=alice, balance_cents=-41235, is_withheld=True)

    page = text_of(signed_in.get("/"))

    assert "Situation incomplète" in page
    assert "412,35" not in page


def test_account_that_is_closed_and_settled_is_not_announced(signed_in, alice, today):
    AccountFactory(client=alice, balance_cents=0, closed_on=today)

    assert "Solde copropriétaire" not in text_of(signed_in.get("/"))


def test_interventions_and_applications_are_counted(signed_in, alice, home):
    InterventionFactory(building=home.building, title="Porte bloquée")
    InterventionFactory(building=home.building, state="closed", title="Ancienne fuite")
    RentalApplicationFactory(applicant=alice)

    page = text_of(signed_in.get("/"))

    assert 'count">1<span class="visually-hidden"> intervention<' in page
    assert "Porte bloquée" in page
    assert "Ancienne fuite" not in page
    assert 'count">1<span class="visually-hidden"> dossier<' in page


def test_problem_may_be_declared_from_here(signed_in):
    assert 'href="/interventions/declarer/">Déclarer un problème</a>' in text_of(signed_in.get("/"))


def test_who_only_applies_reads_of_the_latest_file_first(signed_in, alice, today):
    RentalApplicationFactory(applicant=alice, listing_label="Studio", submitted_on=today - dt.timedelta(9))
    RentalApplicationFactory(
        applicant=alice, listing_label="Deux pièces", submitted_on=today, pieces_received=6, pieces_expected=8
    )

    page = text_of(signed_in.get("/"))

    assert '>Votre dossier</h2><p class="soft">Deux pièces</p>' in page
    assert "6 pièces sur 8" in page
    assert page.count("strong-card") == 1


def test_file_leaves_the_first_place_to_accounts(signed_in, alice):
    RentalApplicationFactory(applicant=alice)
    AccountFactory(client=alice)

    page = text_of(signed_in.get("/"))

    assert "Votre dossier" not in page
    assert page.count('"strong-card') == 1


def test_contacts_of_the_building_can_be_called(signed_in, home):
    BuildingAssignmentFactory(building=home.building)

    page = text_of(signed_in.get("/"))

    assert "Diane Hamon" in page
    assert "Responsable d’immeuble" in page
    assert 'href="tel:+33100000001"' in page


def test_who_follows_the_building_comes_first(signed_in, home):
    BuildingAssignmentFactory(building=home.building, staff_member__last_name="Aubert", duty="Comptable")
    BuildingAssignmentFactory(building=home.building, staff_member__last_name="Zola", duty="Responsable d’immeuble")

    page = text_of(signed_in.get("/"))

    assert page.index("Diane Zola") < page.index("Diane Aubert")


def test_who_left_the_agency_is_no_contact_any_more(signed_in, home, today):
    BuildingAssignmentFactory(building=home.building, staff_member__left_on=today)

    assert "Diane Hamon" not in text_of(signed_in.get("/"))


def test_who_left_a_building_reads_no_more_who_looks_after_it(signed_in, home, today):
    BuildingAssignmentFactory(building=home.building)
    home.ownerships.update(starts_on=today - dt.timedelta(days=400), ends_on=today - dt.timedelta(days=1))

    assert "Diane Hamon" not in text_of(signed_in.get("/"))


def test_new_client_is_welcomed(signed_in):
    assert "Votre agence prépare vos informations." in text_of(signed_in.get("/"))


def test_nothing_of_a_neighbour_is_shown(signed_in, alice, home):
    bob = ClientFactory(agency=alice.agency, first_name="Bob", last_name="Perrin")
    OwnershipFactory(client=bob, lot=LotFactory(building=home.building))
    AccountFactory(client=bob, building=home.building, balance_cents=-99999)
    RentalApplicationFactory(applicant=bob)

    page = text_of(signed_in.get("/"))

    assert "999,99" not in page
    assert "Aucune candidature en cours" in page


def test_two_persons_in_turn_see_their_own(client, alice):
    bob = GrantFactory(client=ClientFactory(agency=alice.agency, last_name="Perrin"))
    AccountFactory(client=alice, balance_cents=-11111)
    AccountFactory(client=bob.client, balance_cents=-22222)

    client.force_login(alice.grants.get().user)
    of_alice = text_of(client.get("/"))
    client.force_login(bob.user)
    of_bob = text_of(client.get("/"))

    assert "111,11" in of_alice
    assert "222,22" not in of_alice
    assert "222,22" in of_bob
    assert "111,11" not in of_bob


@pytest.mark.usefixtures("signed_in")
def test_cost_is_the_same_whatever_the_client_holds(queries_of, assert_flat, alice):
    give_one_more_of_everything(alice)

    assert_flat("/", lambda: [give_one_more_of_everything(alice) for _ in range(20)])

    assert len(queries_of("/")) <= QUERIES_ALLOWED


def give_one_more_of_everything(client):
    lot = LotFactory(building__agency=client.agency)
    OwnershipFactory(client=client, lot=lot)
    BuildingAssignmentFactory(building=lot.building)
    InterventionFactory(building=lot.building)
    RentalApplicationFactory(applicant=client)
    CallFactory(account=AccountFactory(client=client, lot=lot))
    published(client=client)


@pytest.mark.usefixtures("signed_in")
def test_who_represents_another_stays_within_the_same_cost(queries_of, alice, today):
    other = ClientFactory(agency=alice.agency, last_name="Perrin")
    AccountFactory(client=other, balance_cents=-33333)
    Representation.objects.create(
        agency=alice.agency, client=other, representative=alice, role=Representation.Role.GUARDIAN, starts_on=today
    )

    queries_of("/")

    assert len(queries_of("/")) <= QUERIES_ALLOWED


def test_somebody_of_a_household_is_greeted_and_stays_within_the_same_cost(client, queries_of, alice):
    AccountFactory(client=alice, balance_cents=-33333)
    client.force_login(HouseholdAccessFactory(client=alice, given_by=alice.grants.get().user).user)

    page = text_of(client.get("/"))

    assert "Bonjour Gaby Fontaine" in page
    assert "333,33" in page
    assert len(queries_of("/")) <= QUERIES_ALLOWED


def test_the_two_latest_documents_open_from_here(signed_in, alice):
    for day in (1, 20, 10):
        document = published(client=alice, title=f"Document du {day}", dated_on=dt.date(2026, 11, day))
    published(client=ClientFactory(agency=alice.agency), title="Document d’un autre", dated_on=dt.date(2026, 11, 22))

    page = text_of(signed_in.get("/"))

    assert page.index("Document du 20") < page.index("Document du 10")
    assert "Document du 1<" not in page
    assert "Document d’un autre" not in page
    assert f'href="/documents/{document.public_id}/"' in page


def test_a_tenant_s_quittance_is_one_tap_away(signed_in, alice, home, today):
    tenant = AccountFactory(client=alice, kind="tenant", lot=home, as_of=dt.date(2026, 11, 22))
    AccountFactory(client=alice, building=home.building)

    page = text_of(signed_in.get("/"))

    path = reverse("client:receipts-month", args=[tenant.public_id, tenant.as_of])
    assert f'href="{path}">Ma quittance de novembre' in page
    assert page.count("Ma quittance") == 1
