"""« Rattacher un autre identifiant » and « Détacher »: one login for several clients."""

import datetime as dt

import pytest
from django.test import Client as Browser
from django.utils import timezone

from parvis.journal.models import Record
from parvis.people.actions import hold
from parvis.people.models import (
    AccessFreeze,
    FormerPassword,
    Grant,
    Letter,
    PaperNotice,
    SensitiveAction,
    SignedInSession,
    SocialAccount,
    User,
)
from tests.factories import AgencyFactory, ClientFactory, StaffMemberFactory
from tests.web.entrance.cast import (
    CODE,
    EMAIL,
    OWN,
    active_client,
    client_with_letter,
    give_address,
    known,
    last_link,
    letter_for,
    messages_to,
    sign_in,
    start,
    text_of,
)

pytestmark = pytest.mark.django_db
LIST = "/profil/connexion/identifiants/"
ATTACH = f"{LIST}rattacher/"
WRONG = "Identifiant ou mot de passe incorrect."
AGENCY = "contact@exemple.fr"


@pytest.fixture
def inside(browser, charlie):
    """The browser in which Charlie has just signed in."""
    sign_in(known(browser, charlie), "10427837", OWN)
    return browser


@pytest.fixture
def dora(agency):
    """The login of Dora, whose password is the same as in every test."""
    return active_client(
        agency, email="dora@exemple.fr", customer_reference="10427870", known_email="dora@connue.exemple"
    )


def attach(browser, identifier, secret, **extra):
    return browser.post(ATTACH, {"identifier": identifier, "password": secret, **extra}, follow=True).content.decode()


def references_of(user):
    grants = Grant.objects.filter(user=user, ended_at=None).order_by("client__customer_reference")
    return list(grants.values_list("client__customer_reference", flat=True))


def test_identifiant_with_a_login_moves_with_its_own_password_and_its_login_closes(inside, charlie, dora):
    SocialAccount.objects.create(
        agency=dora.agency, user=dora, provider="google", issuer="i", subject="s", linked_at=timezone.now()
    )
    theirs = known(Browser(), dora)
    sign_in(theirs, "10427870", OWN)
    known(inside, dora)

    page = attach(inside, "10427870", OWN)

    dora.refresh_from_db()
    assert "L’identifiant 10427870 est rattaché." in page
    assert references_of(charlie) == ["10427837", "10427870"]
    assert (dora.is_active, dora.email, dora.password) == (False, "", "")
    assert not SocialAccount.objects.exists()
    assert theirs.get("/profil/").status_code == 302
    assert Grant.objects.filter(user=dora, ended_at__isnull=False).count() == 1


def test_moved_identifiant_opens_with_the_password_of_its_new_login_only(inside, charlie, dora):
    User.objects.filter(pk=charlie.pk).update(password=dora.password)
    known(inside, dora)
    attach(inside, "10427870", OWN)
    browser = known(Browser(), charlie)

    sign_in(browser, "10427870", OWN)

    assert browser.session["_auth_user_id"] == str(charlie.pk)


def test_password_is_not_enough_from_a_browser_that_the_other_login_does_not_know(inside, charlie, dora):
    page = attach(inside, "10427870", OWN)

    assert "Connectez-vous d’abord une fois avec cet identifiant sur cet appareil" in page
    assert references_of(charlie) == ["10427837"]
    assert references_of(dora) == ["10427870"]


def test_identifiant_of_a_member_of_the_staff_stays_theirs(inside, charlie, dora):
    StaffMemberFactory(agency=dora.agency, user=dora)
    known(inside, dora)

    assert "collaborateur de l’agence" in attach(inside, "10427870", OWN)
    assert references_of(dora) == ["10427870"]


def test_other_login_with_another_client_left_stays_open(inside, agency, dora):
    Grant.objects.create(user=dora, client=ClientFactory(agency=agency, customer_reference="10427871"))
    known(inside, dora)

    attach(inside, "10427870", OWN)

    dora.refresh_from_db()
    assert dora.is_active
    assert references_of(dora) == ["10427871"]


def test_code_of_a_letter_attaches_ends_the_letter_and_holds_the_login(inside, charlie, alice):
    attach(inside, "10427835", CODE)

    assert references_of(charlie) == ["10427835", "10427837"]
    assert Letter.objects.get(client=alice).ending == Letter.Ending.ACTIVATED
    with pytest.raises(hold.Held):
        hold.check_not_held(charlie, SensitiveAction.VOTE)


def test_own_password_of_an_identifiant_does_not_hold_the_login(inside, charlie, dora):
    known(inside, dora)
    attach(inside, "10427870", OWN)

    hold.check_not_held(charlie, SensitiveAction.VOTE)


def test_password_of_the_former_portal_attaches_and_is_forgotten(inside, charlie, bob):
    attach(inside, "10427836", OWN)

    assert references_of(charlie) == ["10427836", "10427837"]
    assert not FormerPassword.objects.exists()


def test_first_connection_under_way_elsewhere_ends(inside, other_browser, alice):
    start(other_browser, alice)
    give_address(other_browser)

    attach(inside, "10427835", CODE)
    response = other_browser.post(last_link(EMAIL))

    assert "Ce lien n’est plus valable" in response.content.decode()


def test_dead_code_says_what_the_entrance_says(inside, agency):
    client = ClientFactory(agency=agency, customer_reference="10427872")
    letter_for(client, age_days=31)

    assert "Votre mot de passe provisoire n’est plus valable." in attach(inside, "10427872", CODE)


@pytest.mark.parametrize(
    ("identifier", "secret"),
    [("10427835", "111111"), ("10427836", "faux"), ("10427870", "faux"), ("99999999", "faux"), ("99999999", CODE)],
)
def test_every_wrong_secret_is_refused_alike(inside, alice, bob, dora, identifier, secret):
    page = attach(inside, identifier, secret)

    assert WRONG in page
    assert "L’identifiant est celui qui est sur vos appels de fonds ou de loyer." in page


def test_courriel_names_no_identifiant_here(inside, charlie, dora):
    known(inside, dora)

    assert WRONG in attach(inside, "dora@exemple.fr", OWN)
    assert references_of(charlie) == ["10427837"]


def test_failures_here_close_the_doors_of_the_entrance(inside, other_browser, dora):
    for _ in range(5):
        attach(inside, "10427870", "faux")

    response = sign_in(other_browser, "10427870", OWN)

    assert response.status_code == 429


def test_wrong_codes_here_kill_the_letter(inside, alice):
    for _ in range(5):
        attach(inside, "10427835", "111111")

    assert not Letter.objects.usable_by_code().exists()


def test_key_of_the_letter_is_asked_here_too(inside, charlie, agency, alice):
    agency.always_asks_key = True
    agency.save()

    page = attach(inside, "10427835", CODE)

    assert "Renseignez la clé de 4\u00a0signes." in page
    assert references_of(charlie) == ["10427837"]


def test_own_identifiant_is_attached_already(inside):
    assert "déjà rattaché" in attach(inside, "10427837", OWN)


def test_client_of_another_agency_of_the_host_cannot_join(inside, charlie):
    other = AgencyFactory(host="testserver", is_host_owner=False)
    client_with_letter(other, customer_reference="20000001")

    assert WRONG in attach(inside, "20000001", CODE)
    assert references_of(charlie) == ["10427837"]


def test_known_address_and_the_other_login_are_told_and_may_object(inside, other_browser, charlie, dora):
    known(inside, dora)
    attach(inside, "10427870", OWN)

    for address in ("dora@exemple.fr", "dora@connue.exemple"):
        (message,) = messages_to(address, "identifier-attached")
        assert "c•••e@exemple.fr" in text_of(message)
    other_browser.post(last_link("dora@connue.exemple", "identifier-attached"))

    charlie.refresh_from_db()
    assert charlie.is_active
    assert references_of(charlie) == ["10427837"]
    assert AccessFreeze.objects.get().client.customer_reference == "10427870"


def test_agency_and_the_post_tell_who_has_no_known_address(inside, alice):
    attach(inside, "10427835", CODE)

    assert "10427835" in text_of(messages_to(AGENCY, "identifier-attached-for-agency")[0])
    assert PaperNotice.objects.get().subject == PaperNotice.Subject.ATTACHED


def test_detached_identifiant_has_no_access_until_another_letter(inside, charlie, agency, alice):
    attach(inside, "10427835", CODE)
    path = f"{LIST}{alice.public_id}/detacher/"

    shown = inside.get(path).content.decode()
    page = inside.post(path, follow=True).content.decode()

    assert "n’aura plus d’accès" in shown
    assert "L’identifiant 10427835 est détaché." in page
    assert references_of(charlie) == ["10427837"]
    assert "incorrect" in sign_in(Browser(), "10427835", OWN).content.decode()
    assert messages_to("charlie@exemple.fr", "identifier-detached")
    letter_for(alice)
    assert start(Browser(), alice).url == "/premiere-connexion/courriel/"


def test_last_identifiant_stays(inside, charlie):
    client = charlie.grants.get().client

    page = inside.post(f"{LIST}{client.public_id}/detacher/", follow=True).content.decode()

    assert "C’est votre seul identifiant" in page
    assert "Détacher" not in inside.get(LIST).content.decode()
    assert references_of(charlie) == ["10427837"]


def test_attaching_and_detaching_are_journalled(inside, charlie, alice):
    attach(inside, "10427835", CODE)
    inside.post(f"{LIST}{alice.public_id}/detacher/")

    facts = Record.objects.filter(object_id=alice.public_id, verb__startswith="identifier.").order_by("pk")

    assert [fact.verb for fact in facts] == ["identifier.attached", "identifier.detached"]
    assert {fact.actor_id for fact in facts} == {charlie.public_id}


@pytest.mark.parametrize("path", [ATTACH, "/profil/connexion/courriel/", f"{LIST}{{client}}/detacher/"])
def test_who_proved_themselves_long_ago_is_asked_again(inside, charlie, path):
    SignedInSession.objects.update(proved_at=timezone.now() - dt.timedelta(minutes=11))
    path = path.format(client=charlie.grants.get().client.public_id)

    asked, sent = inside.get(path), inside.post(path, {"identifier": "10427835", "password": CODE})

    assert asked.url.startswith("/connexion/confirmer/?next=%2Fprofil")
    assert sent.url.startswith("/connexion/confirmer/")
    assert references_of(charlie) == ["10427837"]
