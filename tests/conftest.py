"""What every test has: no network but loopback, no undefined template variable, query counts."""

import contextlib
import socket
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from hypothesis import settings as hypothesis_settings

from tests import lock_order

LOOPBACK = {"127.0.0.1", "::1", "localhost", "0.0.0.0"}  # noqa: S104 -- compared, not listened to
hypothesis_settings.register_profile("parvis", deadline=None, max_examples=50)
hypothesis_settings.load_profile("parvis")


class NetworkRefused(RuntimeError):
    """A test tried to reach another machine."""


def refuse_far_hosts(connect: Callable[[socket.socket, Any], Any]) -> Callable[[socket.socket, Any], Any]:
    """Wrap a connect method: loopback and local sockets pass, everything else is a bug of the test."""

    def checked(self: socket.socket, address: Any) -> Any:
        is_network = self.family in (socket.AF_INET, socket.AF_INET6)
        if is_network and address[0] not in LOOPBACK and not str(address[0]).startswith("127."):
            raise NetworkRefused(f"A test may only reach this machine, not {address[0]}.")
        return connect(self, address)

    return checked


@pytest.fixture(autouse=True, scope="session")
def loopback_only() -> Any:
    """Close the network for the length of the session."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, refuse_far_hosts(getattr(socket.socket, name)))
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def rows_are_held_in_order() -> Any:
    """Fail whatever takes the rows of the entrance in another order than the one that never deadlocks."""
    with lock_order.watched() if connection.vendor == "postgresql" else contextlib.nullcontext():
        yield


@pytest.fixture(autouse=True, scope="session")
def files_apart(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The files of clients are in a folder of this session."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("documents")):
        yield


@pytest.fixture
def queries_of(client: Client) -> Callable[[str], list[str]]:
    """The SQL statements that one page costs, session and user included."""

    def ask(path: str) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(path)
        assert response.status_code == 200, f"{path} answers {response.status_code}"
        return [query["sql"] for query in captured.captured_queries]

    return ask


@pytest.fixture
def assert_flat(queries_of: Callable[[str], list[str]]) -> Callable[..., None]:
    """Show that a page costs the same queries with one row and with many: `assert_flat(path, grow)`."""

    def check(path: str, grow: Callable[[], object]) -> None:
        queries_of(path)  # whatever is cached once for the process
        few = queries_of(path)
        grow()
        many = queries_of(path)
        assert len(many) == len(few), "\n".join(sorted(set(many) - set(few)) or many)

    return check
