"""What has changed on the portal since the last time."""

import datetime as dt
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from parvis.exchange.actions.feed import Fact, facts_after, latest_position, present_states
from parvis.exchange.rules.feed import Kind, cursor_of, position_of
from parvis.exchange.rules.scopes import OPENS_KIND, Scope, kinds_open_to
from parvis.web.api.interventions import InterventionTold
from parvis.web.api.keys import ApiRequest, opened_by, refuse_closed, without_right
from parvis.web.api.schemas import Cursor, Limit, wrong_cursor

router = Router(tags=["Changements"])
NO_KINDS: list[Kind] = []
Kinds = Annotated[
    list[Kind],
    Query(description="Les natures voulues ; si rien n’est dit, toutes celles que lit la clé."),
]


class MessageTold(Schema):
    """Un message d’une conversation."""

    id: str = Field(description="Identifiant public.")
    sent_at: dt.datetime = Field(description="Instant de l’envoi.")
    is_from_agency: bool = Field(description="Vrai : l’agence a écrit ; faux : le client.")
    author_name: str = Field(description="Nom de l’auteur.")
    body: str = Field(description="Le message.")
    has_attachment: bool = Field(description="Vrai : une pièce jointe l’accompagne.")


class ThreadTold(Schema):
    """Une conversation et ses vingt derniers messages."""

    id: str = Field(description="Identifiant public.")
    customer_reference: str = Field(description="Identifiant du client.")
    building: str = Field(description="Référence de l’immeuble dont elle parle, ou vide.")
    lot: str = Field(description="Numéro du lot dont elle parle, ou vide.")
    subject: str = Field(description="Sujet.")
    state: str = Field(description="waiting (attend l’agence), answered ou closed.")
    messages: list[MessageTold] = Field(description="Les vingt derniers, du plus ancien au plus récent.")


class ActivationTold(Schema):
    """Un accès : les clients qui entrent avec lui."""

    opened: list[str] = Field(description="Identifiants des clients dont l’accès est ouvert.")
    closed: list[str] = Field(description="Identifiants des clients dont cet accès est fermé.")


class ChangeTold(Schema):
    """Un changement, et ce que la chose est aujourd’hui. Un seul des quatre derniers champs est rempli."""

    kind: Kind = Field(description="Nature.")
    event: str = Field(description="Ce qui s’est passé, dans les mots du journal.")
    id: str = Field(description="Identifiant public de la chose.")
    happened_at: dt.datetime = Field(description="Instant.")
    cursor: str = Field(description="Où reprendre après ce changement.")
    profile: dict[str, str] | None = Field(None, description="Changement de coordonnées demandé, comme dans l’export.")
    intervention: InterventionTold | None = Field(None, description="L’intervention.")
    message: ThreadTold | None = Field(None, description="La conversation.")
    activation: ActivationTold | None = Field(None, description="L’accès.")


class ChangePage(Schema):
    items: list[ChangeTold] = Field(description="Les changements, dans l’ordre où ils sont arrivés.")
    next: str = Field(description="Où reprendre la prochaine fois : gardez-le.")
    has_more: bool = Field(description="Vrai : redemandez tout de suite, même si la page est vide.")


class Position(Schema):
    cursor: str = Field(description="Où le journal en est maintenant.")


@router.get("/changes", **opened_by(Scope.CHANGES_READ), response=ChangePage, url_name="changes-index")
def list_changes(
    request: ApiRequest,
    after: Cursor = "",
    kinds: Kinds = NO_KINDS,
    limit: Limit = 100,
) -> ChangePage:
    """Ce qui a changé depuis ce curseur : coordonnées et accès (clients:read), interventions (interventions:read),
    messages (messages:read). Rien n’est sauté, même si plusieurs changements arrivent en même temps."""
    wanted = opened_kinds(request, kinds)
    try:
        position = position_of(after) if after else 0
    except ValueError as error:
        raise wrong_cursor("after", where="query") from error
    agency = request.api_key.agency
    facts = facts_after(position, agency=agency, kinds=wanted, most=limit)
    states = present_states(facts.found, agency=agency)
    return ChangePage(
        items=[told(fact, state=states.get((fact.kind, fact.object_id))) for fact in facts.found],
        next=cursor_of(facts.position),
        has_more=facts.has_more,
    )


@router.get("/changes/now", **opened_by(Scope.CHANGES_READ), response=Position, url_name="changes-now")
def read_position(request: ApiRequest) -> Position:
    """Le curseur d’aujourd’hui, pour qui ne s’intéresse qu’à la suite."""
    return Position(cursor=cursor_of(latest_position(request.api_key.agency)))


def opened_kinds(request: ApiRequest, asked: list[Kind]) -> list[Kind]:
    """Those asked for, or all that the key reads. Refuses a key that reads none of them."""
    refuse_closed(request, asked)
    wanted = asked or kinds_open_to(request.api_key.scopes)
    if not wanted:
        raise without_right(*sorted(set(OPENS_KIND.values())))
    return wanted


def told(fact: Fact, *, state: dict[str, Any] | None) -> ChangeTold:  # Any: what JSON holds
    """A thing that is gone meanwhile is told without its state."""
    told_state: dict[str, Any] = {fact.kind.value: state}
    return ChangeTold(
        kind=fact.kind,
        event=fact.verb,
        id=fact.object_id,
        happened_at=fact.happened_at,
        cursor=cursor_of(fact.position),
        **told_state,
    )
