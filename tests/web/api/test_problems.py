import pytest
from django.db import OperationalError

from parvis.exchange.actions import api_keys


def test_a_refusal_is_told_in_french_unless_english_is_preferred(erp):
    french = erp.get("clients?limit=0")
    english = erp.get("clients?limit=0", accept_language="en-GB,en;q=0.9,fr;q=0.5")

    assert (french.headers["Content-Language"], english.headers["Content-Language"]) == ("fr", "en")
    assert french.json()["errors"][0]["detail"] == "Le nombre est trop petit."
    assert english.json()["errors"][0]["detail"] == "Input should be greater than or equal to 1"
    assert french.json()["errors"][0]["pointer"] == english.json()["errors"][0]["pointer"] == "/limit"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "nothing", 404), ("PATCH", "clients", 405), ("GET", "clients/unknown", 404)],
)
def test_every_refusal_is_a_problem(erp, method, path, status):
    answer = erp.ask(method, path)

    assert answer.status_code == answer.json()["status"] == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_another_method_is_told_which_ones_serve(erp):
    assert set(erp.ask("PATCH", "clients").headers["Allow"].split(", ")) >= {"PUT", "GET"}


def test_a_body_that_is_no_json_is_refused(erp):
    answer = erp.browser.put("/api/v1/clients", b"{", headers={"authorization": f"Bearer {erp.token}"})

    assert (answer.status_code, answer.json()["type"]) == (400, "urn:parvis:problem:unreadable")


def test_what_is_too_large_is_refused_before_it_is_read(erp, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10

    assert erp.put("clients", {"rows": []}).status_code == 413


def test_without_its_database_the_interface_says_when_to_come_back(erp, monkeypatch):
    def away(_token):
        raise OperationalError("away")

    monkeypatch.setattr(api_keys, "key_of", away)

    answer = erp.get("key")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")


def test_head_is_answered_as_get(erp):
    answer = erp.ask("HEAD", "key")

    assert (answer.status_code, answer.content) == (200, b"")
