"""The second step as a machine: the holder and a thief of the password do anything in any order."""

import datetime as dt

import pytest
from django.db import transaction
from django.test import Client as Browser
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from parvis.kit.models import AttemptCounter
from parvis.people.models import KnownBrowser, PendingSignIn
from tests import lock_order
from tests.factories import AgencyFactory
from tests.web.entrance.cast import OWN, active_client, give_code, is_signed_in, last_code, messages_to, sign_in

STEP, SEND = "/connexion/verification/", "/connexion/verification/code/"
WHO = st.sampled_from(["holder", "thief"])
TRIES = 5


class SecondStep(RuleBasedStateMachine):
    """Both know the password; only the holder reads the mailbox, and only there does a code open."""

    def __init__(self):
        super().__init__()
        self.undo = lock_order.of_the_test()
        self.undo.__enter__()
        self.user = active_client(AgencyFactory(host="testserver"), customer_reference="10427837")
        self.browsers = {"holder": Browser(), "thief": Browser()}
        self.waiting, self.tries, self.is_known, self.is_inside = "", 0, False, False

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @rule(who=WHO)
    def type_the_password(self, who):
        AttemptCounter.objects.all().delete()
        response = sign_in(self.browsers[who], "10427837", OWN)

        if who == "holder" and (self.is_inside or self.is_known):
            assert response.url == "/"
            self.is_inside = True
        else:
            assert response.url == STEP
            self.waiting, self.tries = who, 0

    @precondition(lambda self: self.waiting)
    @rule(who=WHO)
    def type_a_wrong_code(self, who):
        wrong = "00000000" if last_code(self.user.email) != "00000000" else "11111111"
        response = give_code(self.browsers[who], wrong)

        if who == self.waiting:
            assert response.status_code == 200
            self.tries = min(self.tries + 1, TRIES)
        else:
            assert response.url == "/connexion/"

    @precondition(lambda self: self.waiting)
    @rule()
    def the_holder_types_the_code_of_the_mailbox(self):
        response = give_code(self.browsers["holder"], last_code(self.user.email))

        if self.waiting != "holder":
            assert response.url == "/connexion/"
        elif self.tries < TRIES:
            assert response.url == "/"
            self.waiting, self.is_known, self.is_inside = "", True, True
        else:
            assert response.status_code == 200

    @precondition(lambda self: self.waiting)
    @rule(who=WHO)
    def ask_for_another_code(self, who):
        AttemptCounter.objects.all().delete()
        PendingSignIn.objects.update(code_sent_at=timezone.now() - dt.timedelta(seconds=61))
        before = len(messages_to(self.user.email))
        self.browsers[who].post(SEND)

        sent = len(messages_to(self.user.email)) - before
        assert sent == (who == self.waiting)
        self.tries = 0 if sent else self.tries

    @rule(who=WHO)
    def leave(self, who):
        self.browsers[who].post("/deconnexion/")

        self.is_inside = self.is_inside and who != "holder"
        self.waiting = "" if who == self.waiting else self.waiting

    @precondition(lambda self: self.is_inside)
    @rule()
    def the_holder_forgets_their_browser(self):
        for known in KnownBrowser.objects.all():
            self.browsers["holder"].post(f"/profil/connexion/navigateurs/{known.public_id}/oublier/")

        self.is_known = False

    @invariant()
    def the_thief_stays_outside(self):
        assert not is_signed_in(self.browsers["thief"])
        assert self.browsers["thief"].get("/profil/").status_code == 302

    @invariant()
    def the_holder_is_where_they_should_be(self):
        assert is_signed_in(self.browsers["holder"]) == self.is_inside
        assert KnownBrowser.objects.count() == self.is_known

    @invariant()
    def one_step_at_most_is_live(self):
        assert PendingSignIn.objects.live().count() <= 1


@pytest.mark.django_db
def test_whoever_knows_the_password_alone_stays_outside():
    run_state_machine_as_test(SecondStep, settings=settings(max_examples=25, stateful_step_count=12))
