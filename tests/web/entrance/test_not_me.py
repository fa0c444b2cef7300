"""« Ce n’est pas moi »: asked for, it does nothing; pressed, nothing opens until the agency has decided."""

import pytest
from django.test import Client as Browser

from parvis.journal.models import Record
from parvis.people.actions import links, objections, social
from parvis.people.actions.passwords import handle_waiting_requests
from parvis.people.models import AccessFreeze, Activation, EmailLink, Grant, KnownBrowser, Letter, PendingSignIn
from tests.factories import StaffMemberFactory, UserFactory
from tests.web.entrance.cast import (
    CODE,
    NEW,
    OWN,
    OWN_HASH,
    active_client,
    choose_password,
    client_with_letter,
    give_address,
    is_signed_in,
    known,
    last_link,
    letter_for,
    link_in,
    messages_to,
    sign_in,
    start,
    text_of,
)

pytestmark = pytest.mark.django_db
KNOWN = "jeanne@exemple.fr"
THIEF = "x@ailleurs.exemple"
AGENCY = "contact@exemple.fr"
BLOCK = "Bloquer l’accès"
PASSWORD_STEP = "/premiere-connexion/mot-de-passe/"


@pytest.fixture
def victim(agency):
    """Jeanne, whose letter somebody else opened."""
    return client_with_letter(agency, customer_reference="10427840", first_name="Jeanne", known_email=KNOWN)


def confirmed_by_a_thief(browser, client):
    """A first connection with another address, up to the choice of the password; the link that Jeanne receives."""
    start(browser, client)
    give_address(browser, THIEF)
    browser.post(last_link(THIEF))
    return last_link(KNOWN, "other-address-confirmed")


def opened_by_a_thief(browser, client):
    confirmed_by_a_thief(browser, client)
    choose_password(browser)
    return last_link(KNOWN, "access-opened")


def test_scanner_that_opens_the_link_freezes_nothing(browser, other_browser, victim):
    path = confirmed_by_a_thief(browser, victim)

    pages = [other_browser.get(path).content.decode(), other_browser.get(path).content.decode()]
    head = other_browser.head(path)

    assert all("Ce n’est pas vous\u202f?" in page and BLOCK in page and "<script" not in page for page in pages)
    assert head.status_code == 200
    assert not AccessFreeze.objects.exists()
    assert choose_password(browser).status_code == 302


def test_press_ends_the_start_under_way_and_its_letter(browser, other_browser, victim):
    path = confirmed_by_a_thief(browser, victim)

    page = other_browser.post(path, follow=True).content.decode()
    refused = choose_password(browser)

    assert "L’accès est bloqué" in page
    assert refused.url == "/connexion/"
    assert not Grant.objects.filter(client=victim).exists()
    assert Letter.objects.get(client=victim).ending == Letter.Ending.CANCELLED
    assert Activation.objects.get(client=victim).state == Activation.State.SUPERSEDED


def test_press_ends_the_access_its_sessions_and_its_known_browsers(browser, other_browser, victim):
    path = opened_by_a_thief(browser, victim)
    assert browser.get("/profil/").status_code == 200
    assert KnownBrowser.objects.exists()

    other_browser.post(path)

    assert browser.get("/profil/").status_code == 302
    assert not KnownBrowser.objects.exists()
    assert not Grant.objects.get(client=victim).user.is_active


@pytest.mark.parametrize("door", ["/connexion/", "/premiere-connexion/"])
@pytest.mark.parametrize("secret", [NEW, CODE, "faux"])
def test_frozen_door_answers_as_for_a_wrong_secret(browser, other_browser, victim, door, secret):
    other_browser.post(opened_by_a_thief(browser, victim))
    bodies = []
    browser = Browser()

    for identifier in ("10427840", "99999999", THIEF):
        response = sign_in(browser, identifier, secret, door=door)
        bodies.append(response.content.decode().replace(identifier, ""))
        assert response.status_code == 200
        assert not is_signed_in(browser)

    assert "Identifiant ou mot de passe incorrect." in bodies[0]
    assert cut(bodies[0]) == cut(bodies[1]) == cut(bodies[2])


def cut(page):
    """The page without what is new in each answer."""
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_nobody_finds_a_frozen_access_by_another_password(browser, other_browser, victim):
    other_browser.post(opened_by_a_thief(browser, victim))
    before = len(messages_to(THIEF)) + len(messages_to(KNOWN))

    for typed in ("10427840", THIEF):
        browser.post("/mot-de-passe-oublie/", {"identifier": typed})
    handle_waiting_requests()

    assert len(messages_to(THIEF)) + len(messages_to(KNOWN)) == before


def test_link_of_a_forgotten_password_dies_with_the_freeze(browser, charlie):
    browser.post("/mot-de-passe-oublie/", {"identifier": "10427837"})
    handle_waiting_requests()
    reset = last_link("charlie@exemple.fr", "choose-new-password")
    path = path_for(charlie)

    browser.post(path)
    page = browser.get(reset, follow=True).content.decode()

    assert "Ce lien n’est plus valable" in page


def test_second_step_under_way_dies_with_the_freeze(browser, charlie):
    pending = pending_sign_in(charlie)

    browser.post(path_for(charlie))

    pending.refresh_from_db()
    assert pending.ended_at is not None


def pending_sign_in(user):
    now = links.database_now()
    return PendingSignIn.objects.create(
        user=user, token_hash="0" * 64, proof="password", started_at=now, expires_at=now + links.RESET_LASTS
    )


def path_for(user, *, trigger=AccessFreeze.Trigger.PASSWORD_CHANGED):
    """The path of the link that a message to this login carries."""
    return "/n/" + objections.of_login(user, trigger=trigger, email=user.email).rpartition("/")[2]


def test_message_of_a_changed_password_carries_the_link(browser, other_browser, charlie):
    browser.post("/mot-de-passe-oublie/", {"identifier": "10427837"})
    handle_waiting_requests()
    reset = browser.get(last_link("charlie@exemple.fr", "choose-new-password")).url
    choose_password(browser, path=reset)
    message = messages_to("charlie@exemple.fr", "password-changed")[-1]

    other_browser.post(link_in(message))

    charlie.refresh_from_db()
    assert "Ce n’est pas moi" in text_of(message)
    assert not charlie.is_active
    assert AccessFreeze.objects.get().trigger == AccessFreeze.Trigger.PASSWORD_CHANGED


def test_message_of_a_linked_account_lets_its_holder_block_the_access(browser, charlie):
    social.tell(charlie, provider="google", is_linked=True)

    browser.post(last_link("charlie@exemple.fr", "social-account-linked"))

    charlie.refresh_from_db()
    assert not charlie.is_active


def test_only_the_known_address_may_object_to_an_opened_access(browser, victim):
    opened_by_a_thief(browser, victim)

    (to_thief,), (to_known,) = messages_to(THIEF, "access-opened"), messages_to(KNOWN, "access-opened")

    assert "/n/" not in text_of(to_thief)
    assert "/n/" in text_of(to_known)


def test_agency_is_told_whose_access_and_why_and_the_journal_keeps_it(browser, other_browser, victim):
    other_browser.post(opened_by_a_thief(browser, victim))

    (message,) = messages_to(AGENCY, "access-frozen")
    fact = Record.objects.get(verb="access.frozen")

    assert "10427840" in text_of(message)
    assert "l’ouverture de l’accès" in text_of(message)
    assert "j•••e@exemple.fr" in text_of(message)
    assert (fact.object_kind, fact.object_id) == ("client", victim.public_id)


def test_pressed_twice_and_by_two_messages_it_is_one_freeze(browser, other_browser, victim):
    first = confirmed_by_a_thief(browser, victim)
    choose_password(browser)
    second = last_link(KNOWN, "access-opened")

    for path in (first, first, second):
        other_browser.post(path)

    assert AccessFreeze.objects.count() == 1
    assert len(messages_to(AGENCY, "access-frozen")) == 1


def test_all_the_clients_of_a_login_are_frozen_together(browser, agency, charlie):
    other = client_with_letter(agency, customer_reference="10427850", first_name="Charlie")
    Grant.objects.create(user=charlie, client=other)

    browser.post(path_for(charlie))

    assert AccessFreeze.objects.open().count() == 2
    assert "incorrect" in sign_in(known(browser, charlie), "10427850", OWN).content.decode()


def test_member_of_the_staff_may_say_it_too(browser, agency):
    user = UserFactory(agency=agency, email="d.hamon@exemple.fr", password=OWN_HASH)
    StaffMemberFactory(agency=agency, user=user)

    browser.post(path_for(user))

    user.refresh_from_db()
    assert not user.is_active
    assert AccessFreeze.objects.get().client is None
    assert "Diane Hamon" in text_of(messages_to(AGENCY, "access-frozen")[0])


def test_who_presses_inside_their_own_access_leaves_it_at_once(browser, charlie):
    sign_in(known(browser, charlie), "10427837", OWN)

    page = browser.post(path_for(charlie), follow=True)

    assert page.status_code == 200
    assert "L’accès est bloqué" in page.content.decode()
    assert not is_signed_in(browser)


def test_link_lasts_thirty_days(browser, charlie):
    path = path_for(charlie)
    link = EmailLink.objects.get(purpose="not_me")
    EmailLink.objects.update(created_at=link.created_at - objections.OBJECTION_LASTS, expires_at=links.database_now())

    page = browser.post(path).content.decode()

    assert link.expires_at - link.created_at == objections.OBJECTION_LASTS
    assert "Il était valable 30\u00a0jours." in page
    assert not AccessFreeze.objects.exists()


@pytest.mark.parametrize("path", ["/n/", "/n/abc", "/n/" + "a" * 26, "/n/" + "a" * 26 + "/suite"])
def test_unknown_link_is_a_page_with_the_phone(browser, agency, path):
    response = browser.get(path)

    assert response.status_code == 404
    assert path == "/n/" or "01\u00a000\u00a000\u00a000\u00a000" in response.content.decode()


def test_link_of_another_kind_freezes_nothing(browser, alice):
    start(browser, alice)
    give_address(browser)

    response = browser.post(last_link().replace("/c/", "/n/"))

    assert response.status_code == 404
    assert not AccessFreeze.objects.exists()


def test_link_that_objects_confirms_nothing_when_its_address_is_changed(browser, other_browser, victim):
    path = confirmed_by_a_thief(browser, victim)

    path = path.replace("/n/", "/c/")
    pages = [other_browser.get(path).content.decode(), other_browser.post(path).content.decode()]

    assert all("Ce lien est incomplet" in page for page in pages)


def test_new_letter_waits_for_the_decision(browser, other_browser, victim):
    other_browser.post(confirmed_by_a_thief(browser, victim))
    letter_for(victim)

    assert "incorrect" in sign_in(browser, "10427840", CODE).content.decode()


def test_other_clients_go_on(browser, other_browser, agency, victim):
    other_browser.post(opened_by_a_thief(browser, victim))
    user = active_client(agency, email="bob@exemple.fr", customer_reference="10427860")

    sign_in(known(other_browser, user), "10427860", OWN)

    assert is_signed_in(other_browser)
