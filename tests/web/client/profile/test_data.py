"""« Mes données »: a copy, who consulted them, a correction, the end of the access."""

import pytest
from django.test import Client

from parvis.exchange.actions import own_data
from parvis.exchange.models import DataExport
from parvis.people.actions import hold
from parvis.people.models import ClientRead, ProfileChange, Representation
from tests.compliance.factories import FiscalYearFactory
from tests.documents.factories import published
from tests.factories import AccountFactory, ClientFactory, OwnershipFactory, StaffMemberFactory
from tests.ledger.syndicats import Syndicat
from tests.people.cast import just_signed_in


def text(answer):
    return answer.content.decode()


def test_copy_is_asked_made_and_downloaded_by_the_same_login(proven, alice):
    asked = text(proven.post("/profil/donnees/", follow=True))
    own_data.make_waiting()
    page = text(proven.get("/profil/donnees/"))
    export = DataExport.objects.get()
    answer = proven.get(f"/profil/donnees/{export.public_id}/")

    assert "Votre copie est en préparation." in asked
    assert "Télécharger (ZIP" in page
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mes-donnees.zip"'
    assert len(b"".join(answer.streaming_content)) == export.size


def test_second_demand_waits_for_the_first(proven):
    proven.post("/profil/donnees/")

    assert "déjà en préparation" in text(proven.post("/profil/donnees/"))


@pytest.mark.parametrize("path", ["/profil/donnees/", "/profil/fermer/"])
def test_who_proved_themselves_long_ago_is_asked_again(signed_in, path):
    assert signed_in.get(path).headers["Location"].startswith("/connexion/confirmer/")


def test_copy_waits_while_on_hold(proven, alice):
    hold.begin_hold(alice.grants.get().user)

    assert proven.post("/profil/donnees/").status_code == 403


def test_who_shares_the_home_downloads_no_copy_of_the_holder(proven, gaby):
    proven.post("/profil/donnees/")
    own_data.make_waiting()
    hers = just_signed_in(Client(), gaby.user)

    assert hers.get(f"/profil/donnees/{DataExport.objects.get().public_id}/").status_code == 404


def test_reads_of_the_household_and_of_a_guardian_are_told_to_the_holder(proven, gaby, alice):
    hers = just_signed_in(Client(), gaby.user)
    for _ in range(2):
        hers.get("/comptes/")
        hers.get("/documents/")

    page = text(proven.get("/profil/consultations/"))

    assert page.count("Gaby Fontaine") == 2
    assert "Personne du foyer – Comptes" in page
    assert "Personne du foyer – Documents" in page


def test_own_visits_are_not_noted(proven):
    proven.get("/comptes/")

    assert "Personne d’autre que vous n’a consulté vos données." in text(proven.get("/profil/consultations/"))


def test_guardian_is_noted_for_whom_they_represent_alone(proven, alice, karine):
    proven.get("/comptes/")

    assert [(read.client, read.quality) for read in ClientRead.objects.all()] == [(karine, "representative")]


def test_one_account_and_one_document_are_noted_for_their_client_alone(proven, alice, karine):
    for client in (alice, karine):
        proven.get(f"/comptes/{AccountFactory(client=client).public_id}/")
        proven.get(f"/documents/{published(client=client).public_id}/")

    parts = [(read.client, read.part) for read in ClientRead.objects.order_by("part")]
    assert parts == [(karine, "Comptes"), (karine, "Documents")]


def test_calls_rents_and_letting_are_noted_for_the_client_of_the_account_alone(proven, alice, karine, today):
    bob = ClientFactory(agency=alice.agency, first_name="Bob")
    Representation.objects.create(
        agency=alice.agency, client=bob, representative=alice, role="guardian", starts_on=today
    )
    syndicat, landlord = Syndicat(karine), AccountFactory(client=karine, kind="landlord")
    tenant = AccountFactory(client=karine, kind="tenant")
    call = syndicat.quarter(syndicat.year(today.year), 1)

    for path in (
        *(f"{syndicat.account.public_id}/appels/", f"{syndicat.account.public_id}/appels/{call.public_id}/"),
        *(f"{tenant.public_id}/quittances/", f"{landlord.public_id}/gerance/"),
    ):
        assert proven.get(f"/comptes/{path}").status_code == 200

    parts = [(read.client, read.part) for read in ClientRead.objects.order_by("part")]
    assert parts == [(karine, "Appels de fonds"), (karine, "Gestion locative"), (karine, "Quittances")]


def test_kit_of_sale_and_legal_list_are_noted_for_who_is_represented(proven, karine):
    lot = OwnershipFactory(client=karine, lot__building__agency=karine.agency).lot
    FiscalYearFactory(building=lot.building)

    for path in (f"/kit-de-vente/{lot.public_id}/", "/documents-legaux/"):
        assert proven.get(path).status_code == 200

    parts = [(read.client, read.part) for read in ClientRead.objects.order_by("part")]
    assert parts == [(karine, "Documents légaux"), (karine, "Kit de vente")]


def test_each_client_is_noted_though_another_was_before(proven, alice, karine, today):
    bob = ClientFactory(agency=alice.agency, first_name="Bob")
    Representation.objects.create(
        agency=alice.agency, client=bob, representative=alice, role="guardian", starts_on=today
    )

    for client in (karine, bob):
        proven.get(f"/comptes/{AccountFactory(client=client).public_id}/")

    assert {read.client for read in ClientRead.objects.all()} == {karine, bob}


def test_page_that_was_refused_is_not_noted(gaby):
    hers = just_signed_in(Client(), gaby.user)

    hers.get("/comptes/aaaaaaaaaaaaaaaaaaaaaaaaaa/")

    assert not ClientRead.objects.exists()


def test_staff_who_show_a_frozen_client_are_noted(alice, proven, freeze, diane):
    diane.get("/gestion/acces/")

    read = ClientRead.objects.get(client=freeze.client)
    assert (read.quality, read.reader_name) == ("staff", "Diane Hamon")


def test_correction_is_sent(proven, alice):
    page = text(proven.post(f"/profil/{alice.public_id}/rectification/", {"text": "Mon prénom."}, follow=True))

    assert "Votre demande est envoyée." in page
    assert ProfileChange.objects.get().wanted == {"text": "Mon prénom."}


def test_access_closes_once_the_box_is_ticked(proven, alice):
    untouched = proven.post("/profil/fermer/")
    page = text(proven.post("/profil/fermer/", {"understood": "on"}, follow=True))

    assert "Cochez la case" in text(untouched)
    assert "Votre accès en ligne est fermé." in page
    assert proven.get("/").status_code == 302


def test_access_of_the_staff_is_not_closed_here(proven, alice):
    StaffMemberFactory(agency=alice.agency, user=alice.grants.get().user)

    assert proven.post("/profil/fermer/", {"understood": "on"}).status_code in {200, 302}
    alice.grants.get(ended_at=None)
