"""The rows of « Télécharger mes données »: what the pages keep from a reader, their copy keeps too."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db import models

from parvis.exchange.rules.own_data import KNOWN_BY, is_copied
from parvis.interventions.models import AuthorKind, CaseMessage, Intervention, InterventionEvent, Photo
from parvis.ledger.models import Account
from parvis.people.models import Client, Representation, Viewer

Columns = list[tuple[str, str]]
Row = dict[str, Any]  # Any: what a column holds

# A client is known by the identifiant with which they sign in: that of somebody else stands in no copy.
OF_CLIENT = "__customer_reference"
# Neighbours never learn who wrote about a case: the books say no kind of author.
OF_REPORTER = ("description", "availability", "phone", "ending_reason")
FOLLOW_UP = (InterventionEvent, CaseMessage, Photo)


def columns_of(model: type[models.Model]) -> Columns:
    """What is read of each row, and its French title. Who a row points to is named, never by our own numbers."""
    found: Columns = []
    for field in model._meta.concrete_fields:
        if not is_copied(model._meta.label, field.name):
            continue
        path = field.name
        if isinstance(field, models.ForeignKey):
            path = path_of(field)
        if path:
            found.append((path, str(field.verbose_name)))
    return found


def path_of(field: "models.ForeignKey[Any, Any]") -> str:
    """« lot » -> « lot__number »; nothing for what bears no name of its own, a login."""
    named = {each.name for each in field.related_model._meta.concrete_fields}
    known = next((name for name in KNOWN_BY if name in named), "")
    return f"{field.name}__{known}" if known else ""


def rows_of(model: type[models.Model], *, columns: Columns, viewer: Viewer) -> Iterator[Row]:
    """Those that the person may see, each once, in the order in which they came."""
    seen = model._default_manager.visible_to(viewer).values("pk")  # type: ignore[attr-defined]  # a guard says they all have it
    rows = model._default_manager.filter(pk__in=seen).order_by("pk")
    own = references_of(viewer)
    for row in rows.values(*(path for path, _ in columns)).iterator(chunk_size=2000):
        hidden = {*hidden_in(model, row, own=own), *others_in(model, row, own=own)}
        yield {path: None if path in hidden else row[path] for path, _ in columns}


def references_of(viewer: Viewer) -> set[str]:
    return set(Client.objects.visible_to(viewer).order_by().values_list("customer_reference", flat=True))


def others_in(model: type[models.Model], row: Row, *, own: Collection[str]) -> set[str]:
    """The columns that name a client whose affairs the person does not read. Who represents whom is theirs to know."""
    if model is Representation:
        return set()
    return {path for path in row if path.endswith(OF_CLIENT) and row[path] not in own}


def hidden_in(model: type[models.Model], row: Row, *, own: Collection[str]) -> set[str]:
    """The columns that the pages do not show of that row."""
    if model is Account and row["is_withheld"]:
        return {"balance_cents", "oldest_unpaid_on"}
    if model is Intervention:
        return hidden_in_case(row, own=own)
    if model in FOLLOW_UP and row["author_kind"] in ("", AuthorKind.CLIENT):
        return {"author_name", "text"} if model is InterventionEvent else {"author_name"}
    return set()


def hidden_in_case(row: Row, *, own: Collection[str]) -> set[str]:
    """What a neighbour wrote about the common parts is theirs; the firm is named once the order is sent."""
    is_theirs = row["scope"] == Intervention.Scope.PRIVATE or row[f"reporter{OF_CLIENT}"] in own
    of_supplier = set() if row["state"] in Intervention.SUPPLIER_IS_NAMED else {"supplier_name", "supplier__name"}
    return of_supplier if is_theirs else {*of_supplier, *OF_REPORTER}
