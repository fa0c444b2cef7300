"""Once a day, each login is told of the documents that came for it: a notice each, one mail for all."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from parvis.documents import emails
from parvis.documents.models import Audience, Document, Kind
from parvis.kit.days import paris_day
from parvis.notices.access import readers_of
from parvis.notices.actions import Said, notify_together
from parvis.notices.models import Notice
from parvis.people.models import Client, User, Viewer
from parvis.property.models import CouncilSeat, Holding

LOOKED_BACK = dt.timedelta(days=3)
# A file of ten years that comes in at once is no news: a paper is new while its own date is near.
NEWS_FOR = dt.timedelta(days=45)
CLIENTS_AT_ONCE = 500


def tell_of_new(*, now: dt.datetime) -> int:
    """Tell the logins of what was published in the last days; return how many notices were made.

    Twice does no harm: a document is told once to a login.
    """
    today = paris_day(now)
    recent = recent_documents(now=now)
    told = 0
    concerned = sorted(clients_of(recent))
    for start in range(0, len(concerned), CLIENTS_AT_ONCE):
        greetings: dict[int, str] = {}
        for of_client in readers_of(concerned[start : start + CLIENTS_AT_ONCE], day=today).values():
            greetings |= of_client
        told += sum(tell_login(user, greeting=greetings[user.pk], recent=recent) for user in logins(greetings))
    return told


def recent_documents(*, now: dt.datetime) -> QuerySet[Document]:
    """What is news: published in the last days, dated not long before; nothing that a client sent."""
    recent = Document.objects.published().filter(published_at__gt=now - LOOKED_BACK)
    return recent.filter(dated_on__gt=paris_day(now) - NEWS_FOR).exclude(kind=Kind.SENT_BY_CLIENT)


def clients_of(recent: QuerySet[Document]) -> set[int]:
    """Whoever may be concerned; each login is then told what it may see, no more."""
    papers = recent.order_by()
    mine = papers.filter(client__isnull=False).values_list("client_id", flat=True)
    of_lot = Q(lot__in=papers.filter(audience=Audience.LOT).values("lot_id"))
    of_building = Q(building__in=papers.filter(audience__in=(Audience.OWNERS, Audience.TENANTS)).values("building_id"))
    held = Holding.objects.filter(of_lot | of_building).order_by().values_list("client_id", flat=True)
    councils = papers.filter(audience=Audience.COUNCIL).values("building_id")
    seats = CouncilSeat.objects.filter(building__in=councils).order_by().values_list("client_id", flat=True)
    everyone = papers.filter(audience=Audience.EVERYONE).values("agency_id")
    all_of_agency = Client.objects.filter(agency__in=everyone, grants__ended_at=None, grants__isnull=False)
    return {*mine, *held, *seats, *all_of_agency.order_by().values_list("pk", flat=True)}


def logins(user_ids: Collection[int]) -> Iterable[User]:
    users: Iterable[User] = User.objects.filter(pk__in=user_ids).select_related("agency").order_by("pk")
    return users


def tell_login(user: User, *, greeting: str, recent: QuerySet[Document]) -> int:
    """One login: what it may see of what is news, and has not been told of yet."""
    viewer = Viewer(user_id=user.pk, agency_id=user.agency_id)
    seen = Document.objects.visible_to(viewer).filter(pk__in=recent.order_by().values("pk")).order_by("-dated_on", "pk")
    documents = {f"document-{document.public_id}": document for document in seen}
    if not documents:
        return 0
    return notify_together(
        user_id=user.pk,
        greeting=greeting,
        kind=Notice.Kind.DOCUMENT,
        said=[
            Said(text=f"Document disponible : {paper.title}", target=("document", paper.public_id), key=key)
            for key, paper in documents.items()
        ],
        write=lambda keys: emails.documents_available(agency=user.agency, documents=[documents[key] for key in keys]),
    )
