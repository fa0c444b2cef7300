"""The list of the cases that a client sees, under three filters."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from parvis.interventions.models import Intervention, ReportDraft
from parvis.kit.prepared import prepared
from parvis.kit.viewer import Viewer
from parvis.web.client.interventions.case import Case, case_of

CASES_SHOWN = 30
IN_PROGRESS, ENDED, OF_BUILDING = "", "terminees", "immeuble"
FILTERS = (IN_PROGRESS, ENDED, OF_BUILDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class InterventionsPage:
    """The list, filtered, the counts of the three filters, and the declaration that was begun, if any."""

    chosen: str
    counts: dict[str, int]
    ranks: "Page[int]"
    cases: list[Case]
    draft: ReportDraft | None

    @property
    def in_progress_count(self) -> int:
        return self.counts[IN_PROGRESS]

    @property
    def ended_count(self) -> int:
        return self.counts[ENDED]

    @property
    def building_count(self) -> int:
        return self.counts[OF_BUILDING]

    @property
    def shows_ended(self) -> bool:
        return self.chosen == ENDED

    @property
    def shows_building(self) -> bool:
        return self.chosen == OF_BUILDING

    @property
    def filter(self) -> str:
        """What the links to other pages keep."""
        return f"etat={self.chosen}" if self.chosen else ""


def interventions_page(viewer: Viewer, *, asked: str, page_number: str) -> InterventionsPage:
    chosen = asked if asked in FILTERS else IN_PROGRESS
    counts = counts_of(viewer)
    ranks = Paginator(range(counts[chosen]), CASES_SHOWN).get_page(page_number)
    rows = rows_of(viewer, chosen=chosen, ranks=ranks)
    return InterventionsPage(
        chosen=chosen,
        counts=counts,
        ranks=ranks,
        cases=[case_of(row, viewer=viewer) for row in rows],
        draft=ReportDraft.objects.visible_to(viewer).first(),
    )


def counts_of(viewer: Viewer) -> dict[str, int]:
    """How many are under way, ended, and under way in the common parts."""
    counts = dict.fromkeys(FILTERS, 0)
    for state, scope, count in counts_by_state(viewer):
        is_ended = state in Intervention.ENDED
        counts[ENDED if is_ended else IN_PROGRESS] += count
        counts[OF_BUILDING] += count if scope == Intervention.Scope.COMMON and not is_ended else 0
    return counts


def rows_of(viewer: Viewer, *, chosen: str, ranks: "Page[int]") -> list[Intervention]:
    if ranks.number == 1:
        newest = {IN_PROGRESS: newest_in_progress, ENDED: newest_ended, OF_BUILDING: newest_of_building}
        return list(newest[chosen](viewer))
    wanted = {IN_PROGRESS: cases_in_progress, ENDED: ended_cases, OF_BUILDING: cases_of_building}[chosen](viewer)
    return list(wanted[ranks.start_index() - 1 : ranks.end_index()])


def cases_in_progress(viewer: Viewer) -> QuerySet[Intervention]:
    return Intervention.objects.visible_to(viewer).in_progress().select_related("building")


def ended_cases(viewer: Viewer) -> QuerySet[Intervention]:
    return Intervention.objects.visible_to(viewer).filter(state__in=Intervention.ENDED).select_related("building")


def cases_of_building(viewer: Viewer) -> QuerySet[Intervention]:
    return cases_in_progress(viewer).filter(scope=Intervention.Scope.COMMON)


@prepared
def newest_in_progress(viewer: Viewer) -> QuerySet[Intervention]:
    return cases_in_progress(viewer)[:CASES_SHOWN]


@prepared
def newest_ended(viewer: Viewer) -> QuerySet[Intervention]:
    return ended_cases(viewer)[:CASES_SHOWN]


@prepared
def newest_of_building(viewer: Viewer) -> QuerySet[Intervention]:
    return cases_of_building(viewer)[:CASES_SHOWN]


@prepared
def counts_by_state(viewer: Viewer) -> "QuerySet[Intervention, tuple[Any, ...]]":
    cases = Intervention.objects.visible_to(viewer).order_by()
    return cases.values_list("state", "scope").annotate(Count("pk"))
