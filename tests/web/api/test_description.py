"""The description tells all that the interface answers: asked what it allows, and what it forbids."""

import pytest
import schemathesis
from django.test.client import ClientHandler
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from parvis.exchange.rules.scopes import OPENS_KIND, Scope
from parvis.kit.throttle import Limit
from parvis.web.api import door
from parvis.web.api.description import description
from tests.factories import AccountFactory, AgencyFactory, BuildingFactory, GrantFactory, InterventionFactory
from tests.web.api.conftest import Program

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
    ignored_auth,
]
EXAMPLES = 12


class Site(ClientHandler):
    """The site as a server would call it, in the transaction of the test."""

    def answered(self, environ, start_response):
        response = self({**environ, "HTTP_ACCEPT_ENCODING": "identity"})
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return [response.content]


interface = schemathesis.openapi.from_dict(description())
interface.app = Site().answered


@pytest.fixture
def token(db, monkeypatch):
    """A program that may do everything, in an agency that has something, and that may hurry."""
    for name in ("PER_KEY", "WITHOUT_KEY"):
        monkeypatch.setattr(door, name, Limit(name="fuzz", allowed=10**6, seconds=60))
    agency = AgencyFactory()
    AccountFactory(client=GrantFactory(client__agency=agency).client)
    InterventionFactory(agency=agency, building=BuildingFactory(agency=agency))
    return Program(agency).token


@interface.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_no_answer_is_a_fault_nor_a_surprise(case, token):
    # What nobody described is refused in a body; in an address it is passed over, as everywhere on the web.
    strict = [] if case.method == "GET" else [negative_data_rejection]
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=[*CHECKS, *strict])


def operations():
    return [
        (f"{method} {path}", operation)
        for path, methods in description()["paths"].items()
        for method, operation in methods.items()
    ]


def test_it_is_an_openapi_of_today_that_anybody_may_read(client):
    answer = client.get("/api/v1/openapi.json")

    assert answer.json() == description()
    assert answer.json()["openapi"].startswith("3.1")


@pytest.mark.parametrize(("name", "operation"), operations(), ids=[name for name, _operation in operations()])
def test_each_operation_is_told_to_whom_reads_it(name, operation):
    (needed,) = operation["security"]

    assert operation["summary"]
    assert operation["description"].endswith((".", ")."))
    assert set(needed["key"]) <= set(Scope)
    assert all(parameter.get("description") for parameter in operation["parameters"])


def test_every_value_of_every_schema_is_explained():
    silent = [
        f"{name}.{field}"
        for name, schema in description()["components"]["schemas"].items()
        for field, value in schema.get("properties", {}).items()
        if not value.get("description")
    ]

    assert silent == []


def test_what_one_operation_needs_one_right_opens():
    needed = {scope for _name, operation in operations() for scope in operation["security"][0]["key"]}
    changes = description()["paths"]["/api/v1/changes"]["get"]["description"]

    assert needed | set(OPENS_KIND.values()) == set(Scope)
    assert all(scope in changes for scope in OPENS_KIND.values())
