"""Whom an identifiant or a courriel names at a host."""

import dataclasses
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from parvis.agencies.models import Agency
from parvis.kit.days import paris_day
from parvis.kit.viewer import Viewer
from parvis.people.models import (
    AccessFreeze,
    Authenticator,
    Client,
    FormerPassword,
    Grant,
    HouseholdAccess,
    Letter,
    Passkey,
    StaffMember,
    User,
)
from parvis.people.models.logins import StaffMemberQuerySet
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
    """The agencies whose portal answers at `host`, the one that lends it its name first; all at the staff's own host.

    A host that no agency has configured (an address of the machine, a test) is the installation's own.
    """
    if host and host == settings.STAFF_HOST:
        return list(Agency.objects.order_by("pk"))
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
    """Find the one client of that identifiant, else the one login of that confirmed courriel; a frozen one is nobody.

    The same queries are asked whatever is found: their time tells nothing.
    """
    named = Client.objects.filter(agency__in=agencies, reference_key=normalise_reference(typed) or None)
    clients = list(named.exclude(Exists(open_freezes()))[:2])
    users = list(logins_at(agencies).filter(email=normalise_email(typed) or None).order_by("pk")[:2])
    held = secrets_of(clients[0] if len(clients) == 1 else None)
    if clients or len(users) != 1:
        return held
    return Holder(user=users[0])


def open_freezes() -> QuerySet[AccessFreeze]:
    """Those of a client, in a query of clients: while there is one, nothing opens for that client."""
    return AccessFreeze.objects.open().filter(client=OuterRef("pk"))


def logins_at(agencies: Sequence[Agency]) -> QuerySet[User]:
    """The logins that still act for somebody: an open grant, a place in a household, or a post at the agency."""
    in_post = Q(staffmember__left_on=None) | Q(staffmember__left_on__gt=paris_day(timezone.now()))
    grants = Grant.objects.filter(user=OuterRef("pk"), ended_at=None)
    of_household = HouseholdAccess.objects.in_force().filter(user=OuterRef("pk"))
    acting = Exists(grants) | Exists(of_household) | Q(in_post, staffmember__isnull=False)
    logins: QuerySet[User] = User.objects.filter(acting, agency__in=agencies, is_active=True)
    return logins.select_related("agency", "staffmember")


def secrets_of(client: Client | None) -> Holder:
    """What may open for that client: their login, else the password of the former portal and the latest letter.

    Nothing for a client whom the agency has closed and who never had a login.
    """
    client_id = client.pk if client else 0
    grants = Grant.objects.filter(client_id=client_id, ended_at=None).select_related("user__agency")
    grant = grants.first()
    former = FormerPassword.objects.filter(client_id=client_id).first()
    letter = Letter.objects.filter(client_id=client_id).order_by("-issued_at", "-pk").first()
    if client is not None and client.closed_on is not None and grant is None:
        return Holder()
    return Holder(
        client=client,
        user=grant.user if grant and grant.user.is_active else None,
        former=former if grant is None else None,
        letter=letter,
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


def letter_of_link(token: str, *, identifier: str | None = None) -> Letter | None:
    """The letter of a short link, while its code still opens the first connection.

    With an identifiant as typed, only the letter of that client.
    """
    read = read_token(token)
    if not read:
        return None
    letters = Letter.objects.usable_by_link().select_related("client").filter(token_hash=token_digest(read))
    if identifier is not None:
        letters = letters.filter(client__reference_key=normalise_reference(identifier))
    return letters.first()


def colleagues(viewer: Viewer) -> StaffMemberQuerySet:
    """Everybody who works at the agency or did, for its staff alone."""
    if not viewer.is_staff:
        return StaffMember.objects.none()
    return StaffMember.objects.filter(agency_id=viewer.agency_id)


def with_factor(members: StaffMemberQuerySet) -> StaffMemberQuerySet:
    """Each with `has_factor`: a passkey or an application of codes."""
    passkeys, applications = (model.objects.filter(user=OuterRef("user")) for model in (Passkey, Authenticator))
    return members.annotate(has_factor=Exists(passkeys) | Exists(applications))
