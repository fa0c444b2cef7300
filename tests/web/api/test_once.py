import threading

import pytest
from django.db import connections

from parvis.exchange.actions import answers
from parvis.exchange.actions.refusals import ImportUnderWay
from parvis.exchange.models import StoredAnswer, Webhook
from parvis.people.models import Client
from tests.factories import AgencyFactory
from tests.web.api.conftest import Program

ROWS = {"rows": [{"customer_reference": "1", "last_name": "Fontaine"}]}


def test_the_same_request_again_is_answered_the_same_and_done_once(erp):
    first = erp.put("clients", ROWS, idempotency_key="a")
    Client.objects.update(last_name="Changed since")
    second = erp.put("clients", ROWS, idempotency_key="a")

    assert first.json() == second.json() == {"read": 1, "created": 1, "changed": 0, "unchanged": 0}
    assert (first.headers.get("Idempotency-Replayed"), second.headers["Idempotency-Replayed"]) == (None, "true")
    assert Client.objects.get().last_name == "Changed since"


def test_the_secret_of_an_address_is_not_kept_in_clear(erp):
    body = {"url": "https://erp.example.com/", "kinds": ["message"]}

    first, second = (erp.post("webhooks", body, idempotency_key="a").json() for _ in range(2))

    assert first["secret"] == second["secret"]
    assert first["secret"] not in StoredAnswer.objects.get().body


def test_another_request_under_the_same_key_is_refused(erp):
    erp.put("clients", ROWS, idempotency_key="a")

    answer = erp.put("clients", {"rows": [{"customer_reference": "2", "last_name": "Perrin"}]}, idempotency_key="a")

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:parvis:problem:other-request")
    assert Client.objects.count() == 1


def test_a_refusal_is_kept_too(erp):
    wrong = {"rows": [{"customer_reference": "1", "last_name": ""}]}

    first, second = (erp.put("clients", wrong, idempotency_key="a") for _ in range(2))

    assert first.status_code == second.status_code == 422
    assert first.json() == second.json()
    assert second.headers["Content-Type"] == "application/problem+json"


def test_a_refusal_that_comes_back_says_its_language(erp):
    wrong = {"rows": [{"customer_reference": "1", "last_name": ""}]}

    answers = [erp.put("clients", wrong, idempotency_key="a", accept_language=name) for name in ("en", "fr")]

    assert [answer.headers["Content-Language"] for answer in answers] == ["en", "en"]
    assert answers[0].content == answers[1].content


def test_what_could_not_be_done_yet_is_done_the_next_time(erp, monkeypatch):
    with monkeypatch.context() as busy:
        busy.setattr("parvis.web.api.receiving.upsert_rows", refuse_for_now)
        first = erp.put("clients", ROWS, idempotency_key="a")
    second = erp.put("clients", ROWS, idempotency_key="a")

    assert (first.status_code, first.headers["Retry-After"], second.status_code) == (503, "10", 200)


def refuse_for_now(**_asked):
    raise ImportUnderWay


def test_keys_of_two_programs_are_not_the_same(erp, other_erp):
    erp.put("clients", ROWS, idempotency_key="a")
    answer = other_erp.put("clients", ROWS, idempotency_key="a")

    assert answer.json()["created"] == 1
    assert Client.objects.filter(agency=other_erp.agency).count() == 1


@pytest.mark.parametrize("key", ["", " ", "é", "x" * 201])
def test_a_key_without_shape_is_refused(erp, key):
    answer = erp.put("clients", ROWS, idempotency_key=key)

    assert answer.status_code == 422
    assert [error["where"] for error in answer.json()["errors"]] == ["header"]


def test_old_answers_are_forgotten(erp):
    erp.put("clients", ROWS, idempotency_key="a")
    StoredAnswer.objects.update(stored_at="2020-01-01T00:00:00Z")

    assert answers.forget_old() == 1


@pytest.mark.load
@pytest.mark.django_db(transaction=True)
def test_requests_at_the_same_instant_are_done_once():
    erp = Program(AgencyFactory())
    body, given = {"url": "https://erp.example.com/", "kinds": ["message"]}, []

    def send():
        try:
            given.append(Program.ask(erp, "POST", "webhooks", body, idempotency_key="a").json())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(given) == 6
    assert {answer["id"] for answer in given} == {Webhook.objects.get().public_id}
