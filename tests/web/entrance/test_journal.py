"""Everything that happens at the entrance is journalled: ids and verbs, and nothing that names a person."""

import pytest

from parvis.journal.models import PersonalDetail, Record
from parvis.people.jobs import handle_forgotten_passwords
from parvis.people.models import Activation, Grant
from tests.web.entrance.cast import EMAIL, OWN, choose_password, give_address, last_link, sign_in, start


def verbs():
    return list(Record.objects.order_by("position").values_list("verb", flat=True))


def test_first_connection_leaves_each_of_its_steps(browser, alice):
    start(browser, alice)
    give_address(browser)
    browser.post(last_link())
    choose_password(browser)

    assert verbs() == [
        "first-connection.started",
        "first-connection.address-given",
        "first-connection.address-confirmed",
        "access.opened",
        "browser.remembered",
    ]
    opened = Record.objects.get(verb="access.opened")
    assert (opened.actor_id, opened.object_id) == (alice.public_id, Grant.objects.get().user.public_id)


@pytest.mark.parametrize("identifier", ["10427837", "99999999", "charlie@exemple.fr"])
def test_refusals_are_journalled_whoever_was_named(browser, charlie, identifier):
    sign_in(browser, identifier, "faux")

    assert verbs() == ["sign-in.refused"]


def test_sign_in_new_password_and_way_out_are_journalled(browser, charlie):
    browser.post("/mot-de-passe-oublie/", {"identifier": "10427837"})
    handle_forgotten_passwords()
    choose_password(browser, path=browser.get(last_link("charlie@exemple.fr", "choose-new-password")).url)
    browser.post("/deconnexion/")
    sign_in(browser, "10427837", "Grande#9Tortue")

    assert verbs() == [
        "password.reset-sent",
        "password.changed",
        "browser.remembered",
        "session.ended",
        "sign-in.succeeded",
    ]


def test_addresses_stand_apart_masked_and_can_be_erased(browser, alice):
    start(browser, alice)
    give_address(browser)

    facts = str(list(Record.objects.values()))
    assert EMAIL not in facts
    assert PersonalDetail.objects.get().detail == {"email": "a•••e@exemple.fr"}
    assert Activation.objects.get().public_id in facts
    assert OWN not in facts
