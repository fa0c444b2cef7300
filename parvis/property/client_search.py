"""Finding a client as people ask for one: a name, an identifiant, a lot, a telephone, a courriel, cut short or not."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from parvis.kit.days import paris_day
from parvis.kit.viewer import Viewer
from parvis.people.models import Client
from parvis.people.rules import normalise_reference
from parvis.property.access import clients_in_scope, of_clients_in_scope
from parvis.property.client_terms import terms_of
from parvis.property.models import Building, ClientWords, Holding

SHOWN = 20
SHORTEST_INSIDE = 3  # letters that may stand inside a word


@dataclasses.dataclass(frozen=True, kw_only=True)
class Found:
    """A client, and where they hold something today: « Appartement T3, lot 12, Résidence Les Acacias »."""

    client: Client
    places: list[str]


def client_search(viewer: Viewer, words: str, *, at_most: int = SHOWN) -> list[Found]:
    """The clients whom a member of the staff may see that hold every word, or its beginning; those of that name first.

    Where no word begins so, those in which it stands anywhere. Nobody is found by nothing.
    """
    ids = ids_found(viewer, words, at_most=at_most)
    clients = clients_in_scope(viewer).in_bulk(ids)
    places = places_of(ids)
    return [Found(client=clients[pk], places=places.get(pk, [])) for pk in ids if pk in clients]


def ids_found(viewer: Viewer, words: str, *, at_most: int) -> list[int]:
    terms = terms_of(words)
    if not terms:
        return []
    exact = clients_in_scope(viewer).filter(reference_key=normalise_reference(words))
    ids = list(exact.order_by().values_list("pk", flat=True)[:1])
    rows = ClientWords.objects.visible_to(viewer).filter(of_clients_in_scope(viewer))
    near = list(holding(rows, terms)[:at_most])
    inside = [term if is_whole(term) else term.strip() for term in terms]
    if not near and min(map(len, inside)) >= SHORTEST_INSIDE:
        near = list(holding(rows, inside)[:at_most])
    return list(dict.fromkeys([*ids, *near]))[:at_most]


def holding(rows: QuerySet[ClientWords], terms: Sequence[str]) -> "QuerySet[ClientWords, int]":
    """Those that hold every term; those whose name does come first, by name."""
    named = Case(When(all_in("names", terms), then=0), default=1, output_field=IntegerField())
    return rows.filter(all_in("words", terms)).order_by(named, "names", "pk").values_list("pk", flat=True)


def is_whole(term: str) -> bool:
    return term.endswith(" ")


def all_in(column: str, terms: Sequence[str]) -> Q:
    condition = Q()
    for term in terms:
        condition &= Q(GreaterThan(StrIndex(column, Value(term)), 0))
    return condition


def places_of(client_ids: Sequence[int]) -> dict[int, list[str]]:
    """What each holds today, in words."""
    held = Holding.objects.in_force(paris_day(timezone.now())).filter(client__in=client_ids)
    ordered = held.order_by("client", "building__name", "-lot__kind", "lot__number")
    found: dict[int, dict[str, None]] = {}
    for client_id, label, number, building in ordered.values_list(
        "client_id", "lot__label", "lot__number", "building__name"
    ):
        found.setdefault(client_id, {})[f"{label}, lot\u00a0{number}, {building}"] = None
    return {client_id: list(places) for client_id, places in found.items()}


def holders_in(viewer: Viewer, *, building: Building, day: dt.date) -> "QuerySet[Client]":
    """Those whom the viewer may see that own, let or inhabit a lot of the building that day."""
    held = Holding.objects.in_force(day).filter(client=OuterRef("pk"), building=building)
    return clients_in_scope(viewer).filter(Exists(held))
