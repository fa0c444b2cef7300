"""A dated step in the follow-up of a case that is held."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max

from parvis.interventions.actions.actors import Actor
from parvis.interventions.models import Audience, Intervention, InterventionEvent
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.refusals import Refusal


class StaleCase(Refusal):
    """Somebody else changed the case since its page was shown."""

    def __init__(self, case: Intervention) -> None:
        state = case.get_state_display()
        super().__init__(
            f"Ce dossier a changé entre-temps\u00a0: l’intervention est «\u00a0{state}\u00a0»."
            " Relisez son suivi, puis recommencez."
        )


@dataclass(frozen=True, kw_only=True)
class Step:
    """What happened, in French. `states` are the one before and the one after, where the state changed."""

    label: str
    text: str = ""
    audience: Audience = Audience.EVERYONE
    states: tuple[str, str] = ("", "")
    columns: dict[str, Any] = field(default_factory=dict)  # Any: what a column of the case holds


def held(intervention: Intervention) -> Intervention:
    """The case, locked until the end of the transaction."""
    (case,) = all_held([intervention.pk])
    return case


def all_held(ids: Collection[int]) -> list[Intervention]:
    """These cases, locked in one statement by rising `pk`: whoever holds two of them holds them so."""
    cases = Intervention.objects.select_related("agency", "building", "lot", "reporter", "assigned_to", "supplier")
    return list(cases.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk"))


def held_as_shown(intervention: Intervention, *, version: int) -> Intervention:
    """The same. Refuses with StaleCase when it is no longer the version that the page showed."""
    case = held(intervention)
    if case.version != version:
        raise StaleCase(case)
    return case


def note(case: Intervention, step: Step, *, by: Actor) -> InterventionEvent:
    """Write the step; the case is held."""
    now = database_now()
    day = paris_day(now)
    last = case.events.filter(happened_on=day).aggregate(last=Max("rank"))["last"] or 0
    return InterventionEvent.objects.create(
        intervention=case,
        happened_on=day,
        happened_at=now,
        rank=last + 1,
        label=step.label,
        text=step.text,
        audience=step.audience,
        from_state=step.states[0],
        to_state=step.states[1],
        author_kind=by.kind,
        author=by.user,
        author_name=by.name[:120],
    )


def change(case: Intervention, *, columns: dict[str, Any]) -> None:  # Any: what a column of the case holds
    """Write these columns and the next version, at once; the case is held."""
    for name, value in columns.items():
        setattr(case, name, value)
    case.version += 1
    case.save(update_fields=[*columns, "version"])
