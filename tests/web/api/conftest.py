"""A program of the agency, and what it says."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from parvis.exchange.actions.api_keys import make_key
from parvis.exchange.rules.scopes import Scope
from tests.factories import AgencyFactory


class Program:
    """Software of an agency, with a key of its own."""

    def __init__(self, agency, scopes=tuple(Scope)):
        self.agency = agency
        self.key, self.token = make_key(agency=agency, name="ERP", scopes=scopes)
        self.browser = Client()

    def ask(self, method, path, body=None, **headers):
        """One request; the body goes as JSON."""
        sent = b"" if body is None else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named.setdefault("authorization", f"Bearer {self.token}")
        return self.browser.generic(method, f"/api/v1/{path}", sent, "application/json", headers=named)

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def put(self, path, body, **headers):
        return self.ask("PUT", path, body, **headers)

    def post(self, path, body=None, **headers):
        return self.ask("POST", path, body, **headers)

    def delete(self, path, **headers):
        return self.ask("DELETE", path, **headers)

    def send_file(self, fields, *, file, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named.setdefault("authorization", f"Bearer {self.token}")
        return self.browser.post("/api/v1/documents", {**fields, "file": file}, headers=named)


@pytest.fixture
def program_of(db) -> Callable[..., Program]:
    return Program


@pytest.fixture
def erp(program_of) -> Any:
    """That of Alice's agency, with every right."""
    return program_of(AgencyFactory())


@pytest.fixture
def other_erp(program_of) -> Any:
    """That of another agency."""
    return program_of(AgencyFactory())
