"""The confirmed courriel changes slowly: the new one serves once confirmed inside, the former one may cancel."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.people.actions import address_change, hold
from parvis.people.actions.passwords import handle_waiting_requests
from parvis.people.models import AddressChange, EmailLink, SensitiveAction, User
from tests.web.entrance.cast import (
    OWN,
    active_client,
    is_signed_in,
    known,
    last_link,
    link_in,
    messages_to,
    sign_in,
    text_of,
)

pytestmark = pytest.mark.django_db
PAGE = "/profil/connexion/courriel/"
FORMER, NEW = "charlie@exemple.fr", "charlie@nouveau.exemple"


@pytest.fixture
def inside(browser, charlie):
    """The browser in which Charlie has just signed in."""
    sign_in(known(browser, charlie), "10427837", OWN)
    return browser


def ask(browser, address=NEW):
    return browser.post(PAGE, {"email": address}, follow=True).content.decode()


def confirmed(browser):
    ask(browser)
    browser.post(last_link(NEW, "confirm-new-address"))


def email_of(user):
    return User.objects.get(pk=user.pk).email


def test_new_address_serves_only_once_its_link_is_pressed_inside(inside, charlie):
    page = ask(inside)
    link = last_link(NEW, "confirm-new-address")
    inside.get(link)
    before = email_of(charlie)

    inside.post(link)

    assert "En attente de confirmation" in page
    assert before == FORMER
    assert email_of(charlie) == NEW


def test_link_sent_to_a_mistyped_address_gives_its_reader_nothing(inside, other_browser, agency, charlie):
    ask(inside)
    link = last_link(NEW, "confirm-new-address")

    anonymous = other_browser.post(link)
    bob = active_client(agency, email="bob@exemple.fr", customer_reference="10427860")
    sign_in(known(other_browser, bob), "10427860", OWN)
    page = other_browser.post(link, follow=True).content.decode()

    assert anonymous.url.startswith("/connexion/")
    assert "d’un autre accès" in page
    assert email_of(charlie) == FORMER
    assert email_of(bob) == "bob@exemple.fr"


def test_former_address_is_told_at_once_with_a_link_that_lasts_seven_days(inside):
    ask(inside)

    (message,) = messages_to(FORMER, "address-change-asked")
    link = EmailLink.objects.get(purpose="cancel_change")

    assert "c•••e@nouveau.exemple" in text_of(message)
    assert link.expires_at - link.created_at == dt.timedelta(days=7)


def test_cancelled_before_it_was_confirmed_nothing_changes(inside, other_browser, charlie):
    ask(inside)
    confirm = last_link(NEW, "confirm-new-address")

    page = other_browser.post(last_link(FORMER, "address-change-asked"), follow=True).content.decode()

    assert "Le changement est annulé" in page
    assert not is_inside(inside)
    sign_in(known(inside, charlie), "10427837", OWN)
    assert "Ce lien n’est plus valable" in inside.post(confirm).content.decode()
    assert email_of(charlie) == FORMER


def is_inside(browser):
    return browser.get("/profil/").status_code == 200


def test_cancelled_after_it_was_confirmed_the_former_address_is_back_and_every_device_out(
    inside, other_browser, charlie
):
    confirmed(inside)
    path = last_link(FORMER, "address-change-asked")
    other_browser.get(path)
    assert email_of(charlie) == NEW

    other_browser.post(path)

    charlie.refresh_from_db()
    assert charlie.email == FORMER
    assert charlie.email_confirmed_at is not None
    assert not is_inside(inside)
    assert not charlie.browsers.exists()


def test_reset_asked_by_the_new_address_dies_with_the_cancellation(inside, other_browser, charlie):
    confirmed(inside)
    other_browser.post("/mot-de-passe-oublie/", {"identifier": NEW})
    handle_waiting_requests()

    other_browser.post(last_link(FORMER, "address-change-asked"))
    page = other_browser.get(last_link(NEW, "choose-new-password"), follow=True).content.decode()

    assert "Ce lien n’est plus valable" in page


def test_first_of_two_addresses_wins_over_the_second(inside, other_browser, charlie):
    confirmed(inside)
    User.objects.update(sensitive_from=None)
    ask(inside, "troisieme@exemple.fr")
    inside.post(last_link("troisieme@exemple.fr", "confirm-new-address"))
    second = last_link(NEW, "address-change-asked")

    other_browser.post(last_link(FORMER, "address-change-asked"))
    other_browser.post(second)

    assert email_of(charlie) == FORMER


def test_former_address_may_still_freeze_the_access(inside, other_browser, charlie):
    confirmed(inside)

    other_browser.post(link_in(messages_to(FORMER, "address-changed")[0]))

    charlie.refresh_from_db()
    assert not charlie.is_active


def test_login_is_on_hold_once_its_address_changed(inside, charlie):
    confirmed(inside)

    page = inside.get(PAGE)
    with pytest.raises(hold.Held, match="sera possible à partir du"):
        hold.check_not_held(charlie, SensitiveAction.PAYOUT)

    assert page.status_code == 403
    assert "le changement de courriel sera possible à partir du" in page.content.decode()


def test_held_login_cannot_ask_even_by_a_form_kept_open(inside, charlie):
    hold.begin_hold(charlie)

    response = inside.post(PAGE, {"email": NEW})

    assert response.status_code == 403
    assert not AddressChange.objects.exists()
    with pytest.raises(hold.Held):
        address_change.ask(user=charlie, email=NEW, host="testserver")


def test_hold_is_over_by_the_clock_of_the_database(charlie):
    charlie.sensitive_from = timezone.now() - dt.timedelta(seconds=1)
    charlie.save()

    for action in SensitiveAction:
        hold.check_not_held(charlie, action)


def test_later_request_replaces_the_one_before(inside, charlie):
    ask(inside)
    first = last_link(NEW, "confirm-new-address")
    ask(inside, "autre@exemple.fr")

    inside.post(first)

    assert email_of(charlie) == FORMER
    assert AddressChange.objects.pending().get().new_email == "autre@exemple.fr"


def test_author_may_drop_the_change(inside, charlie):
    ask(inside)

    page = inside.post(f"{PAGE}abandonner/", follow=True).content.decode()
    inside.post(last_link(NEW, "confirm-new-address"))

    assert "Votre courriel ne change pas." in page
    assert email_of(charlie) == FORMER


def test_present_address_is_refused(inside):
    assert "C’est déjà votre courriel." in ask(inside, "Charlie@Exemple.fr")


def test_taken_address_follows_the_rule_of_the_agency(inside, agency):
    active_client(agency, email=NEW, customer_reference="10427860")
    assert "En attente de confirmation" in ask(inside)
    agency.allows_shared_email = False
    agency.save()

    assert "déjà utilisée" in ask(inside)


def test_sixth_request_of_a_day_is_refused(inside):
    for number in range(5):
        ask(inside, f"adresse{number}@exemple.fr")

    assert "Réessayez demain" in ask(inside, "adresse6@exemple.fr")


@pytest.mark.parametrize("path", ["/v/" + "a" * 26, "/a/" + "a" * 26, "/a/"])
def test_unknown_link_is_not_found(inside, path):
    assert inside.get(path).status_code == 404


def test_link_of_one_kind_is_nothing_at_the_page_of_another(inside, charlie):
    ask(inside)
    confirm, cancel = last_link(NEW, "confirm-new-address"), last_link(FORMER, "address-change-asked")

    answers = [inside.post(confirm.replace("/v/", "/a/")), inside.post(cancel.replace("/a/", "/v/"))]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert email_of(charlie) == FORMER
    assert is_signed_in(inside)
