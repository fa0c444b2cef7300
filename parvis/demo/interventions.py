"""What is broken in the buildings, and how far its mending has come on one day.

Every state always has somebody waiting in it: for each one, a case begins every `PERIOD_DAYS` days, reaches that
state at once and stays there until the next case has taken over.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from parvis.demo import dice
from parvis.demo.agencies import DemoAgency
from parvis.demo.buildings import Building, Unit
from parvis.demo.months import days_after
from parvis.demo.problems import COMMON, PRIVATE, PROBLEMS, Problem
from parvis.demo.roles import Stage
from parvis.demo.ways import ENDED, EVENTS, NEXT_STEPS, SUPPLIER_KNOWN_FROM, WAYS
from parvis.kit.french_dates import long_date

PERIOD_DAYS = 60
STAYS_DAYS = 64
SHOWN_DAYS = 400
PERCENT_COMMON = 55
PERCENT_URGENT = 15
EPOCH = dt.date(2024, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One dated state of a case."""

    state: str
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An intervention as it stands, with the steps behind it and the one announced."""

    number: str
    building: Building
    unit: Unit | None
    reporter: str
    scope: str
    problem: Problem
    is_urgent: bool
    steps: tuple[Step, ...]
    next_step: Step | None

    @property
    def state(self) -> str:
        return self.steps[-1].state

    @property
    def closed_on(self) -> dt.date | None:
        return self.steps[-1].day if self.state in ENDED else None

    @property
    def approver(self) -> str:
        """Who accepts a quote: the council for the common parts of a syndicat, else the owner."""
        return "conseil syndical" if self.unit is None and self.building.is_syndic else "propriétaire"

    @property
    def supplier(self) -> str:
        return self.problem.supplier if any(step.state in SUPPLIER_KNOWN_FROM for step in self.steps) else ""


def cases(stage: Stage, *, today: dt.date, states: tuple[str, ...]) -> Iterator[Case]:
    """The cases of the last months; on any day one waits in each of `states`."""
    for place, state in enumerate(states):
        shift = place * PERIOD_DAYS // len(states)
        newest = (today - days_after(EPOCH, shift)).days // PERIOD_DAYS
        for rank in range(newest - SHOWN_DAYS // PERIOD_DAYS, newest + 1):
            reported_on = days_after(EPOCH, shift + rank * PERIOD_DAYS)
            yield case(stage, name=f"{place}-{rank}", state=state, reported_on=reported_on, today=today)


def case(stage: Stage, *, name: str, state: str, reported_on: dt.date, today: dt.date) -> Case:
    all_steps = way_through(state, reported_on)
    behind = tuple(step for step in all_steps if step.day <= today)
    ahead = [step for step in all_steps if step.day > today]
    building = dice.pick(stage.buildings, stage.agency, name, "building")
    unit = dice.pick(building.units, stage.agency, name, "unit")
    scope = COMMON if dice.happens(PERCENT_COMMON, stage.agency, name, "scope") else PRIVATE
    reporter = stage.resident_of(unit, reported_on)
    return Case(
        number=f"INT-{reported_on:%y%m}-{name}",
        building=building,
        unit=unit if scope == PRIVATE else None,
        reporter=reporter.reference if reporter else "",
        scope=scope,
        problem=problem_of(building, scope, name),
        is_urgent=dice.happens(PERCENT_URGENT, stage.agency, name, "urgent"),
        steps=behind,
        next_step=ahead[0] if ahead else None,
    )


def problem_of(building: Building, scope: str, name: str) -> Problem:
    """A lift only breaks where there is one."""
    possible = [p for p in PROBLEMS[scope] if building.source.has_lift or not p.title.startswith("Ascenseur")]
    return dice.pick(possible, building.reference, name, "problem")


def next_step_label(case: Case) -> str:
    """What a client reads of the step to come."""
    return NEXT_STEPS.get(case.state, "").format(approver=case.approver)


def way_through(state: str, reported_on: dt.date) -> list[Step]:
    """One day a step up to `state`, a long stay there, then on to the end."""
    steps = [Step(state=passed, day=reported_on) for passed in WAYS[state][:1]]
    steps += [Step(state=passed, day=days_after(reported_on, rank)) for rank, passed in enumerate(WAYS[state][1:], 1)]
    if state in ENDED:
        return steps
    leaves_on = days_after(steps[-1].day, STAYS_DAYS)
    passed = [step.state for step in steps]
    rest = [later for later in WAYS["closed"] if later not in passed]
    after = rest[rest.index("ordered") :] if "ordered" in rest else rest
    return steps + [Step(state=later, day=days_after(leaves_on, 2 * rank)) for rank, later in enumerate(after)]


def event_label(case: Case, step: Step) -> str:
    """What a client reads of a step; a date announced is the day of the step that follows."""
    later = [
        other.day for other in (*case.steps, *([case.next_step] if case.next_step else [])) if other.day > step.day
    ]
    announced = long_date(later[0] if later else step.day)
    return EVENTS[step.state].format(supplier=case.problem.supplier, next=announced, approver=case.approver)


def event_author(agency: DemoAgency, case: Case, step: Step) -> str:
    """The supplier for what the supplier does, nobody for what the client does, else who looks after the building."""
    if step.state in ("reported", "cancelled"):
        return ""
    if step.state in ("scheduled", "in_progress", "done"):
        return case.problem.supplier
    managers = [c for c in agency.staff if c.role == "manager" and case.building.reference in c.buildings]
    colleague = (managers or [c for c in agency.staff if c.role in ("rental_manager", "manager")])[0]
    return f"{colleague.first_name} {colleague.last_name}"
