"""A right password from a browser not yet known: a code goes to the confirmed address, and completes it."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client as Browser
from django.utils import timezone

from parvis.journal.models import Record
from parvis.kit import throttle
from parvis.kit.models import AttemptCounter
from parvis.people import hashers
from parvis.people.actions import second_step
from parvis.people.actions.doors import reopen_to
from parvis.people.actions.second_step import Next, what_next
from parvis.people.jobs import handle_forgotten_passwords
from parvis.people.models import KnownBrowser, PendingSignIn, Proof, SignedInSession
from tests.factories import StaffMemberFactory, UserFactory
from tests.web.entrance.cast import (
    NEW,
    OWN,
    OWN_HASH,
    active_client,
    choose_password,
    code_in,
    give_code,
    is_signed_in,
    known,
    last_code,
    last_link,
    messages_to,
    sign_in,
    text_of,
)

STEP = "/connexion/verification/"
SEND = "/connexion/verification/code/"
CHARLIE = "charlie@exemple.fr"
WRONG = "Ce code n’est pas le bon, ou il n’est plus valable."
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def waiting(browser, charlie):
    """Charlie's password was right, in a browser that is not known."""
    sign_in(browser, "10427837", OWN)
    return browser


def wrong_of(code):
    return "00000000" if code != "00000000" else "11111111"


def a_minute_passes():
    PendingSignIn.objects.update(code_sent_at=timezone.now() - dt.timedelta(seconds=61))


def test_password_alone_opens_nothing_from_an_unknown_browser(browser, charlie):
    response = sign_in(browser, "10427837", OWN)

    assert response.url == STEP
    assert not is_signed_in(browser)
    assert browser.get("/").url.startswith("/connexion/")
    assert list(browser.session.keys()) == ["second-step"]


def test_code_of_the_message_opens_and_leads_where_the_person_went(browser, charlie):
    sign_in(browser, "10427837", OWN, next="/comptes/")

    response = give_code(browser, last_code(CHARLIE))

    assert response.url == "/comptes/"
    assert is_signed_in(browser)
    assert SignedInSession.objects.get().proof == Proof.MAILED_CODE


@pytest.mark.parametrize("spacing", ["{0}{1}", "{0} {1}", " {0}\u00a0{1} ", "{0}-{1}"])
def test_code_is_read_however_it_is_spaced(waiting, spacing):
    code = last_code(CHARLIE)

    assert give_code(waiting, spacing.format(code[:4], code[4:])).url == "/"


def test_twenty_five_wrong_codes_in_a_month_leave_the_message_of_a_new_password(waiting, charlie):
    for _ in range(25):
        PendingSignIn.objects.update(wrong_tries=0)
        give_code(waiting, "00000000")
    PendingSignIn.objects.update(wrong_tries=0)
    assert give_code(waiting, last_code(CHARLIE)).status_code == 200

    reopen_to(charlie)

    assert give_code(waiting, last_code(CHARLIE)).url == "/"


def test_browser_is_known_afterwards_and_the_password_is_enough_there(waiting):
    give_code(waiting, last_code(CHARLIE))
    waiting.post("/deconnexion/")

    assert sign_in(waiting, "10427837", OWN).url == "/"
    assert len(messages_to(CHARLIE, "sign-in-code")) == 1


def test_browser_known_to_one_login_is_not_known_to_another_but_shares_its_cookie(waiting, charlie):
    give_code(waiting, last_code(CHARLIE))
    cookie = waiting.cookies["browser"].value
    waiting.post("/deconnexion/")
    active_client(charlie.agency, email="eve@exemple.fr", customer_reference="10427850")

    assert sign_in(waiting, "10427850", OWN).url == STEP
    give_code(waiting, last_code("eve@exemple.fr"))

    assert KnownBrowser.objects.values("token_hash").distinct().count() == 1
    assert KnownBrowser.objects.count() == 2
    assert waiting.cookies["browser"].value.split(":")[0] == cookie.split(":")[0]


def test_cookie_is_signed_closed_to_scripts_and_lasts_a_year(waiting):
    response = give_code(waiting, last_code(CHARLIE))

    cookie = response.cookies["browser"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 365 * 24 * 3600)
    forged = Browser()
    forged.cookies["browser"] = cookie.value.split(":")[0]
    assert sign_in(forged, "10427837", OWN).url == STEP


def test_browser_is_forgotten_after_a_year(browser, charlie):
    known(browser, charlie)
    long_ago = timezone.now() - dt.timedelta(days=366)
    KnownBrowser.objects.update(first_seen_at=long_ago, expires_at=long_ago + dt.timedelta(days=365))

    assert sign_in(browser, "10427837", OWN).url == STEP


def test_message_says_when_and_from_where_and_its_subject_tells_no_code(charlie):
    sign_in(Browser(headers={"user-agent": IPHONE}), "10427837", OWN)

    (message,) = messages_to(CHARLIE)
    code = code_in(message)
    text = text_of(message)
    assert message.subject == "Votre code de connexion"
    assert f"Votre code de connexion\u00a0: {code[:4]}\u00a0{code[4:]}" in text
    assert "Safari sur iPhone" in text
    assert "Ce n’est pas vous" in text
    assert message.expires_at is not None


def test_code_is_kept_as_a_password_is(waiting):
    encoded = PendingSignIn.objects.get().code_hash

    assert encoded.startswith("argon2$argon2id$")
    assert hashers.is_secret(last_code(CHARLIE), encoded=encoded)


def test_wrong_code_is_refused_in_words_that_never_differ(waiting):
    code = last_code(CHARLIE)
    wrong = wrong_of(code)
    pages = [give_code(waiting, wrong).content.decode() for _ in range(6)]
    pages.append(give_code(waiting, code).content.decode())

    assert all(WRONG in page for page in pages)
    assert not is_signed_in(waiting)
    assert PendingSignIn.objects.get().wrong_tries == 5


def test_right_code_is_still_good_at_the_fifth_try(waiting):
    code = last_code(CHARLIE)
    for _ in range(4):
        give_code(waiting, wrong_of(code))

    assert give_code(waiting, code).url == "/"


def test_code_is_dead_after_ten_minutes(waiting):
    past = timezone.now() - dt.timedelta(minutes=11)
    PendingSignIn.objects.update(code_sent_at=past, code_expires_at=past + dt.timedelta(minutes=10))

    assert WRONG in give_code(waiting, last_code(CHARLIE)).content.decode()


def test_step_is_lost_after_half_an_hour(waiting):
    PendingSignIn.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))

    assert give_code(waiting, last_code(CHARLIE)).url == "/connexion/"


def test_code_serves_once_and_in_its_own_browser(waiting, other_browser):
    code = last_code(CHARLIE)

    assert give_code(other_browser, code).url == "/connexion/"
    assert give_code(waiting, code).url == "/"
    waiting.cookies.pop("browser")
    waiting.post("/deconnexion/")
    assert give_code(waiting, code).url == "/connexion/"


def test_new_code_kills_the_one_before_and_gives_five_tries_again(waiting):
    first = last_code(CHARLIE)
    for _ in range(5):
        give_code(waiting, wrong_of(first))
    a_minute_passes()

    assert waiting.post(SEND).url == STEP

    assert "Le code précédent n’est plus valable." in waiting.get(STEP).content.decode()
    assert WRONG in give_code(waiting, first).content.decode()
    assert give_code(waiting, last_code(CHARLIE)).url == "/"


def test_second_code_waits_a_minute(waiting):
    waiting.post(SEND)

    assert "Vous pourrez le renvoyer dans" in waiting.get(STEP).content.decode()
    assert len(messages_to(CHARLIE)) == 1


def test_five_codes_an_hour_however_they_are_asked_for(waiting, charlie):
    for _ in range(7):
        sign_in(Browser(), "10427837", OWN)

    assert len(messages_to(CHARLIE, "sign-in-code")) == 5
    sign_in(waiting, "10427837", OWN)
    assert "Trop de codes ont été demandés." in waiting.get(STEP).content.decode()


def test_ten_codes_a_day(charlie):
    hour = throttle.digest(name=second_step.CODES_OF_AN_HOUR.name, key=str(charlie.pk))
    for _ in range(13):
        AttemptCounter.objects.filter(key_digest=hour).update(window_ends_ms=0)
        sign_in(Browser(), "10427837", OWN)

    assert len(messages_to(CHARLIE, "sign-in-code")) == 10


def test_later_sign_in_ends_the_step_under_way_elsewhere(waiting, other_browser):
    code = last_code(CHARLIE)

    sign_in(other_browser, "10427837", OWN)

    assert give_code(waiting, code).url == "/connexion/"
    assert give_code(other_browser, last_code(CHARLIE)).url == "/"


def test_step_gives_the_session_another_name_when_it_begins_and_when_it_ends(browser, charlie):
    names = []
    for gesture in (lambda: sign_in(browser, "10427837", OWN), lambda: give_code(browser, last_code(CHARLIE))):
        gesture()
        names.append(browser.session.session_key)

    assert len(set(names)) == 2
    assert list(Session.objects.values_list("session_key", flat=True)) == names[1:]


def test_page_masks_the_address_and_never_shows_the_code(waiting):
    page = waiting.get(STEP).content.decode()

    assert "c•••e@exemple.fr" in page
    assert CHARLIE not in page
    assert last_code(CHARLIE) not in page
    assert 'autocomplete="one-time-code"' in page


@pytest.mark.parametrize("asked", ["/comptes/?x=" + "a" * 3000, "/comptes/\x00"])
def test_page_that_cannot_be_written_down_is_not_shown_afterwards(browser, charlie, asked):
    assert sign_in(browser, "10427837", OWN, next=asked).url == STEP

    assert give_code(browser, last_code(CHARLIE)).url == "/"


def test_login_without_any_address_is_told_to_call_the_agency(browser, agency):
    user = active_client(agency, email="x@exemple.fr", customer_reference="10427860")
    user.email, user.email_confirmed_at = "", None
    user.save(update_fields=["email", "email_confirmed_at"])

    sign_in(browser, "10427860", OWN)

    page = browser.get(STEP).content.decode()
    assert "Appelez votre agence" in page
    assert "Recevoir un code" not in page
    assert browser.post(SEND).url == "/connexion/"


def test_each_step_is_journalled(waiting):
    give_code(waiting, wrong_of(last_code(CHARLIE)))
    give_code(waiting, last_code(CHARLIE))

    assert list(Record.objects.order_by("position").values_list("verb", flat=True)) == [
        "sign-in.succeeded",
        "second-step.started",
        "second-step.code-sent",
        "second-step.refused",
        "second-step.passed-by-mailed-code",
        "browser.remembered",
    ]


def test_busy_server_takes_no_try_away(waiting, monkeypatch):
    monkeypatch.setattr(hashers, "LONGEST_WAIT_SECONDS", 0.01)
    with hashers.hashing_slot(), hashers.hashing_slot():
        answers = [give_code(waiting, last_code(CHARLIE)) for _ in range(6)]

    assert {answer.status_code for answer in answers} == {503}
    assert give_code(waiting, last_code(CHARLIE)).url == "/"


def test_new_password_by_link_forgets_the_browsers_of_before(browser, other_browser, charlie):
    known(other_browser, charlie)
    browser.post("/mot-de-passe-oublie/", {"identifier": "10427837"})
    second_link(browser)

    assert sign_in(other_browser, "10427837", NEW).url == STEP
    assert KnownBrowser.objects.count() == 1


def second_link(browser):
    """Read the mail of « Mot de passe oublié » and choose another password."""
    handle_forgotten_passwords()
    path = browser.get(last_link(CHARLIE, "choose-new-password")).url
    return choose_password(browser, path=path)


def test_staff_without_a_factor_show_their_mailbox_first(browser, agency):
    diane = UserFactory(agency=agency, email="diane@exemple.fr", password=OWN_HASH)
    StaffMemberFactory(agency=agency, user=diane)

    assert sign_in(browser, "diane@exemple.fr", OWN).url == STEP
    assert give_code(browser, last_code("diane@exemple.fr")).url == "/gestion/"


CLIENT, STAFF = {"is_staff": False}, {"is_staff": True}
PLAIN, FACTOR = {"has_factor": False}, {"has_factor": True}
NEW_HERE, AT_HOME = {"is_known_browser": False}, {"is_known_browser": True}


@pytest.mark.parametrize(
    ("proof", "who", "factor", "browser", "leads_to"),
    [
        (Proof.PASSWORD, CLIENT, PLAIN, NEW_HERE, Next.STEP),
        (Proof.PASSWORD, CLIENT, FACTOR, NEW_HERE, Next.STEP),
        (Proof.PASSWORD, CLIENT, PLAIN, AT_HOME, Next.INSIDE),
        (Proof.PASSWORD, CLIENT, FACTOR, AT_HOME, Next.INSIDE),
        (Proof.FIRST_CONNECTION, CLIENT, PLAIN, NEW_HERE, Next.INSIDE),
        (Proof.SOCIAL, CLIENT, PLAIN, NEW_HERE, Next.INSIDE),
        (Proof.RESET, CLIENT, PLAIN, NEW_HERE, Next.INSIDE),
        (Proof.RESET, CLIENT, FACTOR, NEW_HERE, Next.STEP),
        (Proof.RESET, CLIENT, FACTOR, AT_HOME, Next.INSIDE),
        (Proof.MAILED_CODE, CLIENT, PLAIN, NEW_HERE, Next.INSIDE),
        *(
            (proof, who, FACTOR, NEW_HERE, Next.INSIDE)
            for proof in sorted(second_step.POSSESSION)
            for who in (CLIENT, STAFF)
        ),
        *((proof, STAFF, FACTOR, AT_HOME, Next.STEP) for proof in Proof if proof not in second_step.POSSESSION),
        (Proof.PASSWORD, STAFF, PLAIN, NEW_HERE, Next.STEP),
        (Proof.SOCIAL, STAFF, PLAIN, NEW_HERE, Next.STEP),
        (Proof.PASSWORD, STAFF, PLAIN, AT_HOME, Next.ENROL),
        (Proof.RESET, STAFF, PLAIN, NEW_HERE, Next.ENROL),
        (Proof.MAILED_CODE, STAFF, PLAIN, NEW_HERE, Next.ENROL),
    ],
)
def test_what_a_proof_opens(proof, who, factor, browser, leads_to):
    assert what_next(proof=proof, **who, **factor, **browser) is leads_to


@pytest.mark.parametrize(
    ("proof", "is_staff", "has_factor", "may_mail"),
    [
        (Proof.PASSWORD, False, False, True),
        (Proof.PASSWORD, False, True, True),
        (Proof.RESET, False, True, False),
        (Proof.PASSWORD, True, False, True),
        (Proof.PASSWORD, True, True, False),
    ],
)
def test_code_by_mail_never_goes_round_a_factor_of_staff_or_after_a_reset(
    agency, proof, is_staff, has_factor, may_mail
):
    user = UserFactory(agency=agency, email="d@exemple.fr")
    if is_staff:
        StaffMemberFactory(agency=agency, user=user)

    assert second_step.may_mail_code(PendingSignIn(user=user, proof=proof), has_factor=has_factor) is may_mail
