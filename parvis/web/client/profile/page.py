"""What Mon profil shows: what the agency's data say, and over it what the client asked and they do not say yet."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parvis.people.actions.profile_changes import values_of
from parvis.people.delivery import channels_of
from parvis.people.models import Client, ClientRead, DeliveryChoice, HouseholdAccess, ProfileChange, Viewer
from parvis.property.models import Ownership, Tenancy, on_day

Subject = ProfileChange.Subject
OWNER_KINDS = (DeliveryChoice.Kind.CALLS, DeliveryChoice.Kind.MEETINGS)
TENANT_KINDS = (DeliveryChoice.Kind.RECEIPTS,)


@dataclass(frozen=True, kw_only=True)
class Details:
    """One client: their address and telephones as they will be, and whether the agency's data say so already.

    `is_shared` with the person as somebody of the household, who is not shown what opens the holder's access.
    """

    client: Client
    address: dict[str, str]
    phones: dict[str, str]
    pending_address: ProfileChange | None
    pending_phones: ProfileChange | None
    is_own: bool
    is_shared: bool

    @property
    def has_address(self) -> bool:
        return bool(self.address["street"])


@dataclass(frozen=True, kw_only=True)
class ProfilePage:
    """Mon profil, whole."""

    details: Sequence[Details]
    household: Sequence[HouseholdAccess]
    is_holder: bool


def profile_page(viewer: Viewer) -> ProfilePage:
    """Each client of the viewer apart, their own first."""
    clients = sorted(Client.objects.visible_to(viewer), key=lambda client: not is_own(client, viewer=viewer))
    return ProfilePage(
        details=details_of(clients, viewer=viewer), household=viewer.household, is_holder=bool(viewer.own_clients)
    )


def is_own(client: Client, *, viewer: Viewer) -> bool:
    return client.pk in viewer.own_client_ids


def details_of(clients: Iterable[Client], *, viewer: Viewer) -> list[Details]:
    rows = ProfileChange.objects.visible_to(viewer).pending()
    pending = {(row.client_id, row.subject): row for row in rows}
    return [details(client, pending=pending, viewer=viewer) for client in clients]


def details(client: Client, *, pending: dict[tuple[int, str], ProfileChange], viewer: Viewer) -> Details:
    address, phones = (pending.get((client.pk, each)) for each in (Subject.POSTAL_ADDRESS, Subject.PHONES))
    return Details(
        client=client,
        address=address.wanted if address else values_of(client, subject=Subject.POSTAL_ADDRESS),
        phones=phones.wanted if phones else values_of(client, subject=Subject.PHONES),
        pending_address=address,
        pending_phones=phones,
        is_own=is_own(client, viewer=viewer),
        is_shared=viewer.qualities.get(client.pk) == ClientRead.Quality.HOUSEHOLD,
    )


def details_for(client: Client, *, viewer: Viewer) -> Details:
    """Those of one client."""
    return details_of([client], viewer=viewer)[0]


# By courriel or by post


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One kind of document: how it comes today, and from when it comes otherwise."""

    kind: DeliveryChoice.Kind
    channel: DeliveryChoice.Channel
    coming: DeliveryChoice | None

    @property
    def chosen(self) -> DeliveryChoice.Channel:
        """What the client said last."""
        return DeliveryChoice.Channel(self.coming.channel) if self.coming else self.channel


def kinds_of(client: Client, *, viewer: Viewer, today: dt.date) -> list[DeliveryChoice.Kind]:
    """The documents that the client receives: an owner's, a tenant's, or both."""
    owns = Ownership.objects.visible_to(viewer).filter(on_day(today), client=client).exists()
    rents = Tenancy.objects.visible_to(viewer).filter(on_day(today), client=client).exists()
    return [*(OWNER_KINDS if owns else ()), *(TENANT_KINDS if rents else ())]


def deliveries(client: Client, *, viewer: Viewer, today: dt.date) -> list[Delivery]:
    """Each kind that the client receives."""
    last_words = {row.kind: row for row in reversed(choices_of(client, viewer=viewer))}
    coming = {kind: row for kind, row in last_words.items() if row.effective_on > today}
    return [
        Delivery(
            kind=kind, channel=channels_of([client.pk], kind=kind, day=today)[client.pk], coming=coming.get(kind.value)
        )
        for kind in kinds_of(client, viewer=viewer, today=today)
    ]


def choices_of(client: Client, *, viewer: Viewer) -> list[DeliveryChoice]:
    """The dated log, the latest first."""
    return list(DeliveryChoice.objects.visible_to(viewer).filter(client=client).latest_first())
