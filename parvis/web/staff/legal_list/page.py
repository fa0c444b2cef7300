"""The worklist of the legal documents: the buildings, worst first, and one of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from parvis.compliance.access import buildings_to_watch, states_to_watch
from parvis.compliance.actions.states import item_states
from parvis.compliance.models import LegalState
from parvis.compliance.models.papers import papers_of, situations_of
from parvis.compliance.rules.items import ITEMS
from parvis.compliance.rules.states import WORST_FIRST, Status
from parvis.compliance.rules.words import LABELS, progress_words, rule_words, status_words
from parvis.kit.french_dates import short_date
from parvis.people.models import Viewer
from parvis.property.models import Building
from parvis.web.ui.legal_lines import LegalLine, lines_of

WRONG = (Status.MISSING, Status.EXPIRED, Status.STALE)
CSV_HEADER = ["Immeuble", "Référence", "Document", "État", "Depuis le", "Texte"]


@dataclass(frozen=True, slots=True)
class Standing:
    """An item of a building, and since when it stands so."""

    code: str
    status: Status
    began_on: dt.date

    @property
    def words(self) -> str:
        return ITEMS[self.code].words

    @property
    def label(self) -> str:
        return status_words(self.status, self.began_on)

    @property
    def rank(self) -> tuple[int, dt.date, str]:
        return (WORST_FIRST.index(self.status), self.began_on, self.code)


@dataclass(frozen=True, slots=True)
class BuildingLine:
    """A building and what it wants, the worst first."""

    building: Building
    standings: list[Standing]

    @property
    def wrong(self) -> list[Standing]:
        return sorted((row for row in self.standings if row.status in WRONG), key=lambda row: row.rank)

    @property
    def progress(self) -> str:
        if not self.standings:
            return "Pas encore examiné"
        return progress_words(row.status for row in self.standings)

    @property
    def rank(self) -> tuple[int, dt.date, str]:
        """More missing or expired first, then out of date, then the oldest."""
        bad = sum(row.status is not Status.STALE for row in self.wrong)
        oldest = min((row.began_on for row in self.wrong), default=dt.date.max)
        return (-(100 * bad + len(self.wrong)), oldest, self.building.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistPage:
    """Every syndicat of the agency."""

    lines: list[BuildingLine]

    @property
    def wrong_count(self) -> int:
        return sum(len(line.wrong) for line in self.lines)

    @property
    def complete_count(self) -> int:
        return sum(not line.wrong and bool(line.standings) for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingPage:
    """One building: each item today, and what it was before."""

    building: Building
    lines: list[LegalLine]
    progress: str
    rule: str
    past: list[tuple[str, str, LegalState]]


def worklist(viewer: Viewer) -> WorklistPage:
    standings = defaultdict(list)
    rows = (
        states_to_watch(viewer).order_by("building_id", "code").values_list("building_id", "code", "status", "began_on")
    )
    for building_id, code, status, began_on in rows:
        standings[building_id].append(Standing(code, Status(status), began_on))
    lines = [BuildingLine(building, standings[building.pk]) for building in buildings_to_watch(viewer)]
    return WorklistPage(lines=sorted(lines, key=lambda line: line.rank))


def csv_rows(page: WorklistPage) -> Iterator[list[str]]:
    yield CSV_HEADER
    for line in page.lines:
        for row in line.wrong:
            building, item = line.building, ITEMS[row.code]
            label = LABELS[row.status]
            yield [building.name, building.reference, item.words, label, short_date(row.began_on), item.reference]


def building_page(viewer: Viewer, building: Building, *, today: dt.date) -> BuildingPage:
    situation = situations_of([building], agency_id=viewer.agency_id, day=today)[building.pk]
    states = item_states(papers_of([building], agency_id=viewer.agency_id)[building.pk], situation=situation)
    history = list(LegalState.objects.visible_to(viewer).filter(building=building).order_by("-began_on", "code", "pk"))
    began = {row.code: (row.status, row.began_on) for row in history if row.ended_on is None}
    lines = lines_of(states, began=began, documents={})
    return BuildingPage(
        building=building,
        lines=lines,
        progress=progress_words(line.status for line in lines),
        rule=rule_words(situation),
        past=list(past_of(history)),
    )


def past_of(history: Iterable[LegalState]) -> Iterator[tuple[str, str, LegalState]]:
    """What ended: the item, its state, from when to when."""
    for row in history:
        if row.ended_on is not None and row.ended_on > row.began_on:
            yield ITEMS[row.code].words, LABELS[Status(row.status)], row
