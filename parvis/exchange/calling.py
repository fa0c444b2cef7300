"""Calls to the agency's own software, over the network: never to a private machine, never redirected, never for long.

The name is resolved once, every address it leads to is checked, and the checked address is the one that is called: a
name that changes between the two leads nowhere else.
"""

import functools
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ipaddress import ip_network

import httpx2
from django.conf import settings

from parvis.exchange.rules.outside import ForbiddenAddress, Network, host_of, refuse_private

TIME_LIMIT = 10.0  # seconds of one silence
WHOLE_CALL = 20.0


class CallFailed(Exception):
    """Nothing was answered; `str` says why, in a few words and without what the other machine wrote."""


def allowed_networks() -> list[Network]:
    """The private networks that the operator of the site lets it call."""
    return [ip_network(network, strict=False) for network in settings.WEBHOOK_NETWORKS]


def check_url(url: str) -> None:
    """Raises `ForbiddenAddress` for an address that is never called, whatever its name leads to."""
    host_of(url, allowed=allowed_networks())


def post(url: str, *, body: bytes, headers: Mapping[str, str]) -> int:
    """Send, and return the status of the answer, whose body is not read. Raises `CallFailed`."""
    try:
        address = resolve(url)
        host, port = host_of(url, allowed=allowed_networks())
    except ForbiddenAddress as error:
        raise CallFailed(str(error)) from error
    target = httpx2.URL(url).copy_with(host=address, port=port)
    sent = {**headers, "Host": host if httpx2.URL(url).port is None else f"{host}:{port}"}
    try:
        with httpx2.Client(timeout=TIME_LIMIT, follow_redirects=False, trust_env=False, verify=trusted()) as client:
            request = client.build_request("POST", target, content=body, headers=sent)
            request.extensions["sni_hostname"] = host
            with ended_after(client, seconds=WHOLE_CALL):
                response = client.send(request, stream=True)
                response.close()
                return response.status_code
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, RuntimeError, ValueError) as error:
        raise CallFailed(type(error).__name__) from error


def resolve(url: str) -> str:
    """The checked address of the machine of that name."""
    host, port = host_of(url, allowed=allowed_networks())
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CallFailed("Ce nom ne mène nulle part.") from error
    addresses = [str(where[0]).partition("%")[0] for *_kind, where in found]
    return refuse_private(addresses, is_https=url.startswith("https://"), allowed=allowed_networks())


@contextmanager
def ended_after(client: httpx2.Client, *, seconds: float) -> Iterator[None]:
    """Close the connections after that time: an answer that comes sign by sign does not hold the worker."""
    timer = threading.Timer(seconds, client.close)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@functools.cache
def trusted() -> ssl.SSLContext:
    """The authorities of the machine, read once."""
    return httpx2.create_ssl_context()
