import pytest
from django.db import OperationalError

from parvis.exchange.actions import api_keys
from parvis.exchange.rules.scopes import Scope
from parvis.web.api import english, values
from tests.factories import AgencyFactory

ROW = {
    "number": "1",
    "building": "1",
    "scope": "common",
    "state": "reported",
    "title": "Fuite",
    "reported_on": "2026-10-01",
}
STEP = {"happened_on": "2026-10-01", "label": "Déclarée"}


def test_a_refusal_is_told_in_french_unless_english_is_preferred(erp):
    french = erp.get("clients?limit=0")
    english = erp.get("clients?limit=0", accept_language="en-GB,en;q=0.9,fr;q=0.5")

    assert (french.headers["Content-Language"], english.headers["Content-Language"]) == ("fr", "en")
    assert french.json()["errors"][0]["detail"] == "Le nombre est trop petit : au moins 1."
    assert english.json()["errors"][0]["detail"] == "Input should be greater than or equal to 1"
    assert french.json()["errors"][0]["pointer"] == english.json()["errors"][0]["pointer"] == "/limit"


def test_what_the_domain_refuses_is_told_in_either_language(erp):
    rows = {"rows": [{"customer_reference": "1", "last_name": "", "company_name": ""}]}

    french = erp.put("clients", rows)
    english = erp.put("clients", rows, accept_language="en")

    assert french.json()["title"].startswith("Rien n’a été changé")
    assert french.json()["errors"][0]["detail"].startswith("Le nom et la raison sociale manquent")
    assert english.json()["title"].startswith("Nothing was changed")
    assert english.json()["errors"] == [
        {
            "where": "body",
            "pointer": "/rows/0/last_name",
            "detail": "Both the last name and the company name are missing: give one.",
        }
    ]


def test_an_english_detail_that_cannot_say_why_brings_the_french_one(erp, monkeypatch):
    monkeypatch.setattr(english, "PATTERNS", ())
    rows = {"rows": [{"customer_reference": "1", "last_name": ""}]}

    (error,) = erp.put("clients", rows, accept_language="en").json()["errors"]

    assert error["detail"] == english.OTHERWISE
    assert error["in_french"].startswith("Le nom et la raison sociale manquent")


def test_a_missing_right_is_told_in_either_language(program_of):
    program = program_of(AgencyFactory(), scopes=[Scope.CLIENTS_READ])

    french = program.put("entries", {"rows": []}).json()
    english = program.put("entries", {"rows": []}, accept_language="en").json()

    assert (french["title"], french["detail"]) == ("La clé n’a pas ce droit.", "entries:write (envoyer les écritures)")
    assert english["title"] == "The key does not have that right."
    assert english["detail"] == "entries:write (send entries)"


@pytest.mark.parametrize(
    ("method", "path", "body", "pointer"),
    [
        ("PUT", "clients", [], ""),
        ("PUT", "clients", {}, "/rows"),
        ("PUT", "clients", {"rows": "x"}, "/rows"),
        ("PUT", "clients", {"rows": []}, "/rows"),
        ("PUT", "clients", {"rows": [{}] * 501}, "/rows"),
        ("PUT", "clients", {"rows": [3]}, "/rows/0"),
        ("PUT", "clients", {"rows": [{"customer_reference": "1", "a/~": 1}]}, "/rows/0/a~1~0"),
        ("PUT", "clients", {"rows": [{"customer_reference": 1}]}, "/rows/0/customer_reference"),
        ("PUT", "clients", {"rows": [{"customer_reference": "1" * 41}]}, "/rows/0/customer_reference"),
        ("PUT", "clients", {"rows": [{"customer_reference": ""}]}, "/rows/0/customer_reference"),
        ("PUT", "clients", {"rows": [{"customer_reference": "\ud800"}]}, "/rows/0/customer_reference"),
        ("PUT", "clients", {"rows": [{"customer_reference": "1", "kind": "x"}]}, "/rows/0/kind"),
        ("PUT", "clients", {"rows": [{"customer_reference": "1", "closed_on": "x"}]}, "/rows/0/closed_on"),
        ("PUT", "interventions", {"rows": [ROW | {"is_urgent": "oui"}]}, "/rows/0/is_urgent"),
        ("PUT", "interventions", {"rows": [ROW | {"events": [STEP | {"rank": 1.5}]}]}, "/rows/0/events/0/rank"),
        ("PUT", "interventions", {"rows": [ROW | {"events": [STEP | {"rank": 10**99}]}]}, "/rows/0/events/0/rank"),
        ("PUT", "interventions", {"rows": [ROW | {"events": [STEP | {"rank": 0}]}]}, "/rows/0/events/0/rank"),
        ("GET", "changes?kinds=x", None, "/kinds/0"),
        ("GET", "clients?limit=x", None, "/limit"),
        ("GET", "clients?limit=201", None, "/limit"),
        ("GET", "clients?limit=" + "9" * 5000, None, "/limit"),
        ("GET", "clients?after=%00", None, "/after"),
        ("GET", "clients/%00", None, "/customer_reference"),
        ("POST", "documents", {}, "/reference"),
    ],
)
def test_a_wrong_value_is_named_and_explained_in_either_language(erp, method, path, body, pointer):
    french, english = (erp.ask(method, path, body, accept_language=language) for language in ("fr", "en"))

    told = [(answer.status_code, answer.json()["errors"][0]["pointer"]) for answer in (french, english)]
    reasons = [answer.json()["errors"][0]["detail"] for answer in (french, english)]
    assert told == [(422, pointer)] * 2
    assert reasons[0] not in (values.OTHERWISE, reasons[1])


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


def test_a_body_that_does_not_say_its_length_is_not_taken_for_an_empty_one(erp):
    answer = erp.put("clients", {"rows": []}, transfer_encoding="chunked")

    assert (answer.status_code, answer.json()["type"]) == (411, "urn:parvis:problem:no-length")


def test_without_its_database_the_interface_says_when_to_come_back(erp, monkeypatch):
    def away(_token):
        raise OperationalError("away")

    monkeypatch.setattr(api_keys, "key_of", away)

    answer = erp.get("key")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")


def test_head_is_answered_as_get(erp):
    answer = erp.ask("HEAD", "key")

    assert (answer.status_code, answer.content) == (200, b"")
