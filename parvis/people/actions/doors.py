"""How often the doors of the entrance may be tried. All doors share the counters."""

import dataclasses
import ipaddress
from collections.abc import Iterable

from django.conf import settings

from parvis.agencies.models import Agency
from parvis.kit import throttle
from parvis.kit.refusals import Refusal
from parvis.people import access, rules
from parvis.people.models import User

FAILURES = throttle.Lock(
    name="door",
    waits=rules.WAITS,
    longest=rules.LONGEST_WAIT_SECONDS,
    closed_after=rules.FAILURES_BEFORE_CLOSING,
)
HOUR = 3600
TRIES_OF_A_MINUTE = throttle.Limit(name="tries-minute", allowed=40, seconds=60)
TRIES_OF_AN_HOUR = throttle.Limit(name="tries-hour", allowed=200, seconds=HOUR)
TRIES_OF_A_NEIGHBOURHOOD = throttle.Limit(name="tries-neighbourhood", allowed=1000, seconds=HOUR)
REQUESTS_OF_AN_HOUR = throttle.Limit(name="requests-hour", allowed=10, seconds=HOUR)
# The code mailed for an unknown browser: what its holder's password, once stolen, leaves to somebody who guesses.
WRONG_CODES_OF_A_MONTH = throttle.Limit(name="sign-in-code-wrong", allowed=25, seconds=30 * 24 * HOUR)
CLOSED_SECONDS = 365 * 24 * HOUR


class DoorClosed(Refusal):
    """Too many failures for this identifiant, whether it exists or not."""

    def __init__(self, *, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        self.is_for_good = wait_seconds > CLOSED_SECONDS
        duration = "" if self.is_for_good else f" pendant {rules.wait_in_words(wait_seconds)}"
        super().__init__(
            f"Par sécurité, la connexion est bloquée{duration}. "
            "Vous pouvez choisir «\u00a0Mot de passe oublié\u00a0» dès maintenant."
        )


class TooManyFromHere(Refusal):
    """Too many attempts from one address of the network."""

    def __init__(self, *, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        super().__init__(f"Trop d’essais depuis votre connexion. Réessayez dans {rules.wait_in_words(wait_seconds)}.")


def admit_visitor(address: str) -> None:
    """Count an attempt to sign in from that address: 40 a minute, 200 an hour, 1 000 an hour for its neighbours."""
    near, wide = networks_of(address)
    waits = [
        admit_address(TRIES_OF_A_MINUTE, key=near),
        admit_address(TRIES_OF_AN_HOUR, key=near),
        admit_address(TRIES_OF_A_NEIGHBOURHOOD, key=wide),
    ]
    if any(waits):
        raise TooManyFromHere(wait_seconds=max(waits))


def admit_request(address: str) -> None:
    """Count a request that sends a message: 10 an hour from one address."""
    wait = admit_address(REQUESTS_OF_AN_HOUR, key=networks_of(address)[0])
    if wait:
        raise TooManyFromHere(wait_seconds=wait)


def admit_address(limit: throttle.Limit, *, key: str) -> int:
    """Count an attempt from an address that VISITORS_PER_ADDRESS people share."""
    shared = dataclasses.replace(limit, allowed=limit.allowed * settings.VISITORS_PER_ADDRESS)
    return throttle.admit(shared, key=key)


def reopen_to(user: User) -> None:
    """Who has read their mail may try again, whatever others typed in their name."""
    references = user.grants.filter(ended_at=None).values_list("client__customer_reference", flat=True)
    reopen_for(agency=user.agency, typed=[*references, user.email])
    throttle.forget(WRONG_CODES_OF_A_MONTH, str(user.pk))


def reopen_for(*, agency: Agency, typed: Iterable[str]) -> None:
    """Forget the failures at these identifiants or courriels: their holders received a new secret."""
    agencies = access.agencies_at(agency.host)
    throttle.forget(FAILURES, *(access.door_key(agencies=agencies, typed=each) for each in typed if each))


def networks_of(address: str) -> tuple[str, str]:
    """What counts as one visitor, and as their neighbours: IPv4 alone and its /24, IPv6 /64 and its /48."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address, address
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    near, wide = (32, 24) if ip.version == 4 else (64, 48)
    return network_of(ip, size=near), network_of(ip, size=wide)


def network_of(ip: ipaddress.IPv4Address | ipaddress.IPv6Address, *, size: int) -> str:
    return str(ipaddress.ip_network(f"{ip}/{size}", strict=False))
