"""« Les documents que la loi prévoit », building by building: what is online, what is missing since when."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from parvis.compliance.access import buildings_owned, seat_in
from parvis.compliance.actions.states import item_states
from parvis.compliance.models import LegalState
from parvis.compliance.models.owners import owner_facts
from parvis.compliance.models.papers import papers_of, situations_of
from parvis.compliance.rules.items import ALL_OWNERS
from parvis.compliance.rules.owners import owner_states
from parvis.compliance.rules.states import ItemState
from parvis.compliance.rules.words import REFERENCE_OF_REFRESHING, progress_words, rule_words
from parvis.documents.models import Document
from parvis.people.models import Viewer
from parvis.property.models import Building
from parvis.web.ui.legal_lines import LegalLine, lines_of, lines_of_owner


@dataclass(frozen=True, slots=True)
class BuildingLine:
    """A building of the list: how far it is."""

    building: Building
    progress: str
    is_complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalListPage:
    """One building: the parts of the list that the reader is given."""

    building: Building
    of_all: list[LegalLine]
    of_owner: list[LegalLine]
    of_council: list[LegalLine]
    sits: bool
    rule: str

    @property
    def lines(self) -> list[LegalLine]:
        return [*self.of_all, *self.of_owner, *self.of_council]

    @property
    def progress(self) -> str:
        return progress_words(line.status for line in self.lines)

    @property
    def wrong(self) -> list[LegalLine]:
        return [line for line in self.lines if line.is_wrong]

    @property
    def rule_reference(self) -> str:
        return REFERENCE_OF_REFRESHING

    @property
    def parts(self) -> list[tuple[str, str, str, list[LegalLine]]]:
        """Identifier, title, what it is, and its lines; a part without lines is not shown."""
        parts = [
            ("tous", "Pour tous les copropriétaires", "", self.of_all),
            ("vous", "Pour vous seul", "Chaque copropriétaire y trouve ce qui concerne ses lots.", self.of_owner),
            ("conseil", "Pour le conseil syndical", "Réservé aux membres du conseil syndical.", self.of_council),
        ]
        return [part for part in parts if part[3]]


def building_lines(viewer: Viewer, *, today: dt.date) -> list[BuildingLine]:
    """The buildings where the viewer owns, each with what is there of the documents of all owners."""
    buildings = list(buildings_owned(viewer, day=today).order_by("name", "pk"))
    papers = papers_of(buildings, agency_id=viewer.agency_id)
    situations = situations_of(buildings, agency_id=viewer.agency_id, day=today)
    lines = []
    for building in buildings:
        states = item_states(papers[building.pk], situation=situations[building.pk])[: len(ALL_OWNERS)]
        statuses = [state.status for state in states]
        is_complete = not any(status in ("missing", "expired", "stale") for status in statuses)
        lines.append(BuildingLine(building, progress_words(statuses), is_complete))
    return lines


def legal_list_page(viewer: Viewer, building: Building, *, today: dt.date) -> LegalListPage:
    """Art. 1 for a co-owner, art. 2 for their own lots, art. 3 for a member of the council."""
    sits = seat_in(viewer, building) is not None
    situation = situations_of([building], agency_id=viewer.agency_id, day=today)[building.pk]
    states = item_states(papers_of([building], agency_id=viewer.agency_id)[building.pk], situation=situation)
    shown = lines_of(
        states if sits else states[: len(ALL_OWNERS)],
        began=began_of(viewer, building),
        documents=documents_of(viewer, states),
    )
    facts = owner_facts(viewer, building, day=today)
    return LegalListPage(
        building=building,
        of_all=shown[: len(ALL_OWNERS)],
        of_owner=lines_of_owner(owner_states(facts)) if facts else [],
        of_council=shown[len(ALL_OWNERS) :],
        sits=sits,
        rule=rule_words(situation),
    )


def began_of(viewer: Viewer, building: Building) -> dict[str, tuple[str, dt.date]]:
    """Code → its state, and the first night that it was seen so."""
    rows = LegalState.objects.visible_to(viewer).current().filter(building=building)
    return {code: (status, began_on) for code, status, began_on in rows.values_list("code", "status", "began_on")}


def documents_of(viewer: Viewer, states: Iterable[ItemState]) -> dict[int, Document]:
    """The documents of the list that the viewer may open, by row."""
    keys = {paper.key for state in states for paper in state.whole.papers}
    found = Document.objects.visible_to(viewer).filter(pk__in=keys).select_related("file")
    return {document.pk: document for document in found}
