"""Addresses of the agency's software: where a notice may go, and where it never does. Pure."""

import datetime as dt
import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST_URL = 500
FIRST_DELAY = dt.timedelta(minutes=1)
LONGEST_DELAY = dt.timedelta(hours=12)
# The delays before it add up to 65 hours.
LAST_ATTEMPT = 15
# So long without one notice that arrives, and the address is disabled.
FAILING_FOR = dt.timedelta(days=5)


class ForbiddenAddress(ValueError):
    """A notice does not go there; `str` says why, in French."""


def host_of(url: str, *, allowed: Sequence[Network]) -> tuple[str, int]:
    """The host and the port of an address that may be one of the agency's software. Raises `ForbiddenAddress`.

    Only https: http is for the machines of `allowed`, which `may_reach` checks when the name is resolved.
    """
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise ForbiddenAddress("Donnez une adresse de 500 signes au plus, sans espace ni accent.")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ForbiddenAddress("Ce n’est pas une adresse de site.") from error
    if parts.scheme not in (("https", "http") if allowed else ("https",)) or not host:
        raise ForbiddenAddress("L’adresse commence par https:// et nomme une machine.")
    if parts.username or parts.password or parts.fragment:
        raise ForbiddenAddress("L’adresse ne porte ni identifiant, ni mot de passe, ni « # ».")
    return host, port or (443 if parts.scheme == "https" else 80)


def refuse_private(addresses: Sequence[str], *, is_https: bool, allowed: Sequence[Network]) -> str:
    """The first of the addresses to which a name leads, once all of them may be reached. Raises `ForbiddenAddress`.

    The public Internet by https; the networks that the site allows, by either.
    """
    for text in addresses:
        address = plain(ipaddress.ip_address(text))
        if any(address in network for network in allowed if network.version == address.version):
            continue
        if not address.is_global or address.is_multicast or not is_https:
            raise ForbiddenAddress("Cette adresse mène à un réseau privé ou réservé : elle n’est pas appelée.")
    if not addresses:
        raise ForbiddenAddress("Ce nom ne mène nulle part.")
    return addresses[0]


def plain(address: Address) -> Address:
    """An IPv4 address written in IPv6, as itself."""
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        return inside or address
    return address


def delay_after(attempts: int) -> dt.timedelta:
    """The wait after that many failed attempts: 1 minute after the first, doubled each time, 12 hours at most."""
    return min(FIRST_DELAY * (1 << min(max(attempts, 1) - 1, 10)), LONGEST_DELAY)
