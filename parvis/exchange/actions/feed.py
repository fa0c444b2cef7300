"""What has changed on the portal, for a program of the agency, in the order of the journal.

A fact takes its position under the lock of the journal's head, held until its transaction ends: when a position can be
read, so can all those before it. A cursor is such a position, so that nothing is missed, whoever commits meanwhile.
"""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from parvis.agencies.models import Agency
from parvis.exchange.actions.changes import row_of_change, row_of_choice
from parvis.exchange.rules.feed import Kind, kind_of
from parvis.interventions.models import Intervention
from parvis.journal.models import ChainHead, Record
from parvis.kit.days import PARIS
from parvis.people.models import DeliveryChoice, Grant, ProfileChange
from parvis.threads.models import Message, Thread

MOST_EXAMINED = 2_000
MESSAGES_TOLD = 20
Told = dict[str, Any]  # Any: what JSON holds


@dataclasses.dataclass(frozen=True, kw_only=True)
class Fact:
    """One change: its place in the journal, what happened, to what."""

    position: int
    kind: Kind
    verb: str
    happened_at: dt.datetime
    object_id: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Facts:
    """The changes found up to `position`; more of the journal may follow it."""

    found: list[Fact]
    position: int
    has_more: bool


def latest_position(agency: Agency) -> int:
    """The place of the last fact of the agency's journal: where to begin when the past does not matter."""
    return ChainHead.objects.filter(agency_id=agency.pk).values_list("position", flat=True).first() or 0


def facts_after(position: int, *, agency: Agency, kinds: Collection[Kind], most: int) -> Facts:
    """The next facts of these kinds. Examines a bounded part of the journal: few may come back, and more follow."""
    rows = Record.objects.filter(agency_id=agency.pk, position__gt=position).order_by("position")
    examined = list(rows[:MOST_EXAMINED])
    found: list[Fact] = []
    for row in examined:
        kind = kind_of(verb=row.verb, object_kind=row.object_kind)
        if kind is not None and kind in kinds:
            found.append(fact_of(row, kind=kind))
        position = row.position
        if len(found) == most:
            break
    is_cut = bool(examined) and examined[-1].position > position
    return Facts(found=found, position=position, has_more=is_cut or len(examined) == MOST_EXAMINED)


def fact_of(row: Record, *, kind: Kind) -> Fact:
    return Fact(
        position=row.position,
        kind=kind,
        verb=row.verb,
        happened_at=row.recorded_at,
        object_id=row.object_id or row.actor_id,
    )


# What the changed things say today


def present_states(facts: Iterable[Fact], *, agency: Agency) -> dict[tuple[Kind, str], Told]:
    """What each thing is now, by its kind and its id: a thing changed twice is told once more, as it is."""
    wanted: dict[Kind, set[str]] = {kind: set() for kind in Kind}
    for fact in facts:
        wanted[fact.kind].add(fact.object_id)
    tellers = {
        Kind.PROFILE: profiles,
        Kind.INTERVENTION: interventions,
        Kind.MESSAGE: threads,
        Kind.ACTIVATION: activations,
    }
    return {
        (kind, public_id): told
        for kind, ids in wanted.items()
        if ids
        for public_id, told in tellers[kind](agency, ids).items()
    }


def profiles(agency: Agency, ids: Collection[str]) -> dict[str, Told]:
    mine = {"agency": agency, "public_id__in": ids}
    changes = ProfileChange.objects.filter(**mine).select_related("client")
    choices = DeliveryChoice.objects.filter(**mine).select_related("client")
    rows: list[Told] = [*map(dict, map(row_of_change, changes)), *map(dict, map(row_of_choice, choices))]
    return {row["id"]: row for row in rows}


def interventions(agency: Agency, ids: Collection[str]) -> dict[str, Told]:
    rows = Intervention.objects.of_agency(agency).filter(public_id__in=ids)
    return {row.public_id: told_intervention(row) for row in rows.select_related("building", "lot", "reporter")}


def told_intervention(row: Intervention) -> Told:
    """A case as the agency's books know it, under the names of `interventions.csv`."""
    return {
        "id": row.public_id,
        "number": row.number,
        "building": row.building.reference,
        "lot": row.lot.number if row.lot else "",
        "reporter": row.reporter.customer_reference if row.reporter else "",
        "scope": row.scope,
        "state": row.state,
        "is_urgent": row.is_urgent,
        "title": row.title,
        "description": row.description,
        "place": row.place,
        "supplier_name": row.supplier_name,
        "next_step": row.next_step,
        "next_step_on": row.next_step_on,
        "reported_on": row.reported_on,
        "closed_on": row.closed_on,
    }


def threads(agency: Agency, ids: Collection[str]) -> dict[str, Told]:
    rows = Thread.objects.of_agency(agency).filter(public_id__in=ids).select_related("client", "lot__building")
    latest: dict[int, list[Message]] = {row.pk: [] for row in rows}
    for message in Message.objects.filter(thread__in=latest).order_by("-sent_at", "-pk"):
        if len(latest[message.thread_id]) < MESSAGES_TOLD:
            latest[message.thread_id].append(message)
    return {row.public_id: told_thread(row, messages=latest[row.pk][::-1]) for row in rows}


def told_thread(row: Thread, *, messages: list[Message]) -> Told:
    return {
        "id": row.public_id,
        "customer_reference": row.client.customer_reference,
        "building": row.lot.building.reference if row.lot else "",
        "lot": row.lot.number if row.lot else "",
        "subject": row.subject,
        "state": row.state,
        "messages": [
            {
                "id": message.public_id,
                "sent_at": message.sent_at.astimezone(PARIS),
                "is_from_agency": message.is_from_agency,
                "author_name": message.author_name,
                "body": message.body,
                "has_attachment": message.attachment_id is not None,
            }
            for message in messages
        ],
    }


def activations(agency: Agency, ids: Collection[str]) -> dict[str, Told]:
    """By login: the clients who may sign in with it today, and those who might before."""
    held: dict[str, Told] = {public_id: {"opened": [], "closed": []} for public_id in ids}
    grants = Grant.objects.filter(user__agency=agency, user__public_id__in=ids).select_related("client", "user")
    for grant in grants.order_by("client__customer_reference", "pk"):
        is_open = grant.ended_at is None and grant.user.is_active
        held[grant.user.public_id]["opened" if is_open else "closed"].append(grant.client.customer_reference)
    return held
