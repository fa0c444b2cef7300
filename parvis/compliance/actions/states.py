"""Keeping the history of the legal list, and what the agency says to have no object."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from parvis.agencies.models import Agency
from parvis.compliance.models import LegalState, Waiver
from parvis.compliance.models.papers import papers_of, read_by, situations_of, syndic_buildings
from parvis.compliance.rules.items import ALL_OWNERS, COUNCIL, ITEMS
from parvis.compliance.rules.items import Audience as Part
from parvis.compliance.rules.states import ItemState, Paper, Situation, states_of
from parvis.journal import actions as journal
from parvis.kit.days import paris_day
from parvis.kit.refusals import Refusal
from parvis.people.models import User
from parvis.property.models import Building

BATCH = 200


class AlwaysRequired(Refusal):
    """An item that the law asks for whatever the building."""

    message = "Ce document est toujours exigé\u00a0: il ne peut pas être déclaré sans objet."


def item_states(papers: Iterable[tuple[Paper, bool]], *, situation: Situation) -> list[ItemState]:
    """The fourteen items that are a building's: those of all co-owners, then those of its council."""
    papers = list(papers)
    return [
        *states_of(ALL_OWNERS, papers=read_by(papers, Part.ALL_OWNERS), situation=situation),
        *states_of(COUNCIL, papers=read_by(papers, Part.COUNCIL), situation=situation),
    ]


def refresh_buildings(*, agency: Agency, day: dt.date | None = None) -> int:
    """Write what changed in the legal list of every syndicat of the agency; return how many items did.

    A second run of the same day changes nothing: an item keeps its row for as long as it stands the same.
    """
    day = day or paris_day(timezone.now())
    buildings = list(syndic_buildings(agency.pk).order_by("pk"))
    return sum(
        refresh(buildings[start : start + BATCH], agency=agency, day=day) for start in range(0, len(buildings), BATCH)
    )


@transaction.atomic
def refresh(buildings: list[Building], *, agency: Agency, day: dt.date) -> int:
    papers = papers_of(buildings, agency_id=agency.pk)
    situations = situations_of(buildings, agency_id=agency.pk, day=day)
    kept = {(row.building_id, row.code): row for row in LegalState.objects.current().filter(building__in=buildings)}
    ended, begun = [], []
    for building in buildings:
        for state in item_states(papers[building.pk], situation=situations[building.pk]):
            row = kept.get((building.pk, state.item.code))
            if row and row.status == state.status:
                continue
            began_on = min(state.whole.since or day, day)
            if row:
                row.ended_on = max(row.began_on, began_on)
                ended.append(row)
            begun.append(
                LegalState(
                    agency=agency,
                    building=building,
                    code=state.item.code,
                    status=state.status,
                    began_on=began_on,
                )
            )
    LegalState.objects.bulk_update(ended, ["ended_on"], batch_size=BATCH)
    LegalState.objects.bulk_create(begun, ignore_conflicts=True, batch_size=BATCH)
    return len(begun)


@transaction.atomic
def waive(*, building: Building, code: str, by: User) -> Waiver:
    """Say that an item has no object for a building. Refuses what the law asks for whatever the building."""
    if code not in ITEMS or not ITEMS[code].may_be_waived:
        raise AlwaysRequired
    waiver, is_new = Waiver.objects.get_or_create(
        building=building,
        code=code,
        ended_at=None,
        defaults={"agency": building.agency, "declared_by": by, "declared_at": timezone.now()},
    )
    if is_new:
        refresh([building], agency=building.agency, day=paris_day(timezone.now()))
        journal.record(
            agency_id=building.agency_id,
            verb="waive_legal_document",
            actor=("user", by.public_id),
            subject=("legal_waiver", waiver.public_id),
        )
    return waiver


@transaction.atomic
def end_waiver(*, building: Building, code: str, by: User) -> None:
    """The item has an object again."""
    ended = Waiver.objects.current().filter(building=building, code=code)
    for waiver in ended.select_for_update(of=("self",)):
        waiver.ended_at = timezone.now()
        waiver.save(update_fields=["ended_at"])
        refresh([building], agency=building.agency, day=paris_day(timezone.now()))
        journal.record(
            agency_id=building.agency_id,
            verb="end_legal_waiver",
            actor=("user", by.public_id),
            subject=("legal_waiver", waiver.public_id),
        )
