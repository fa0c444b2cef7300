"""Interventions: what a person reads of a case, which depends on whether they reported it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from parvis.interventions.models import Intervention, InterventionEvent
from parvis.kit.prepared import prepared
from parvis.kit.typography import lower_first
from parvis.kit.viewer import Viewer as AnyViewer
from parvis.people.models import Viewer

CASES_SHOWN = 30
STEPS_SHOWN = 6
LAST_STEPS = 3
ENDED_FILTER = "terminees"

TONES = {
    Intervention.State.DONE: "ok",
    Intervention.State.CLOSED: "ok",
    Intervention.State.ON_HOLD: "warning",
    Intervention.State.AWAITING_APPROVAL: "warning",
    Intervention.State.REJECTED: "",
    Intervention.State.CANCELLED: "",
    Intervention.State.MERGED: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An intervention as the viewer reads it."""

    intervention: Intervention
    is_own: bool

    @property
    def tone(self) -> str:
        return TONES.get(Intervention.State(self.intervention.state), "accent")

    @property
    def place(self) -> str:
        """« Résidence Les Acacias, parking, niveau −1 »."""
        parts = (self.intervention.building.name, lower_first(self.intervention.place))
        return ", ".join(part for part in parts if part)

    @property
    def description(self) -> str:
        """What the reporter wrote is for them and for those of the lot, never for the neighbours."""
        is_private = self.intervention.scope == Intervention.Scope.PRIVATE
        return self.intervention.description if self.is_own or is_private else ""

    def shown_author(self, name: str) -> str:
        """Neighbours never learn who reported the case."""
        reporter = self.intervention.reporter
        return "" if reporter and not self.is_own and name == reporter.full_name else name

    @property
    def supplier_name(self) -> str:
        """Named once the order is sent."""
        is_shown = self.intervention.state in Intervention.SUPPLIER_IS_NAMED
        return self.intervention.supplier_name if is_shown else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterventionsPage:
    """The list, filtered, and the counts of both filters."""

    shows_ended: bool
    in_progress_count: int
    ended_count: int
    ranks: "Page[int]"
    cases: list[Case]

    @property
    def filter(self) -> str:
        """What the links to other pages keep."""
        return f"etat={ENDED_FILTER}" if self.shows_ended else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that happened to a case."""

    label: str
    happened_on: dt.date
    author_name: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterventionPage:
    """One case and its steps, oldest first."""

    case: Case
    steps: list[Step]
    is_ended: bool

    @property
    def folded_count(self) -> int:
        """How many steps in the middle a long story folds: neither the report nor the last ones."""
        return len(self.steps) - 1 - LAST_STEPS if len(self.steps) > STEPS_SHOWN else 0

    @property
    def first_steps(self) -> list[Step]:
        return self.steps[:1] if self.folded_count else []

    @property
    def folded_steps(self) -> list[Step]:
        return self.steps[1 : 1 + self.folded_count] if self.folded_count else []

    @property
    def last_steps(self) -> list[Step]:
        return self.steps[1 + self.folded_count :] if self.folded_count else self.steps

    @property
    def number(self) -> str:
        return f"N°\u00a0{self.case.intervention.number}"


def interventions_page(viewer: Viewer, *, shows_ended: bool, page_number: str) -> InterventionsPage:
    counts: dict[str, int] = dict(counts_by_state(viewer))
    ended = sum(counts.get(state, 0) for state in Intervention.ENDED)
    in_progress = sum(counts.values()) - ended
    ranks = Paginator(range(ended if shows_ended else in_progress), CASES_SHOWN).get_page(page_number)
    return InterventionsPage(
        shows_ended=shows_ended,
        in_progress_count=in_progress,
        ended_count=ended,
        ranks=ranks,
        cases=[case_of(row, viewer=viewer) for row in rows_of(viewer, shows_ended=shows_ended, ranks=ranks)],
    )


def rows_of(viewer: Viewer, *, shows_ended: bool, ranks: "Page[int]") -> list[Intervention]:
    if ranks.number == 1:
        return newest_ended(viewer) if shows_ended else newest_in_progress(viewer)
    wanted = ended_cases(viewer) if shows_ended else cases_in_progress(viewer)
    return list(wanted[ranks.start_index() - 1 : ranks.end_index()])


def cases_in_progress(viewer: AnyViewer) -> QuerySet[Intervention]:
    return Intervention.objects.visible_to(viewer).in_progress().select_related("building")


def ended_cases(viewer: AnyViewer) -> QuerySet[Intervention]:
    return Intervention.objects.visible_to(viewer).filter(state__in=Intervention.ENDED).select_related("building")


@prepared
def newest_in_progress(viewer: AnyViewer) -> QuerySet[Intervention]:
    return cases_in_progress(viewer)[:CASES_SHOWN]


@prepared
def newest_ended(viewer: AnyViewer) -> QuerySet[Intervention]:
    return ended_cases(viewer)[:CASES_SHOWN]


@prepared
def counts_by_state(viewer: AnyViewer) -> "QuerySet[Intervention, tuple[Any, ...]]":
    return Intervention.objects.visible_to(viewer).order_by().values_list("state").annotate(Count("pk"))


def intervention_page(intervention: Intervention, *, viewer: Viewer) -> InterventionPage:
    case = case_of(intervention, viewer=viewer)
    return InterventionPage(
        case=case,
        steps=steps_of(case, events=list(intervention.events.all())),
        is_ended=intervention.state in Intervention.ENDED,
    )


def steps_of(case: Case, *, events: list[InterventionEvent]) -> list[Step]:
    """What happened, oldest first. The report comes first even where the agency's follow-up begins after it."""
    reported_on = case.intervention.reported_on
    first = events[0] if events and events[0].happened_on <= reported_on else None
    report = Step(
        label=first.label if first else "Problème déclaré",
        happened_on=reported_on,
        author_name="vous" if case.is_own else case.shown_author(first.author_name if first else ""),
        text=case.description,
    )
    later = events[1:] if first else events
    return [
        report,
        *(step_of(event, case=case) for event in later),
    ]


def step_of(event: InterventionEvent, *, case: Case) -> Step:
    return Step(label=event.label, happened_on=event.happened_on, author_name=case.shown_author(event.author_name))


def case_of(intervention: Intervention, *, viewer: Viewer) -> Case:
    return Case(intervention=intervention, is_own=intervention.reporter_id in viewer.client_ids)
