"""A case as a client reads it, which depends on whether it is theirs."""

import datetime as dt
from dataclasses import dataclass

from parvis.interventions.models import Intervention
from parvis.kit.french_dates import clock, long_date, weekday_date
from parvis.kit.typography import lower_first
from parvis.kit.viewer import Viewer

State = Intervention.State
TONES = {
    State.DONE: "ok",
    State.CLOSED: "ok",
    State.ON_HOLD: "warning",
    State.AWAITING_APPROVAL: "warning",
    State.REJECTED: "",
    State.CANCELLED: "",
    State.MERGED: "",
}
REOPENED = "Rouverte"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An intervention as the viewer reads it: `is_own` when they, or whom they stand for, reported it."""

    intervention: Intervention
    is_own: bool

    @property
    def is_common(self) -> bool:
        return self.intervention.scope == Intervention.Scope.COMMON

    @property
    def concerns_viewer(self) -> bool:
        """Whether they read what the neighbours do not."""
        return self.is_own or not self.is_common

    @property
    def state_words(self) -> str:
        is_back = self.intervention.state == State.ACKNOWLEDGED and self.intervention.reopened_count
        return REOPENED if is_back else self.intervention.get_state_display()

    @property
    def tone(self) -> str:
        return TONES.get(State(self.intervention.state), "accent")

    @property
    def place(self) -> str:
        """« Résidence Les Acacias, parking, niveau −1 »."""
        parts = (self.intervention.building.name, lower_first(self.intervention.place))
        return ", ".join(part for part in parts if part)

    @property
    def description(self) -> str:
        """What the reporter wrote is for them and for those of the lot, never for the neighbours."""
        return self.intervention.description if self.concerns_viewer else ""

    @property
    def supplier_name(self) -> str:
        """Named once the order is sent."""
        return self.intervention.shown_supplier

    @property
    def appointment(self) -> str:
        """« mardi 24 novembre 2026, entre 8 h et 10 h »; nothing once it is past using."""
        begins, ends = self.intervention.appointment_begins_at, self.intervention.appointment_ends_at
        if begins is None or self.intervention.is_ended:
            return ""
        hours = f"entre {clock(begins)} et {clock(ends)}" if ends else f"à {clock(begins)}"
        return f"{weekday_date(begins)}, {hours}"

    @property
    def latest(self) -> str:
        """What the list says of it in a few words."""
        intervention = self.intervention
        if intervention.is_ended:
            return f"Déclarée le {long_date(intervention.reported_on)}."
        if intervention.appointment_begins_at:
            return f"Rendez-vous le {long_date(intervention.appointment_begins_at)}."
        if intervention.hold_until:
            return f"En attente jusqu’au {long_date(intervention.hold_until)}."
        if intervention.next_step:
            return f"{intervention.next_step.rstrip('.')}{day_words(intervention.next_step_on)}."
        return f"Déclarée le {long_date(intervention.reported_on)}."

    def shown_author(self, name: str) -> str:
        """Neighbours never learn who reported the case."""
        reporter = self.intervention.reporter
        return "" if reporter and not self.is_own and name == reporter.full_name else name


def day_words(day: dt.date | None) -> str:
    return f", le {long_date(day)}" if day else ""


def case_of(intervention: Intervention, *, viewer: Viewer) -> Case:
    """Needs the building and the reporter."""
    return Case(intervention=intervention, is_own=intervention.reporter_id in viewer.client_ids)
