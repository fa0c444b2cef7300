"""The first connection as a machine: two browsers do anything in any order, and only the right one gets in."""

import pytest
from django.db import transaction
from django.test import Client as Browser
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from parvis.people.models import Activation, Grant, User
from tests import lock_order
from tests.factories import AgencyFactory
from tests.web.entrance.cast import (
    CODE,
    choose_password,
    client_with_letter,
    give_address,
    is_signed_in,
    last_link,
    link_in,
    messages_to,
    start,
)

KNOWN = "alice@connue.exemple"
WHO = st.sampled_from(["phone", "laptop"])
ADDRESSES = st.sampled_from(["alice@exemple.fr", "autre@exemple.fr"])
STEPS = {
    "started": "/premiere-connexion/courriel/",
    "address_given": "/premiere-connexion/messagerie/",
    "confirmed": "/premiere-connexion/mot-de-passe/",
}
MESSAGES_ALLOWED = 6


class FirstConnection(RuleBasedStateMachine):
    """What should be: whose start is live, where it stands, which link works, who used it, who is inside."""

    def __init__(self):
        super().__init__()
        self.undo = lock_order.of_the_test()
        self.undo.__enter__()
        self.alice = client_with_letter(AgencyFactory(host="testserver"), known_email=KNOWN)
        self.browsers = {"phone": Browser(), "laptop": Browser()}
        self.owner, self.state = "", ""
        self.working_link, self.dead_links, self.used_links = "", [], []
        self.confirmed_by = ""
        self.messages, self.address = 0, ""
        self.inside, self.has_login, self.is_frozen = "", False, False

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def kill_link(self):
        if self.working_link:
            self.dead_links.append(self.working_link)
        self.working_link = ""

    def expect_start(self, who):
        """The right code begins anew, unless this browser began or used the link of what waits for its password."""
        if who != self.owner and not (self.state == "confirmed" and who == self.confirmed_by):
            self.kill_link()
            self.state, self.confirmed_by, self.used_links = "started", "", []
        if who == self.confirmed_by:
            self.confirmed_by = ""
        self.owner = who

    @rule(who=WHO)
    def type_the_code(self, who):
        response = start(self.browsers[who], self.alice)

        if self.is_frozen:
            assert any(words in response.content.decode() for words in ("incorrect", "bloquée"))
            return
        if self.inside:
            assert "plus valable" in response.content.decode()
            return
        self.expect_start(who)
        assert response.url == STEPS[self.state]

    @precondition(lambda self: self.messages < MESSAGES_ALLOWED)
    @rule(who=WHO, address=ADDRESSES)
    def give_an_address(self, who, address):
        response = give_address(self.browsers[who], address)

        if self.inside or who != self.owner:
            assert response.url == "/connexion/"
            return
        assert response.url == STEPS["address_given"]
        if (self.state, self.address) == ("address_given", address):
            return
        self.kill_link()
        self.address = address
        self.state, self.messages = "address_given", self.messages + 1
        self.working_link = last_link(address)

    @precondition(lambda self: self.working_link)
    @rule(who=WHO)
    def press_the_button_of_the_link(self, who):
        response = self.browsers[who].post(self.working_link)

        self.used_links.append(self.working_link)
        self.kill_link()
        self.state = "confirmed"
        if who == self.owner:
            assert response.url == STEPS["confirmed"]
        else:
            assert response.url == "/premiere-connexion/confirmee/"
            self.confirmed_by = who

    @precondition(lambda self: self.dead_links)
    @rule(who=WHO, which=st.integers(min_value=0, max_value=20))
    def press_the_button_of_a_dead_link(self, who, which):
        """Only a link of the start at hand, pressed twice in a browser that is in the middle of it, leads on."""
        link = self.dead_links[which % len(self.dead_links)]
        response = self.browsers[who].post(link)

        is_pressed_twice = link in self.used_links and self.state == "confirmed" and not self.inside
        if is_pressed_twice and who == self.owner:
            assert response.url == STEPS["confirmed"]
        elif is_pressed_twice and who == self.confirmed_by:
            assert response.url == "/premiere-connexion/confirmee/"
        else:
            assert "Ce lien" in response.content.decode()

    @precondition(lambda self: self.confirmed_by and not self.inside)
    @rule()
    def give_the_password_again_after_the_link(self):
        who = self.confirmed_by
        response = self.browsers[who].post("/premiere-connexion/confirmee/", {"password": CODE})

        self.expect_start(who)
        assert response.url == STEPS[self.state]

    @rule(who=WHO)
    def choose_a_password(self, who):
        response = choose_password(self.browsers[who])

        if self.inside or who != self.owner:
            assert response.url == "/connexion/"
        elif self.state != "confirmed":
            assert response.url == STEPS[self.state]
        else:
            assert response.url == "/profil/connexion/proposition/"
            self.inside, self.owner, self.confirmed_by = who, "", ""
            self.has_login = True
            self.kill_link()

    @rule()
    def say_that_it_was_somebody_else(self):
        """The known address presses « Ce n’est pas moi » in its last message, if any: whoever is there is out."""
        if not messages_to(KNOWN):
            return
        Browser().post(link_in(messages_to(KNOWN)[-1]))

        self.is_frozen = True
        self.inside, self.owner, self.confirmed_by, self.state, self.used_links = "", "", "", "", []
        self.kill_link()

    @rule(who=WHO)
    def only_look(self, who):
        for path in [*STEPS.values(), self.working_link or "/c/x", "/premiere-connexion/messagerie/etat/"]:
            self.browsers[who].get(path)

    @invariant()
    def one_start_at_most_is_live(self):
        live = list(Activation.objects.live().values_list("state", flat=True))
        assert live == ([] if self.inside or not self.state else [self.state])

    @invariant()
    def only_who_chose_the_password_is_inside(self):
        assert [who for who, browser in self.browsers.items() if is_signed_in(browser)] == [self.inside][
            : bool(self.inside)
        ]
        assert Grant.objects.count() == self.has_login

    @invariant()
    def nobody_is_in_a_frozen_access(self):
        if self.is_frozen:
            assert not User.objects.filter(is_active=True).exists()
            assert all(browser.get("/profil/").status_code == 302 for browser in self.browsers.values())


@pytest.mark.django_db
def test_whatever_two_browsers_do_only_the_right_one_gets_in():
    run_state_machine_as_test(FirstConnection, settings=settings(max_examples=30, stateful_step_count=12))
