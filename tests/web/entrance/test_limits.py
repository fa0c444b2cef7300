"""How often the doors may be tried: one count for all of them, blind to forged addresses."""

import pytest
from django.test import override_settings

from parvis.kit.models import AttemptCounter
from parvis.people.actions.letters import draw_letter
from parvis.people.models import ForgottenPassword, Letter
from tests.web.entrance.cast import CODE, OWN, client_with_letter, is_signed_in, known, sign_in, start

DOORS = ["/connexion/", "/premiere-connexion/"]
BLOCKED = "Par sécurité, la connexion est bloquée pendant 1\u00a0minute."


def let_locks_end():
    AttemptCounter.objects.update(locked_until_ms=0)


def let_windows_end():
    AttemptCounter.objects.update(locked_until_ms=0, window_ends_ms=0)


def fail(browser, identifier, *, times, password="faux", door="/connexion/"):
    return [sign_in(browser, identifier, password, door=door) for _ in range(times)]


@pytest.mark.parametrize("identifier", ["10427837", "99999999", "charlie@exemple.fr", "personne@exemple.fr"])
def test_fifth_failure_closes_the_door_for_a_minute_whether_the_identifiant_exists_or_not(browser, charlie, identifier):
    answers = fail(browser, identifier, times=6)

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429, 429]
    assert BLOCKED in answers[4].content.decode()
    assert "Vous pouvez choisir «\u00a0Mot de passe oublié\u00a0» dès maintenant." in answers[4].content.decode()
    assert 50 <= int(answers[5]["Retry-After"]) <= 60
    assert "01\u00a000\u00a000\u00a000\u00a000" in answers[5].content.decode()


def test_right_password_waits_too_then_opens(home, charlie):
    fail(home, "10427837", times=5)

    assert sign_in(home, "10427837", OWN).status_code == 429
    let_locks_end()
    assert sign_in(home, "10427837", OWN).url == "/"


def test_others_close_the_door_to_themselves_not_to_a_browser_that_the_login_knows(browser, other_browser, charlie):
    fail(browser, "10427837", times=5)

    assert sign_in(browser, "10427837", OWN).status_code == 429
    assert sign_in(known(other_browser, charlie), "10427837", OWN).url == "/"


def test_five_failures_in_a_known_browser_close_the_door_there(browser, charlie):
    answers = fail(known(browser, charlie), "10427837", times=6)

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429, 429]


def test_failures_at_both_doors_and_in_all_spellings_count_together(browser, charlie):
    fail(browser, "10427837", times=2)
    fail(browser, "10 427 837", times=2, door="/premiere-connexion/")

    assert fail(browser, "10.427-837", times=1)[0].status_code == 429


def test_each_later_failure_doubles_the_wait(browser, charlie):
    fail(browser, "10427837", times=5)
    waits = []
    for _ in range(3):
        let_locks_end()
        waits.append(fail(browser, "10427837", times=1)[0].content.decode())

    assert "pendant 2\u00a0minutes" in waits[0]
    assert "pendant 4\u00a0minutes" in waits[1]
    assert "pendant 8\u00a0minutes" in waits[2]


def test_success_forgets_the_failures(browser, charlie):
    fail(browser, "10427837", times=4)
    sign_in(browser, "10427837", OWN)
    browser.post("/deconnexion/")

    assert fail(browser, "10427837", times=4)[-1].status_code == 200


def test_hundredth_failure_leaves_the_message_alone(browser, charlie):
    for _ in range(100):
        let_windows_end()
        answer = fail(browser, "10427837", times=1)[0]

    assert "Par sécurité, la connexion est bloquée. Vous pouvez choisir" in answer.content.decode()


@pytest.mark.parametrize("door", DOORS)
def test_code_dies_after_five_wrong_tries_at_any_door(browser, alice, door):
    for guess in range(5):
        start(browser, alice, password=f"{guess:06}", door=DOORS[guess % 2])
    let_locks_end()

    page = start(browser, alice, door=door).content.decode()

    letter = Letter.objects.get(client=alice)
    assert letter.wrong_tries == 5
    assert "Votre mot de passe provisoire n’est plus valable." in page


def test_fourth_wrong_try_leaves_the_code_alive(browser, alice):
    for guess in range(4):
        start(browser, alice, password=f"{guess:06}")

    assert start(browser, alice, password=CODE).url == "/premiere-connexion/courriel/"


def test_wrong_passwords_that_are_no_code_do_not_kill_the_code(browser, alice):
    for word in ("a", "bb", "12345", "1234567"):
        start(browser, alice, password=word)

    assert Letter.objects.get(client=alice).wrong_tries == 0


def test_forty_tries_a_minute_from_one_address(browser, agency):
    answers = [sign_in(browser, f"inconnu-{n}", "faux") for n in range(41)]

    assert [answer.status_code for answer in answers[39:]] == [200, 429]
    assert "Trop d’essais depuis votre connexion." in answers[40].content.decode()
    let_windows_end()
    assert sign_in(browser, "inconnu", "faux").status_code == 200


def test_visitor_limited_from_one_address_leaves_others_in_peace(home, charlie):
    for n in range(41):
        sign_in(home, f"inconnu-{n}", "faux")

    response = home.post("/connexion/", {"identifier": "10427837", "password": OWN}, REMOTE_ADDR="198.51.100.7")

    assert response.url == "/"


def test_forged_forwarding_header_does_not_give_more_tries(browser, agency):
    answers = [
        browser.post(
            "/connexion/", {"identifier": f"x{n}", "password": "y"}, headers={"x-forwarded-for": f"203.0.113.{n}"}
        )
        for n in range(41)
    ]

    assert answers[40].status_code == 429


@override_settings(TRUSTED_PROXIES=["10.0.0.0/8"])
def test_behind_a_listed_proxy_each_visitor_is_counted_apart(browser, agency):
    answers = [
        browser.post(
            "/connexion/",
            {"identifier": f"x{n}", "password": "y"},
            REMOTE_ADDR="10.0.0.1",
            headers={"x-forwarded-for": f"forged, 203.0.113.{n}, 10.0.0.2"},
        )
        for n in range(41)
    ]

    assert {answer.status_code for answer in answers} == {200}


@override_settings(TRUSTED_PROXIES=["10.0.0.1"])
def test_behind_a_listed_proxy_only_what_it_saw_counts(browser, agency):
    answers = [
        browser.post(
            "/connexion/",
            {"identifier": f"x{n}", "password": "y"},
            REMOTE_ADDR="10.0.0.1",
            headers={"x-forwarded-for": f"198.51.100.{n}, 203.0.113.9"},
        )
        for n in range(41)
    ]

    assert answers[40].status_code == 429


def test_ten_requests_of_a_message_an_hour_from_one_address(browser, agency):
    answers = [browser.post("/mot-de-passe-oublie/", {"identifier": f"x{n}"}) for n in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert ForgottenPassword.objects.count() == 10


def test_limits_hold_a_letter_of_somebody_else_too(browser, agency, alice):
    bystander = client_with_letter(agency)
    fail(browser, alice.customer_reference, times=6)

    assert start(browser, bystander).url == "/premiere-connexion/courriel/"
    assert not is_signed_in(browser)


def test_new_letter_opens_the_door_again(browser, agency):
    client = client_with_letter(agency, customer_reference="10427850")
    fail(browser, "10427850", times=6)

    letter = draw_letter(client=client)

    assert start(browser, client, password=letter.code).url == "/premiere-connexion/courriel/"
