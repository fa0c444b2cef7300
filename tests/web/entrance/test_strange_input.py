"""Whatever is typed, pasted or forged gets a sentence: no page of the entrance answers 500."""

import pytest
from django.test import Client as Browser

from parvis.people import hashers
from parvis.people.actions import sign_in as actions
from parvis.people.models import EmailLink
from tests.web.entrance.cast import CODE, OWN, give_address, is_signed_in, last_link, sign_in, start

STRANGE = [
    "\x00",
    "10427837\x00",
    "' OR ''='",
    "<script>alert(1)</script>",
    "\u202e10427837",
    "😀" * 60,
    "%00%ff",
    "\ud7ff\ufffe",
    "ı" * 40,
    "../../etc/passwd",
    "{{ 7 * 7 }}",
    "x" * 100_000,
    "\r\nSet-Cookie: a=b",
    "À" + "\u0300" * 200,
]
FORMS = ["/connexion/", "/premiere-connexion/", "/mot-de-passe-oublie/"]


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("typed", STRANGE, ids=range(len(STRANGE)))
def test_strange_identifiant_is_answered(browser, charlie, path, typed):
    response = browser.post(path, {"identifier": typed, "password": typed})

    assert response.status_code in (200, 302)
    assert not is_signed_in(browser)
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("typed", STRANGE, ids=range(len(STRANGE)))
def test_strange_courriel_is_answered(browser, alice, typed):
    start(browser, alice)

    assert give_address(browser, typed).status_code == 200


@pytest.mark.parametrize("password", ["é" * 450_000, "\x00" * 20, "x\x00", "x" * 2000])
def test_enormous_password_is_refused_before_any_hash_of_it(browser, charlie, bob, password, monkeypatch):
    lengths = []
    compare = hashers.Argon2idHasher.verify
    monkeypatch.setattr(
        hashers.Argon2idHasher,
        "verify",
        lambda self, typed, encoded: lengths.append(len(typed)) or compare(self, typed, encoded),
    )

    for identifier in ("10427837", "10427836"):
        page = sign_in(browser, identifier, password).content.decode()
        assert "Identifiant ou mot de passe incorrect." in page
    assert max(lengths) <= 1024


@pytest.mark.parametrize("path", FORMS)
def test_field_given_twice_is_nobodys_answer(browser, charlie, path):
    body = "identifier=10427837&identifier=10427838&password=" + OWN.replace("&", "%26")

    response = browser.post(path, body, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 200
    assert "Cette demande n’est pas lisible." in response.content.decode()


def test_address_given_twice_sends_nothing(browser, alice):
    start(browser, alice)

    page = browser.post(
        "/premiere-connexion/courriel/",
        "email=a@exemple.fr&email=b@exemple.fr",
        content_type="application/x-www-form-urlencoded",
    ).content.decode()

    assert "Cette demande n’est pas lisible." in page
    assert not EmailLink.objects.exists()


@pytest.mark.parametrize("body", ["identifier[]=10427837&password[]=x", "identifier[$ne]=1", "", "&&&===", "%%%"])
def test_arrays_and_nonsense_miss_their_fields(browser, charlie, body):
    response = browser.post("/connexion/", body, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 200
    assert "Renseignez votre identifiant." in response.content.decode()


def test_json_and_broken_uploads_are_answered(browser, charlie):
    for content_type, body in (
        ("application/json", '{"identifier": ["10427837"]}'),
        ("multipart/form-data; boundary=x", "--x\r\nbroken"),
        ("text/plain", "identifier=10427837"),
    ):
        assert browser.post("/connexion/", body, content_type=content_type).status_code in (200, 400)


def test_sixty_thousand_fields_are_refused(browser, charlie):
    body = "&".join(f"f{n}=1" for n in range(60_000))

    assert browser.post("/connexion/", body, content_type="application/x-www-form-urlencoded").status_code == 400


def test_extra_fields_give_no_right(browser, charlie):
    sign_in(browser, "10427837", OWN, is_staff="1", role="administrator", user_id="1")

    charlie.refresh_from_db()
    assert not hasattr(charlie, "staffmember")


def test_forms_without_their_token_do_nothing(alice):
    browser = Browser(enforce_csrf_checks=True)

    for path in ("/connexion/", "/premiere-connexion/", "/mot-de-passe-oublie/", "/deconnexion/", "/c/" + "a" * 26):
        response = browser.post(path, {"identifier": "10427835", "password": CODE})
        assert response.status_code == 403
        assert "La page était ouverte depuis trop longtemps" in response.content.decode()


def test_forged_host_reaches_no_message(browser, alice):
    start(browser, alice)

    response = browser.post(
        "/premiere-connexion/courriel/", {"email": "alice@exemple.fr"}, headers={"host": "mal.example"}
    )

    assert response.status_code == 400
    assert not EmailLink.objects.exists()


def test_host_of_the_machine_leads_to_the_installations_agency(alice):
    browser = Browser(headers={"host": "127.0.0.1"})

    assert start(browser, alice).status_code in (200, 302)
    give_address(browser)
    assert last_link()


def test_full_doors_say_so_at_once_and_count_no_failure(browser, charlie):
    for _ in range(actions.AT_THE_DOORS):
        actions.places.acquire()
    try:
        answers = [sign_in(browser, "10427837", OWN) for _ in range(6)]
    finally:
        for _ in range(actions.AT_THE_DOORS):
            actions.places.release()

    assert {(answer.status_code, answer["Retry-After"]) for answer in answers} == {(503, "2")}
    assert sign_in(browser, "10427837", OWN).status_code == 302


def test_busy_server_says_so_and_counts_no_failure(home, charlie, monkeypatch):
    monkeypatch.setattr(hashers, "LONGEST_WAIT_SECONDS", 0.01)
    for _ in range(hashers.AT_ONCE):
        hashers.slots.acquire()
    try:
        answers = [sign_in(home, "10427837", OWN) for _ in range(6)]
    finally:
        for _ in range(hashers.AT_ONCE):
            hashers.slots.release()

    assert {answer.status_code for answer in answers} == {503}
    assert answers[0]["Retry-After"] == "2"
    assert "Beaucoup de connexions en ce moment" in answers[0].content.decode()
    assert sign_in(home, "10427837", OWN).url == "/"
