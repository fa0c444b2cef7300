"""A case in one line, as the board and the list show it: what, where, and the one fact that says what is next."""

import datetime as dt
from dataclasses import dataclass

from parvis.interventions.models import Intervention
from parvis.interventions.rules.delays import late_if_reported_by
from parvis.kit.days import paris_day
from parvis.kit.french_dates import long_date, long_instant
from parvis.kit.typography import lower_first, typographic

State = Intervention.State
TONES = {
    State.DONE: "ok",
    State.CLOSED: "ok",
    State.REPORTED: "warning",
    State.ON_HOLD: "warning",
    State.AWAITING_APPROVAL: "warning",
    State.REJECTED: "",
    State.CANCELLED: "",
    State.MERGED: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One case, and the instant at which it is looked at."""

    case: Intervention
    now: dt.datetime

    @property
    def title(self) -> str:
        return typographic(self.case.title)

    @property
    def tone(self) -> str:
        return TONES.get(State(self.case.state), "accent")

    @property
    def place(self) -> str:
        """« Résidence Les Acacias, parking, niveau −1 »."""
        parts = (self.case.building.name, lower_first(self.case.place))
        return ", ".join(part for part in parts if part)

    @property
    def is_late(self) -> bool:
        """Still only reported, past the hour promised; past the next working day for a case of the books."""
        case = self.case
        if case.state != State.REPORTED:
            return False
        if case.acknowledge_before:
            return case.acknowledge_before < self.now
        return case.reported_on <= late_if_reported_by(paris_day(self.now), postal_code=case.agency.postal_code)

    @property
    def is_water_damage(self) -> bool:
        return self.case.kind == Intervention.Kind.WATER_DAMAGE

    @property
    def next(self) -> str:
        """The next step, as the client reads it."""
        return typographic(self.case.coming_step(today=paris_day(self.now)).text)

    @property
    def fact(self) -> str:
        """The one thing to know of it: until when, or what is next."""
        case = self.case
        if case.state == State.REPORTED and case.acknowledge_before:
            return f"À prendre en charge avant le {long_instant(case.acknowledge_before)}"
        if case.state == State.ON_HOLD and case.hold_until:
            return f"En attente jusqu’au {long_date(case.hold_until)}"
        if case.state == State.REPORTED:
            return f"Déclarée le {long_date(case.reported_on)}, à prendre en charge"
        return f"Déclarée le {long_date(case.reported_on)}" if case.is_ended else self.next
