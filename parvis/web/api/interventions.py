"""Interventions: those of the agency's books are sent, all are read."""

import datetime as dt
from typing import Annotated

from django.db.models import QuerySet
from ninja import Path, Router, Schema
from pydantic import Field

from parvis.exchange.actions.feed import told_intervention
from parvis.exchange.rules.scopes import Scope
from parvis.interventions.models import Intervention
from parvis.web.api.keys import ApiRequest, opened_by
from parvis.web.api.problems import Problem
from parvis.web.api.receiving import receive
from parvis.web.api.schemas import PLAIN, AfterId, Body, Limit, Written
from parvis.web.api.tables import Row, cells_of, row_model

MOST_CASES, MOST_STEPS = 200, 50
router = Router(tags=["Interventions"])
EventRow = row_model("intervention_events", title="InterventionEventRow", but=["intervention"])
InterventionRow = row_model(
    "interventions",
    title="InterventionRow",
    events=(
        list[EventRow],  # type: ignore[valid-type]  # made from a file
        Field(default_factory=list, max_length=MOST_STEPS, description="Les étapes de son suivi."),
    ),
)
Number = Annotated[
    str,
    Path(min_length=1, max_length=40, pattern=PLAIN, description="Numéro de l’intervention, tel qu’il est affiché."),
]


class InterventionRows(Body):
    rows: list[InterventionRow] = Field(min_length=1, max_length=MOST_CASES, description="Les interventions.")  # type: ignore[valid-type]  # made


class InterventionTold(Schema):
    """Une intervention telle que Parvis la connaît."""

    id: str = Field(description="Identifiant public.")
    number: str = Field(description="Numéro.")
    building: str = Field(description="Référence de l’immeuble.")
    lot: str = Field(description="Numéro du lot ; vide pour les parties communes.")
    reporter: str = Field(description="Identifiant du déclarant ; vide si c’est l’agence.")
    scope: str = Field(description="common (parties communes) ou private (logement).")
    state: str = Field(description="État, dans les mots du format d’échange.")
    is_urgent: bool = Field(description="Urgente.")
    title: str = Field(description="Objet.")
    description: str = Field(description="Description.")
    place: str = Field(description="Lieu.")
    supplier_name: str = Field(description="Entreprise.")
    next_step: str = Field(description="Prochaine étape.")
    next_step_on: dt.date | None = Field(description="Prévue le.")
    reported_on: dt.date = Field(description="Déclarée le.")
    closed_on: dt.date | None = Field(description="Close le.")


class InterventionPage(Schema):
    items: list[InterventionTold] = Field(description="Les interventions, dans un ordre qui ne change pas.")
    next: str = Field(description="Où reprendre ; vide quand il n’y a plus rien.")


@router.put("/interventions", **opened_by(Scope.INTERVENTIONS_WRITE), response=Written, url_name="interventions-send")
def send_interventions(request: ApiRequest, body: InterventionRows) -> Written:
    """Crée ou modifie des interventions et leurs étapes. Une ligne fautive, et rien n’est changé. Une intervention
    que l’agence ou un client a déjà fait avancer dans Parvis garde l’état qu’elle y a."""
    cells = cells_of(body.rows, place="rows", but=["events"])
    steps, places = steps_of(body.rows)
    return receive(
        key=request.api_key,
        tables={"interventions": cells, "intervention_events": steps},
        places={"interventions": [f"/rows/{rank}" for rank in range(len(cells))], "intervention_events": places},
    )


def steps_of(rows: list[Row]) -> tuple[list[dict[str, str]], list[str]]:
    """The steps of all the cases as one table, each under the number of its case, and where each stands."""
    numbers, steps, places = [], [], []
    for rank, row in enumerate(rows):
        for step_rank, step in enumerate(getattr(row, "events")):  # noqa: B009 -- a field made from a file
            numbers.append(getattr(row, "number"))  # noqa: B009
            steps.append(step)
            places.append(f"/rows/{rank}/events/{step_rank}")
    cells = cells_of(steps, place="rows")
    return [{"intervention": number, **cell} for number, cell in zip(numbers, cells, strict=True)], places


@router.get(
    "/interventions", **opened_by(Scope.INTERVENTIONS_READ), response=InterventionPage, url_name="interventions-index"
)
def list_interventions(request: ApiRequest, after: AfterId = "", limit: Limit = 100) -> InterventionPage:
    """Toutes les interventions de l’agence, page par page."""
    found = list(interventions_of(request).filter(public_id__gt=after).order_by("public_id")[: limit + 1])
    last = found[limit - 1].public_id if len(found) > limit else ""
    return InterventionPage(items=[told(row) for row in found[:limit]], next=last)


@router.get(
    "/interventions/{path:number}",
    **opened_by(Scope.INTERVENTIONS_READ),
    response=InterventionTold,
    url_name="interventions-detail",
)
def read_intervention(request: ApiRequest, number: Number) -> InterventionTold:
    """Une intervention, par son numéro."""
    row = interventions_of(request).filter(number=number).first()
    if row is None:
        raise Problem("not-found")
    return told(row)


def interventions_of(request: ApiRequest) -> QuerySet[Intervention]:
    return Intervention.objects.of_agency(request.api_key.agency).select_related("building", "lot", "reporter")


def told(row: Intervention) -> InterventionTold:
    return InterventionTold(**told_intervention(row))
