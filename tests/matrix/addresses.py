"""Every address of the site, as the URLconf knows it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One entry of the URLconf: its full name (`client:accounts-detail`), its path and its view."""

    name: str
    route: str
    view: Callable[..., Any]


def every_address() -> list[Address]:
    return list(addresses_of(get_resolver().url_patterns, namespace="", prefix=""))


def addresses_of(patterns: list[URLPattern | URLResolver], *, namespace: str, prefix: str) -> Iterator[Address]:
    """Walk one list of the URLconf and all it includes."""
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from addresses_of(entry.url_patterns, namespace=inner, prefix=route)
        else:
            yield Address(name=f"{namespace}{entry.name or route}", route=route, view=entry.callback)
