"""The follow-up of a case, oldest first: what, when, who; a long story folds its middle."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from parvis.interventions.models import AuthorKind, InterventionEvent
from parvis.kit.french_dates import long_date, long_instant
from parvis.kit.viewer import Viewer
from parvis.web.client.interventions.case import Case

STEPS_SHOWN = 6
LAST_STEPS = 3
REPORTED = "Problème déclaré"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that happened to a case. The agency's books say a day, this portal an instant."""

    label: str
    happened_on: dt.date
    happened_at: dt.datetime | None = None
    author_name: str = ""
    text: str = ""

    @property
    def when(self) -> str:
        return long_instant(self.happened_at) if self.happened_at else long_date(self.happened_on)


@dataclass(frozen=True, slots=True)
class Story:
    """Every step: of a long one, neither the report nor the last ones are folded."""

    steps: Sequence[Step]

    @property
    def folded_count(self) -> int:
        return len(self.steps) - 1 - LAST_STEPS if len(self.steps) > STEPS_SHOWN else 0

    @property
    def first(self) -> Sequence[Step]:
        return self.steps[:1] if self.folded_count else []

    @property
    def folded(self) -> Sequence[Step]:
        return self.steps[1 : 1 + self.folded_count] if self.folded_count else []

    @property
    def last(self) -> Sequence[Step]:
        return self.steps[1 + self.folded_count :] if self.folded_count else self.steps


def story_of(case: Case, *, events: Sequence[InterventionEvent], viewer: Viewer) -> Story:
    """The report comes first even where the agency's follow-up begins after it."""
    reported_on = case.intervention.reported_on
    first = events[0] if events and events[0].happened_on <= reported_on else None
    report = Step(
        label=first.label if first else REPORTED,
        happened_on=reported_on,
        happened_at=first.happened_at if first else None,
        author_name="vous" if case.is_own else author_of(first, case=case, viewer=viewer) if first else "",
        text=case.description,
    )
    later = events[1:] if first else events
    return Story([report, *(step_of(event, case=case, viewer=viewer) for event in later)])


def step_of(event: InterventionEvent, *, case: Case, viewer: Viewer) -> Step:
    return Step(
        label=event.label,
        happened_on=event.happened_on,
        happened_at=event.happened_at,
        author_name=author_of(event, case=case, viewer=viewer),
        text=event.text if case.concerns_viewer or event.author_kind != AuthorKind.CLIENT else "",
    )


def author_of(event: InterventionEvent, *, case: Case, viewer: Viewer) -> str:
    """« vous », a name, or nothing: neighbours never learn which client it was."""
    if event.author_id == viewer.user_id:
        return "vous"
    if event.author_kind == AuthorKind.CLIENT and not case.concerns_viewer:
        return ""
    return case.shown_author(event.author_name)
