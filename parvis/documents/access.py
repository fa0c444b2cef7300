"""What a page shows of the documents beside their own list; what the staff see of them, and who will read them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Protocol

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q

from parvis.documents.models import Audience, Document, Kind
from parvis.documents.models.documents import TODAY, DocumentQuerySet, in_force
from parvis.kit.money import format_whole
from parvis.kit.viewer import Viewer
from parvis.people.models import Client
from parvis.property.access import in_scope, sees_whole_agency
from parvis.property.models import CouncilSeat, Holding, Ownership, Tenancy, still_readable

# One reader, several.
READERS = {
    Audience.LOT: ("détenteur du lot", "détenteurs du lot"),
    Audience.OWNERS: ("copropriétaire", "copropriétaires"),
    Audience.TENANTS: ("locataire", "locataires"),
    Audience.COUNCIL: ("membre du conseil syndical", "membres du conseil syndical"),
    Audience.EVERYONE: ("client", "clients"),
}
Counts = dict[tuple[str, int], int]


class Addressed(Protocol):
    """What is said of a document or of a deposit: to whom it goes."""

    agency_id: int
    audience: str
    client_id: int | None
    lot_id: int | None
    building_id: int | None

    @property
    def dated_on(self) -> dt.date | None: ...


def latest_documents(viewer: Viewer, *, count: int) -> DocumentQuerySet:
    """The newest that the viewer may read, in no order: a part of a larger statement may not have one."""
    newest = Document.objects.visible_to(viewer).newest_first().values("pk")[:count]
    return Document.objects.filter(pk__in=newest).order_by()


def documents_of_agency(viewer: Viewer) -> DocumentQuerySet:
    """What a member of the staff may see and take back, those to come and those withdrawn too.

    Not what clients have sent: it stands with their messages. Whoever looks after some buildings sees their papers
    and those of their clients.
    """
    if not viewer.is_staff:
        return Document.objects.none()
    documents = Document.objects.filter(agency_id=viewer.agency_id).exclude(kind=Kind.SENT_BY_CLIENT)
    if sees_whole_agency(viewer):
        return documents
    of_lot = Q(building=None, lot__isnull=False) & in_scope(viewer, building="lot__building")
    of_place = Q(building__isnull=False) & in_scope(viewer)
    return documents.filter(of_lot | of_place | Q(building=None, lot=None, client__isnull=False) & in_scope(viewer))


# Who will read it


def readers_words(paper: Addressed, *, counts: Counts, client: Client | None) -> str:
    """« Visible par 42 copropriétaires »; nothing while it is not said to whom."""
    if paper.audience in (Audience.CLIENT, Audience.ACCOUNT):
        return f"Visible par {client.full_name}" if client else ""
    key = key_of(paper)
    if key is None:
        return ""
    one, several = READERS[Audience(paper.audience)]
    found = counts.get(key, 0)
    if not found:
        return f"Visible par personne aujourd’hui\u00a0: aucun {one} n’est connu"
    return f"Visible par {format_whole(found)} {several if found > 1 else one}"


def key_of(paper: Addressed) -> tuple[str, int] | None:
    """What its readers are counted under."""
    if paper.audience == Audience.LOT:
        return (f"{Audience.LOT} {paper.dated_on}", paper.lot_id) if paper.lot_id else None
    if paper.audience == Audience.EVERYONE:
        return (paper.audience, paper.agency_id)
    return (paper.audience, paper.building_id) if paper.audience in READERS and paper.building_id else None


def readers_counts(papers: Iterable[Addressed]) -> Counts:
    """How many clients may read each today, as `Document.visible_to` says: a query an audience, however many papers."""
    wanted: dict[str, set[int]] = defaultdict(set)
    lots: set[tuple[int, dt.date]] = set()
    for paper in papers:
        if paper.audience == Audience.LOT and paper.lot_id and paper.dated_on:
            lots.add((paper.lot_id, paper.dated_on))
        elif (key := key_of(paper)) is not None:
            wanted[key[0]].add(key[1])
    counts: Counts = {}
    for audience, ids in wanted.items():
        counts |= {(audience, key): count for key, count in COUNTERS[Audience(audience)](ids)}
    return counts | counts_of_lots(lots)


Counted = Iterable[tuple[int, int]]


def owners_of(buildings: Collection[int]) -> Counted:
    open_still = still_readable("lot__building__")
    owned = Ownership.objects.filter(in_force(), open_still, lot__building__in=buildings).order_by()
    return owned.values(key=F("lot__building_id")).values_list("key", Count("client", distinct=True))


def tenants_of(buildings: Collection[int]) -> Counted:
    let_today = in_force() & in_force("lease__") & still_readable("lease__lot__building__")
    rented = Tenancy.objects.filter(let_today, lease__lot__building__in=buildings).order_by()
    return rented.values(key=F("lease__lot__building_id")).values_list("key", Count("client", distinct=True))


def council_of(buildings: Collection[int]) -> Counted:
    seats = CouncilSeat.objects.filter(in_force(), still_readable("building__"), building__in=buildings).order_by()
    return seats.values(key=F("building_id")).values_list("key", Count("client", distinct=True))


def clients_of(agencies: Collection[int]) -> Counted:
    clients = Client.objects.filter(agency__in=agencies, closed_on=None).order_by()
    return clients.values(key=F("agency_id")).values_list("key", Count("pk"))


COUNTERS = {
    Audience.OWNERS: owners_of,
    Audience.TENANTS: tenants_of,
    Audience.COUNCIL: council_of,
    Audience.EVERYONE: clients_of,
}


def counts_of_lots(lots: Collection[tuple[int, dt.date]]) -> Counts:
    """Who owns or lets a lot today, and whoever held it, in whatever right, on the day of the paper."""
    if not lots:
        return {}
    begun = Holding.objects.filter(still_readable("building__"), starts_on__lte=TODAY)
    holdings = begun.filter(lot__in={lot for lot, _day in lots})
    holdings = holdings.annotate(today=ExpressionWrapper(in_force(), output_field=BooleanField()))
    readers: dict[tuple[int, dt.date], set[int]] = defaultdict(set)
    columns = ("lot_id", "client_id", "right", "starts_on", "ends_on", "today")
    for lot_id, client_id, right, starts_on, ends_on, today in holdings.order_by().values_list(*columns):
        for lot, day in lots:
            of_its_time = starts_on <= day and (ends_on is None or ends_on >= day)
            if lot == lot_id and (of_its_time or (today and right != Holding.Right.TENANCY)):
                readers[lot, day].add(client_id)
    return {(f"{Audience.LOT} {day}", lot): len(found) for (lot, day), found in readers.items()}
