"""What the rules need of a building, read for many at once: its papers, its meetings, what the agency says of it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from parvis.compliance.models.states import Waiver
from parvis.compliance.rules.items import KINDS, Audience
from parvis.compliance.rules.states import Paper, Situation
from parvis.documents import models as documents
from parvis.kit.days import paris_day
from parvis.ledger.models import Account, Creditor, FiscalYear
from parvis.property.models import Building, Ownership

TO_OWNERS = (documents.Audience.OWNERS, documents.Audience.EVERYONE)
READ = ("pk", "kind", "dated_on", "valid_until", "published_at", "withdrawn_at", "audience", "building_id")


def syndic_buildings(agency_id: int) -> QuerySet[Building]:
    """The buildings whose syndicat the agency is, until they leave it: they have co-owners' accounts or exercises."""
    accounts = Account.objects.filter(building=OuterRef("pk"), kind=Account.Kind.CO_OWNER)
    years = FiscalYear.objects.filter(building=OuterRef("pk"))
    return Building.objects.filter(Exists(accounts) | Exists(years), agency_id=agency_id, closed_on=None)


def papers_of(buildings: Iterable[Building], *, agency_id: int) -> dict[int, list[tuple[Paper, bool]]]:
    """Building → its papers, and whether its co-owners read each (the council reads them all).

    Those of the agency itself, which it shows to everyone, are papers of every building. Withdrawn ones stand too.
    """
    ids = [building.pk for building in buildings]
    shown = Q(building__in=ids, audience__in=(*TO_OWNERS, documents.Audience.COUNCIL)) | Q(
        audience=documents.Audience.EVERYONE
    )
    published = documents.Document.objects.filter(
        shown, agency_id=agency_id, kind__in=KINDS, published_at__isnull=False
    )
    found: dict[int, list[tuple[Paper, bool]]] = defaultdict(list)
    for pk, kind, dated_on, valid_until, published_at, withdrawn_at, audience, building_id in published.values_list(
        *READ
    ):
        paper = Paper(
            key=pk,
            kind=kind,
            dated_on=dated_on,
            published_on=paris_day(published_at),
            valid_until=valid_until,
            withdrawn_on=paris_day(withdrawn_at) if withdrawn_at else None,
        )
        for building in [building_id] if building_id else ids:
            found[building].append((paper, audience in TO_OWNERS))
    return found


def read_by(papers: Iterable[tuple[Paper, bool]], audience: Audience) -> list[Paper]:
    """The papers that count for that part of the list: what only the council reads is not there for the co-owners."""
    return [paper for paper, is_to_owners in papers if is_to_owners or audience is Audience.COUNCIL]


def situations_of(buildings: Iterable[Building], *, agency_id: int, day: dt.date) -> dict[int, Situation]:
    """Building → what is known of it besides its papers, on that day."""
    buildings = list(buildings)
    ids = [building.pk for building in buildings]
    waived = defaultdict(set)
    for building_id, code in Waiver.objects.current().filter(building__in=ids).values_list("building_id", "code"):
        waived[building_id].add(code)
    own_bank = Account.objects.filter(
        building__in=ids, creditor__kind=Creditor.Kind.OWNERS_ASSOCIATION, agency_id=agency_id
    )
    with_bank = set(own_bank.exclude(creditor__iban="").order_by().values_list("building_id", flat=True).distinct())
    owned = Ownership.objects.filter(lot__building__in=ids).order_by()
    with_owners = set(owned.values_list("lot__building_id", flat=True).distinct())
    return {
        building.pk: Situation(
            day=day,
            last_meeting_on=building.last_meeting_on,
            next_meeting_on=building.next_meeting_on,
            has_separate_account=building.pk in with_bank,
            keeps_owners_list=building.pk in with_owners,
            waived=frozenset(waived[building.pk]),
        )
        for building in buildings
    }
