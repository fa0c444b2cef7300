"""Who runs the site invites the staff, and helps who lost every proof."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client as Browser

from parvis.journal.models import Record
from parvis.kit.clock import database_now
from parvis.mail.actions import read_body
from parvis.mail.models import OutboxMessage
from parvis.people.actions import recovery_codes, sessions, staff_access
from parvis.people.actions.ways_in import has_factor
from parvis.people.models import Authenticator, KnownBrowser, Passkey, Proof, RecoveryCode, SignedInSession, StaffMember
from tests.factories import AgencyFactory, ClientFactory, GrantFactory, StaffMemberFactory, UserFactory
from tests.web.entrance.cast import NEW, OWN_HASH, choose_password, last_link

pytestmark = pytest.mark.django_db
DIANE = "diane@exemple.fr"


@pytest.fixture
def agency():
    return AgencyFactory(host="testserver", slug="tilleuls")


@pytest.fixture
def diane(agency):
    return StaffMemberFactory(agency=agency, reference="DH", email=DIANE)


def run(name, **options):
    said = io.StringIO()
    call_command(name, agency="tilleuls", stdout=said, **options)
    return said.getvalue()


def test_invited_staff_choose_a_password_then_must_add_a_factor(diane):
    said = run("invite_staff", reference="DH")
    browser = Browser()

    path = last_link(DIANE, "staff-invited")
    reset = browser.get(path, follow=True).redirect_chain[-1][0]
    choose_password(browser, NEW, path=reset)

    assert f"part pour {DIANE}" in said
    assert browser.get("/gestion/", follow=True).redirect_chain[-1][0] == "/profil/connexion/obligatoire/"


def test_invitation_opens_nothing_by_itself_and_lasts_a_day(diane):
    run("invite_staff", reference="DH")

    user = StaffMember.objects.get().user
    link = user.links.get()
    assert not user.has_usable_password()
    assert round((link.expires_at - link.created_at).total_seconds()) == 24 * 3600
    assert Record.objects.get().verb == "staff.invited"


def test_second_invitation_replaces_the_first(diane):
    run("invite_staff", reference="DH")
    first = last_link(DIANE, "staff-invited")
    run("invite_staff", reference="DH", email="autre@exemple.fr")

    assert "Un lien plus récent" in Browser().get(first).content.decode()
    assert StaffMember.objects.get().user.email == "autre@exemple.fr"


def test_link_leads_to_the_staff_host(diane, settings):
    settings.STAFF_HOST = "gestion.exemple.fr"

    run("invite_staff", reference="DH")

    assert "http://gestion.exemple.fr/c/" in read_body(OutboxMessage.objects.get())[0]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"reference": "XX"}, "Personne de l’agence n’a la référence XX."),
        ({"reference": "DH", "email": "pas une adresse"}, "Donnez par --email l’adresse"),
        ({"reference": "DH", "email": "prise@exemple.fr"}, "est déjà l’adresse d’un autre accès"),
    ],
)
def test_what_cannot_be_invited_is_said(agency, diane, options, words):
    UserFactory(agency=agency, email="prise@exemple.fr")

    with pytest.raises(CommandError, match=words):
        run("invite_staff", **options)

    assert not OutboxMessage.objects.exists()


def test_who_left_or_is_already_in_is_not_invited(agency, diane):
    StaffMemberFactory(agency=agency, reference="PARTI", left_on=database_now().date())
    StaffMemberFactory(agency=agency, reference="DEDANS", user=UserFactory(agency=agency, password=OWN_HASH))

    for reference, words in (("PARTI", "a quitté l’agence"), ("DEDANS", "a déjà un accès")):
        with pytest.raises(CommandError, match=words):
            run("invite_staff", reference=reference)


@pytest.mark.parametrize("who", ["client", "staff"])
def test_lost_factors_are_forgotten_sessions_end_and_the_address_is_told(agency, who):
    user = UserFactory(agency=agency, email="alice@exemple.fr", password=OWN_HASH)
    if who == "client":
        GrantFactory(user=user, client=ClientFactory(agency=agency, customer_reference="10427835"))
    else:
        StaffMemberFactory(agency=agency, reference="10427835", user=user)
    now = database_now()
    owned = {"agency": agency, "user": user}
    Passkey.objects.create(**owned, name="x", rp_id="x", credential_id="AAAA", public_key="AAAA", added_at=now)
    Authenticator.objects.create(**owned, sealed_secret="x", last_step=1, confirmed_at=now)
    recovery_codes.renew(user=user)
    browser = Browser()
    browser.force_login(user)
    sessions.note_session(user=user, session_key=browser.session.session_key, name="Firefox", proof=Proof.PASSKEY)

    said = run("forget_factors", login="10427835")

    assert said.startswith("12 moyen(s)")
    assert not has_factor(user)
    assert not RecoveryCode.objects.exists()
    assert not SignedInSession.objects.exists()
    assert not KnownBrowser.objects.exists()
    assert browser.get("/profil/").url.startswith("/connexion/")
    assert OutboxMessage.objects.get(kind="factors-forgotten").to_address == "alice@exemple.fr"
    assert Record.objects.filter(verb="factors.forgotten").count() == 1


def test_unknown_login_is_said(agency):
    with pytest.raises(CommandError, match="Aucun accès"):
        run("forget_factors", login="999")


def test_login_of_another_agency_is_unknown(agency):
    elsewhere = AgencyFactory(slug="ailleurs")
    GrantFactory(client=ClientFactory(agency=elsewhere, customer_reference="10427835"))

    with pytest.raises(staff_access.NobodyOfThatName):
        staff_access.login_named(agency=agency, name="10427835")
