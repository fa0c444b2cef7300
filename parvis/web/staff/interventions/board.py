"""The board: the open cases in five columns, from what has just come in to what only waits to be confirmed.

A page costs the same with ten cases and with ten thousand: each column reads its first cases alone.
"""

from dataclasses import dataclass

from django.db.models import Count

from parvis.interventions.access import cases_of_agency
from parvis.interventions.models import Intervention
from parvis.kit.clock import database_now
from parvis.people.models import Viewer
from parvis.web.staff.interventions.lines import Line

State = Intervention.State
SHOWN = 8
COLUMNS: tuple[tuple[str, str, tuple[State, ...], str], ...] = (
    (
        "a-prendre-en-charge",
        "À prendre en charge",
        (State.REPORTED,),
        "Rien n’attend\u00a0: toutes les déclarations sont prises en charge.",
    ),
    (
        "a-organiser",
        "À organiser",
        (State.ACKNOWLEDGED, State.QUOTE_REQUESTED),
        "Aucune intervention à organiser.",
    ),
    ("en-attente", "En attente", (State.AWAITING_APPROVAL, State.ON_HOLD), "Aucune intervention en attente."),
    (
        "chez-l-entreprise",
        "Chez l’entreprise",
        (State.ORDERED, State.SCHEDULED, State.IN_PROGRESS),
        "Aucune entreprise n’est à l’œuvre.",
    ),
    ("a-confirmer", "À confirmer", (State.DONE,), "Aucune réparation à confirmer."),
)
STATES = [state for _, _, states, _ in COLUMNS for state in states]
STATES_OF = {slug: states for slug, _, states, _ in COLUMNS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Some states under one heading: how many cases, and the first of them."""

    slug: str
    title: str
    empty: str
    count: int
    lines: list[Line]

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    columns: list[Column]
    late_count: int

    @property
    def count(self) -> int:
        return sum(column.count for column in self.columns)

    @property
    def waiting_count(self) -> int:
        return self.columns[0].count


def board_page(viewer: Viewer, *, postal_code: str) -> BoardPage:
    cases, now = cases_of_agency(viewer), database_now()
    counts: dict[str, int] = dict(cases.in_progress().order_by().values_list("state").annotate(Count("pk")))
    lines = [Line(case=case, now=now) for case in cases.first_of_each(STATES, most=SHOWN).with_place()]
    return BoardPage(
        columns=[
            Column(
                slug=slug,
                title=title,
                empty=empty,
                count=sum(counts.get(state, 0) for state in states),
                lines=[line for line in lines if line.case.state in states][:SHOWN],
            )
            for slug, title, states, empty in COLUMNS
        ],
        late_count=cases.late(now=now, postal_code=postal_code).count(),
    )
