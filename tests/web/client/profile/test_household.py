"""« Personnes du foyer »: invited and revoked by the holder; what the person themselves finds."""

import pytest
from django.test import Client

from parvis.people.actions import hold
from parvis.people.models import HouseholdAccess
from tests.factories import AccountFactory, EntryFactory
from tests.people.cast import just_signed_in

INVITED = {"name": "Gaby Fontaine", "email": "gaby@exemple.fr", "right": "read"}


@pytest.fixture
def gabys(gaby):
    """Gaby's browser."""
    return just_signed_in(Client(), gaby.user)


def invite(browser, alice, **fields):
    return browser.post(f"/profil/{alice.public_id}/foyer/inviter/", INVITED | fields, follow=True)


def test_invitation_is_listed_as_waiting(proven, alice):
    page = invite(proven, alice).content.decode()

    assert "L’invitation est partie." in page
    assert "Gaby Fontaine" in page
    assert "En attente" in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Renseignez le nom de cette personne."),
        ("email", "gaby", "Renseignez un courriel complet"),
        ("email", "gabı@exemple.fr", "Renseignez un courriel complet"),
        ("right", "vote", "Choisissez ce que cette personne pourra faire."),
        ("right", "", "Choisissez ce que cette personne pourra faire."),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_invited(proven, alice, field, value, said):
    page = invite(proven, alice, **{field: value}).content.decode()

    assert "<title>Erreur" in page
    assert said in page
    assert not HouseholdAccess.objects.exists()


def test_inviting_waits_while_on_hold(proven, alice):
    hold.begin_hold(alice.grants.get().user)

    assert invite(proven, alice).status_code == 403


def test_inviting_asks_a_fresh_proof(signed_in, alice):
    answer = signed_in.get(f"/profil/{alice.public_id}/foyer/inviter/")

    assert answer.headers["Location"].startswith("/connexion/confirmer/")


def test_revoked_person_is_out_at_once(proven, gabys, gaby):
    inside = gabys.get("/").status_code

    proven.post(f"/profil/foyer/{gaby.public_id}/retirer/")

    assert (inside, gabys.get("/").status_code) == (200, 302)


def test_person_reads_the_accounts_and_whose_they_are(gabys, alice):
    account = AccountFactory(client=alice)
    EntryFactory(account=account)

    assert gabys.get(f"/comptes/{account.public_id}/").status_code == 200
    assert "Alice Fontaine" in gabys.get("/profil/").content.decode()


def test_person_finds_nothing_that_opens_the_holder_or_changes_them(gabys, alice):
    page = gabys.get("/profil/").content.decode()

    user = alice.grants.get().user
    assert user.email not in page
    assert alice.customer_reference not in page
    for word in ("Modifier l’adresse", "Personnes du foyer", "Mes identifiants", "Qui a consulté"):
        assert word not in page
    assert alice.customer_reference not in gabys.get("/profil/connexion/identifiants/").content.decode()
    assert user.email not in gabys.get("/profil/connexion/").content.decode()


def test_person_leaves(gabys, gaby):
    gabys.post(f"/profil/foyer/{gaby.public_id}/quitter/")

    gaby.refresh_from_db()
    assert gaby.ending == HouseholdAccess.Ending.LEFT
    assert gabys.get("/").status_code == 302
