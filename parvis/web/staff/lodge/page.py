"""The cases of a caretaker's buildings as they read them: what, where, how far; never who."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from parvis.interventions.access import cases_of_agency, events_of_agency, messages_of_agency, photos_of_agency
from parvis.interventions.models import Audience, AuthorKind, CaseMessage, Intervention, Photo
from parvis.interventions.rules.steps import NextStep
from parvis.kit.french_dates import long_date, long_instant
from parvis.kit.typography import lower_first
from parvis.people.models import Viewer

ENDED_SHOWN = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One case in the list."""

    case: Intervention
    coming: NextStep

    @property
    def place(self) -> str:
        """« Résidence Les Acacias, lot 12, parking »."""
        lot = f"lot\u00a0{self.case.lot.number}" if self.case.lot else ""
        parts = (self.case.building.name, lot, lower_first(self.case.place))
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that happened, as `components/step.html` shows it."""

    label: str
    happened_on: dt.date
    when: str
    author_name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """One case: its follow-up, its photos, what the reader wrote about it."""

    line: Line
    steps: list[Step]
    photos: list[Photo]
    notes: list[CaseMessage]


def lines_of(viewer: Viewer, *, today: dt.date) -> tuple[list[Line], list[Line]]:
    """The cases in progress, those that nobody has acknowledged first; the last that are ended."""
    cases = cases_of_agency(viewer).with_place()
    ended = cases.filter(state__in=Intervention.ENDED).order_by("-closed_on", "-pk")[:ENDED_SHOWN]
    in_progress = cases.in_progress().waiting_first()
    return [line_of(case, today=today) for case in in_progress], [line_of(case, today=today) for case in ended]


def line_of(case: Intervention, *, today: dt.date) -> Line:
    """A cancelled case does not say why: these may be its reporter's words."""
    says_why = case.state != Intervention.State.CANCELLED
    return Line(case=case, coming=case.coming_step(today=today, says_why=says_why))


def case_page(case: Intervention, *, viewer: Viewer, today: dt.date) -> CasePage:
    """What everybody who follows the case reads, and the reader's own notes: not what others wrote to the agency."""
    photos = photos_of_agency(viewer).filter(intervention=case, state=Photo.State.READY)
    shown = Q(audience__in=(Audience.EVERYONE, Audience.REPORTER)) | Q(author_id=viewer.user_id)
    notes = messages_of_agency(viewer).filter(intervention=case, author_id=viewer.user_id)
    return CasePage(
        line=line_of(case, today=today),
        steps=steps_of(case, viewer=viewer),
        photos=list(photos.filter(shown).order_by("added_at", "pk")),
        notes=list(notes.order_by("sent_at", "pk")),
    )


def steps_of(case: Intervention, *, viewer: Viewer) -> list[Step]:
    """What happened; a client's words, why they cancel or reopen, are for the agency."""
    events = events_of_agency(viewer).filter(intervention=case, audience=Audience.EVERYONE)
    names = {case.reporter.full_name, ""} if case.reporter else {""}
    return [
        Step(
            label=event.label,
            happened_on=event.happened_on,
            when=long_instant(event.happened_at) if event.happened_at else long_date(event.happened_on),
            author_name=""
            if event.author_kind == AuthorKind.CLIENT or event.author_name in names
            else event.author_name,
            text="" if event.author_kind == AuthorKind.CLIENT else event.text,
        )
        for event in events.order_by("happened_on", "rank", "pk")
    ]
