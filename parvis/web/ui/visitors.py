"""From which address of the network a request comes: what counts is what our own proxy saw."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def visitor_address(request: HttpRequest) -> str:
    """The address of the visitor. X-Forwarded-For counts only when a listed proxy speaks, read from the right.

    Every address at the right that is a listed proxy is passed over; what a visitor writes at the left never counts.
    """
    nearest = str(request.META.get("REMOTE_ADDR", ""))
    if not is_trusted(nearest):
        return nearest
    for address in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        candidate = address.strip()
        if not is_address(candidate):
            return nearest
        nearest = candidate
        if not is_trusted(candidate):
            return candidate
    return nearest


def is_trusted(address: str) -> bool:
    """Whether TRUSTED_PROXIES lists this address, or a network that holds it."""
    if not is_address(address):
        return False
    ip = ipaddress.ip_address(address)
    return any(ip in ipaddress.ip_network(proxy, strict=False) for proxy in settings.TRUSTED_PROXIES)


def is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
