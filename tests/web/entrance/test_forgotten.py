"""Mot de passe oublié: the same answer to everybody, a link to an address already known, other sessions ended."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client as Browser
from django.utils import timezone

from parvis.kit import throttle
from parvis.kit.models import AttemptCounter
from parvis.mail.models import OutboxMessage
from parvis.people.actions.passwords import PER_HOUR
from parvis.people.jobs import handle_forgotten_passwords
from parvis.people.models import EmailLink, ForgottenPassword, Grant, SignedInSession, SocialAccount
from tests.factories import AgencyFactory, ClientFactory, GrantFactory
from tests.web.entrance.cast import (
    CODE,
    NEW,
    OWN,
    active_client,
    choose_password,
    client_with_letter,
    is_signed_in,
    known,
    last_link,
    link_in,
    messages_to,
    sign_in,
    text_of,
)

ASK = "/mot-de-passe-oublie/"
CHARLIE = "charlie@exemple.fr"


def ask(browser, identifier):
    response = browser.post(ASK, {"identifier": identifier})
    handle_forgotten_passwords()
    return response


@pytest.fixture
def reset_path(browser, charlie):
    """The page of the link that Charlie received."""
    ask(browser, "10427837")
    return browser.get(last_link(CHARLIE, "choose-new-password")).url


def test_activated_client_receives_a_link_at_the_confirmed_address(browser, charlie):
    ask(browser, "10 427 837")

    (message,) = messages_to(CHARLIE)
    assert message.subject == "Choisissez un nouveau mot de passe"
    assert link_in(message).startswith("/c/")
    lifetime = EmailLink.objects.get().expires_at - EmailLink.objects.get().created_at
    assert lifetime == dt.timedelta(hours=1)


def test_link_leads_to_a_new_password_and_inside(browser, charlie, reset_path):
    response = choose_password(browser, path=reset_path)

    assert response.url == "/"
    assert is_signed_in(browser)
    charlie.refresh_from_db()
    assert charlie.check_password(NEW)
    assert [message.kind for message in messages_to(CHARLIE)] == ["choose-new-password", "password-changed"]


def test_all_other_sessions_end_on_the_server(browser, charlie, reset_path):
    laptop, phone = Browser(), Browser()
    sign_in(known(laptop, charlie), "10427837", OWN)
    sign_in(known(phone, charlie), "10427837", OWN)

    choose_password(browser, path=reset_path)

    assert list(Session.objects.values_list("session_key", flat=True)) == [browser.session.session_key]
    assert laptop.get("/").url.startswith("/connexion/")
    assert phone.get("/").url.startswith("/connexion/")
    assert browser.get("/").status_code == 200
    assert list(SignedInSession.objects.values_list("session_key", flat=True)) == [browser.session.session_key]


def test_known_address_is_told_of_the_change_too(browser, charlie, reset_path):
    client = Grant.objects.get(user=charlie).client
    client.known_email = "ancienne@exemple.fr"
    client.save(update_fields=["known_email"])

    choose_password(browser, path=reset_path)

    assert [message.kind for message in messages_to("ancienne@exemple.fr")] == ["password-changed"]


def test_asking_for_the_link_never_uses_it(browser, reset_path):
    for _ in range(3):
        assert browser.get(reset_path).status_code == 200

    assert EmailLink.objects.get().used_at is None


def test_refused_password_leaves_the_link_usable(browser, reset_path):
    assert choose_password(browser, "azerty", path=reset_path).status_code == 200

    assert choose_password(browser, path=reset_path).url == "/"


@pytest.mark.parametrize("password", ["Azerty123!", "10427837#Aa", "Fontaine#75"])
def test_same_rules_hold_here(browser, charlie, reset_path, password):
    assert "trop facile à deviner" in choose_password(browser, password, path=reset_path).content.decode()


def test_link_serves_once(browser, other_browser, charlie, reset_path):
    choose_password(browser, path=reset_path)

    page = choose_password(other_browser, "Autre#Tortue8", path=reset_path).content.decode()
    assert "<h1>Ce lien a déjà servi</h1>" in page
    charlie.refresh_from_db()
    assert charlie.check_password(NEW)


def test_link_is_dead_after_an_hour(browser, reset_path):
    EmailLink.objects.update(
        created_at=timezone.now() - dt.timedelta(hours=2), expires_at=timezone.now() - dt.timedelta(minutes=1)
    )

    page = browser.get(reset_path).content.decode()
    assert "Il était valable 1\u00a0heure." in page
    assert not is_signed_in(browser)
    assert choose_password(browser, path=reset_path).status_code == 200


def test_newer_link_replaces_the_earlier_one(browser, other_browser, reset_path):
    ask(browser, "10427837")

    assert "Un lien plus récent vous a été envoyé." in other_browser.get(reset_path).content.decode()


def test_password_chosen_ends_the_lock_that_others_brought(browser, charlie, reset_path):
    for _ in range(6):
        sign_in(Browser(), "10427837", "faux")

    choose_password(browser, path=reset_path)

    assert sign_in(browser, "10427837", NEW).url == "/"


def test_unfinished_client_receives_the_way_to_the_first_connection_and_no_password(browser, agency):
    client = client_with_letter(agency, known_email="alice@exemple.fr")

    ask(browser, client.customer_reference)

    (message,) = messages_to("alice@exemple.fr")
    assert link_in(message) == "/premiere-connexion/"
    assert "votre ancien mot de passe, ou le provisoire à 6 chiffres" in text_of(message).replace("\u00a0", " ")
    assert CODE not in text_of(message)
    assert not EmailLink.objects.exists()


def test_client_with_a_social_account_alone_is_told_which(browser, agency):
    grant = GrantFactory(client=ClientFactory(agency=agency, customer_reference="321"), user__email="g@exemple.fr")
    SocialAccount.objects.create(
        agency=agency, user=grant.user, provider="google", issuer="x", subject="y", linked_at=timezone.now()
    )

    ask(browser, "321")

    (message,) = messages_to("g@exemple.fr")
    assert message.subject == "Vous vous connectez avec Google"
    assert not EmailLink.objects.exists()


@pytest.mark.parametrize(
    "identifier", ["99999999", "personne@exemple.fr", "10427840", "\x00", "' OR 1=1 --", "x" * 254]
)
def test_nobody_is_written_to_for_an_unknown_identifiant_or_without_an_address(browser, charlie, identifier):
    ClientFactory(agency=charlie.agency, customer_reference="10427840", known_email="")

    ask(browser, identifier)

    assert not OutboxMessage.objects.exists()


def test_client_of_another_portal_is_not_written_to(browser, agency):
    active_client(AgencyFactory(host="ailleurs.exemple.fr"), email="erin@exemple.fr", customer_reference="777")

    ask(browser, "777")

    assert not OutboxMessage.objects.exists()


def test_page_only_writes_the_request_down(browser, charlie, django_assert_max_num_queries):
    browser.get(ASK)

    with django_assert_max_num_queries(12):
        browser.post(ASK, {"identifier": "10427837"})

    assert not OutboxMessage.objects.exists()
    assert ForgottenPassword.objects.get().handled_at is None


def test_three_messages_an_hour_for_one_account_silently(browser, charlie):
    answers = [ask(browser, "10427837") for _ in range(5)]

    assert len(messages_to(CHARLIE)) == 3
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/mot-de-passe-oublie/envoye/")}


def test_ten_messages_a_day_for_one_account(browser, charlie):
    hour = throttle.digest(name=PER_HOUR.name, key=f"user:{charlie.pk}")
    for _ in range(14):
        AttemptCounter.objects.filter(key_digest=hour).update(window_ends_ms=0)
        ForgottenPassword.objects.create(host="testserver", typed_key="10427837", requested_at=timezone.now())
        handle_forgotten_passwords()

    assert len(messages_to(CHARLIE)) == 10


def test_request_is_looked_up_once(browser, charlie):
    ask(browser, "10427837")
    handle_forgotten_passwords()

    assert len(messages_to(CHARLIE)) == 1


def test_page_for_who_has_no_address_gives_the_phone_the_hours_and_a_form(browser, agency):
    forgotten = browser.get(ASK).content.decode()
    page = browser.get("/mot-de-passe-oublie/adresse-inconnue/").content.decode()
    form = browser.get("/mot-de-passe-oublie/adresse-inconnue/formulaire/").content.decode()

    assert "/mot-de-passe-oublie/adresse-inconnue/" in forgotten
    assert "Nous n’avons pas votre adresse mail" in page
    assert "01\u00a000\u00a000\u00a000\u00a000" in page
    assert "du lundi au vendredi" in page
    assert "Vos documents restent envoyés par courrier, comme aujourd’hui." in page
    assert "3 rue des Tilleuls, 75017 Paris" in form
