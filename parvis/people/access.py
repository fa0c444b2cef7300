"""Whom an identifiant or a courriel names at a host."""

import dataclasses
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Max, Min

from parvis.agencies.models import Agency
from parvis.people.models import Client, FormerPassword, Grant, Letter, User
from parvis.people.rules import normalise_email, normalise_reference
from parvis.people.tokens import read_token, token_digest


@dataclasses.dataclass(frozen=True, kw_only=True)
class Holder:
    """The client or the login that what was typed names. All empty when it names nobody, or several."""

    client: Client | None = None
    user: User | None = None
    former: FormerPassword | None = None
    letter: Letter | None = None


def agencies_at(host: str) -> list[Agency]:
    """The agencies whose portal answers at `host`, the one that lends it its name first.

    A host that no agency has configured (an address of the machine, a test) is the installation's own.
    """
    return portal(host) or portal(urlsplit(settings.PUBLIC_URL).netloc) or list(Agency.objects.order_by("pk")[:1])


def portal(host: str) -> list[Agency]:
    agencies = list(Agency.objects.at_host(host))
    if agencies:
        return agencies
    other = next((agency for agency in Agency.objects.order_by("pk") if host in agency.other_hosts), None)
    return list(Agency.objects.at_host(other.host)) if other else []


def door_key(*, agencies: Sequence[Agency], typed: str) -> str:
    """What failures are counted under: the identifiant as typed, whether it exists or not."""
    place = agencies[0].pk if agencies else 0
    return f"{place}:{normalise_email(typed) if '@' in typed else normalise_reference(typed)}"


def find_holder(*, agencies: Sequence[Agency], typed: str) -> Holder:
    """Find the one client of that identifiant, else the one login of that confirmed courriel."""
    key = normalise_reference(typed)
    clients = list(Client.objects.filter(agency__in=agencies, reference_key=key, closed_on=None)[:2]) if key else []
    if len(clients) == 1:
        return holder_of(clients[0])
    if not clients and "@" in typed:
        logins = User.objects.filter(agency__in=agencies, email=normalise_email(typed), is_active=True)
        logins = logins.exclude(staffmember__left_on__isnull=False)
        users = list(logins.select_related("agency")[:2])
        return Holder(user=users[0] if len(users) == 1 else None)
    return Holder()


def holder_of(client: Client) -> Holder:
    grant = Grant.objects.filter(client=client, ended_at=None).select_related("user__agency").first()
    return Holder(
        client=client,
        user=grant.user if grant and grant.user.is_active else None,
        former=FormerPassword.objects.filter(client=client).first() if grant is None else None,
        letter=Letter.objects.filter(client=client).order_by("-issued_at", "-pk").first(),
    )


def former_password_like(key: str) -> FormerPassword | None:
    """Another's password of the former portal, always the same one for the same key; none when none is left.

    Comparing with it costs what it would if `key` had one: drawn from them all, its notation tells nothing.
    """
    rows = FormerPassword.objects.order_by("pk")
    bounds = rows.aggregate(first=Min("pk"), last=Max("pk"))
    if bounds["first"] is None:
        return None
    drawn = int(token_digest(key)[:12], base=16) % (bounds["last"] - bounds["first"] + 1)
    return rows.filter(pk__gte=bounds["first"] + drawn).first()


def letter_of_link(token: str) -> Letter | None:
    """The letter of a short link, while its code still opens the first connection."""
    read = read_token(token)
    letters = Letter.objects.usable().select_related("client").filter(token_hash=token_digest(read))
    return letters.first() if read else None
