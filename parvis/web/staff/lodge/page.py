"""The cases of a caretaker's buildings as they read them: what, where, how far; never who."""

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, Q, When

from parvis.interventions.access import cases_of_agency, events_of_agency, messages_of_agency, photos_of_agency
from parvis.interventions.models import Audience, AuthorKind, CaseMessage, Intervention, Photo
from parvis.interventions.rules.steps import NextStep
from parvis.kit.french_dates import long_date, long_instant
from parvis.kit.typography import lower_first
from parvis.people.models import Viewer

SHOWN = 30


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
class ListPage:
    """One page of the list: the cases in progress, then those that ended."""

    ranks: Page[Intervention]
    lines: list[Line]

    @property
    def in_progress(self) -> list[Line]:
        return [line for line in self.lines if not line.case.is_ended]

    @property
    def ended(self) -> list[Line]:
        return [line for line in self.lines if line.case.is_ended]

    @property
    def is_first(self) -> bool:
        return self.ranks.number == 1


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


def list_page(viewer: Viewer, *, number: str, today: dt.date) -> ListPage:
    """A page of the cases: those in progress, those that nobody has acknowledged first; then the last that ended."""
    is_over = Case(When(state__in=Intervention.ENDED, then=1), default=0)
    unanswered = Case(When(state="reported", then="acknowledge_before"))
    order = ("is_over", F("unanswered").asc(nulls_last=True), F("closed_on").desc(nulls_last=True))
    cases = cases_of_agency(viewer).with_place().alias(is_over=is_over, unanswered=unanswered)
    ranks = Paginator(cases.order_by(*order, "-is_urgent", "reported_on", "pk"), SHOWN).get_page(number)
    return ListPage(ranks=ranks, lines=[line_of(case, today=today) for case in ranks])


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
