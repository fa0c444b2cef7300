"""The verbs that change the state of a case: the machine of the rules, one transaction each, nobody overwritten."""

import dataclasses
import datetime as dt
from typing import Any

from django.db import transaction

from parvis.interventions.access import is_open_to
from parvis.interventions.actions.actors import CLOCK, Actor, journal
from parvis.interventions.actions.events import StaleCase, Step, all_held, change, held, held_as_shown, note
from parvis.interventions.actions.telling import tell_agency, tell_of_step
from parvis.interventions.models import AuthorKind, Intervention, Supplier, WorkOrder
from parvis.interventions.rules.delays import CONFIRMED_WITHIN_DAYS, another_firm_before, reopen_before
from parvis.interventions.rules.machine import ENDED, REOPENINGS, is_possible, who_may
from parvis.interventions.rules.steps import SOMEBODY
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.french_dates import clock, long_date, weekday_date
from parvis.kit.refusals import Refusal
from parvis.people.models import StaffMember

State = Intervention.State
CLOSED_AT_ONCE = 500
NOT_HELD = {"held_from": "", "hold_reason": "", "hold_until": None}
NO_APPOINTMENT = {"appointment_begins_at": None, "appointment_ends_at": None}


class NotPossible(Refusal):
    """The machine of states does not hold that change, or not by that person."""

    message = "Ce n’est pas possible dans l’état où est cette intervention."


class ReasonMissing(Refusal):
    message = "Dites pourquoi\u00a0: le client lit ce motif."


class BadDay(Refusal):
    message = "Choisissez une date à venir."


class TooLate(Refusal):
    message = "Cette intervention est terminée depuis plus de 30\u00a0jours. Déclarez le problème à nouveau."


class NotAlike(Refusal):
    message = "Ces deux interventions ne se regroupent pas\u00a0: choisissez-en une autre, en cours, du même immeuble."


@dataclasses.dataclass(frozen=True, kw_only=True)
class Move:
    """A change of state: where to, what the client reads of it, the columns that go with it, the journal's verb."""

    to: str
    label: str
    verb: str
    text: str = ""
    columns: dict[str, Any] = dataclasses.field(default_factory=dict)  # Any: what a column of the case holds


@transaction.atomic
def move(*, intervention: Intervention, step: Move, by: Actor, version: int) -> Intervention:
    """Make that change: the row, its event, who is told, the journal.

    Refuses with StaleCase when the case is no longer the `version` shown (the same gesture sent twice is done once),
    NotPossible when the machine does not hold the change or not by that author.
    """
    case = held(intervention)
    if case.version != version:
        if has_just_done(case, step, by=by, version=version):
            return case
        raise StaleCase(case)
    check(case, to=step.to, by=by)
    before = case.state
    change(case, columns={"state": step.to, **around(case, to=step.to), **step.columns})
    event = note(case, Step(label=step.label[:160], text=step.text, states=(before, step.to)), by=by)
    tell_of_step(case, event)
    journal(step.verb, case, by=by)
    return case


def has_just_done(case: Intervention, step: Move, *, by: Actor, version: int) -> bool:
    """Whether the same person has made the very same change from the very same page."""
    last = case.events.order_by("-pk").first()
    return (
        case.version == version + 1
        and case.state == step.to
        and last is not None
        and (last.author_kind, last.author_id, last.label)
        == (by.kind, by.user.pk if by.user else None, step.label[:160])
    )


def check(case: Intervention, *, to: str, by: Actor) -> None:
    """Refuses what the machine does not hold, or not by that author; a client whom the case does not concern."""
    if not is_possible(case.state, to, held_from=case.held_from) or by.kind not in who_may(case.state, to):
        raise NotPossible
    if by.kind == AuthorKind.CLIENT:
        today = paris_day(database_now())
        if by.user is None or not is_open_to(by.user, case, to=to, today=today):
            raise NotPossible


def around(case: Intervention, *, to: str) -> dict[str, Any]:  # Any: what a column of the case holds
    """The columns that follow from the state alone."""
    now = database_now()
    columns: dict[str, Any] = {"next_step": "", "next_step_on": None, **NOT_HELD}
    if to == State.ON_HOLD:
        columns["held_from"] = case.state
    if to in (State.ACKNOWLEDGED, State.ORDERED):
        columns |= NO_APPOINTMENT
    if to == State.DONE:
        columns["done_at"] = now
    if to in ENDED:
        columns |= {"ended_at": now, "closed_on": max(paris_day(now), case.reported_on)}
    if (case.state, to) in REOPENINGS:
        columns |= {"ended_at": None, "closed_on": None, "done_at": None, "ending_reason": ""}
        columns["reopened_count"] = case.reopened_count + 1
    if case.state == State.REPORTED and to == State.ACKNOWLEDGED:
        columns["acknowledged_at"] = now
    return columns


# The agency


def acknowledge(
    *, intervention: Intervention, by: Actor, version: int, assigned_to: StaffMember | None = None
) -> Intervention:
    """The agency has read it; it is followed by `assigned_to`, else by who does this, else by whoever followed it."""
    follower = assigned_to or by.member or intervention.assigned_to
    step = Move(
        to=State.ACKNOWLEDGED,
        label="Demande prise en charge",
        verb="intervention.acknowledged",
        columns={"assigned_to": follower},
    )
    return move(intervention=intervention, step=step, by=by, version=version)


def request_quote(*, intervention: Intervention, by: Actor, version: int) -> Intervention:
    """The firm is not named before its order is sent."""
    step = Move(to=State.QUOTE_REQUESTED, label="Devis demandé", verb="intervention.quote-requested")
    return move(intervention=intervention, step=step, by=by, version=version)


def await_approval(*, intervention: Intervention, by: Actor, version: int, approver: str = "") -> Intervention:
    """`approver` as a client reads it: « du propriétaire », « du conseil syndical »."""
    label = f"Devis reçu, en attente de l’accord {approver}".rstrip() if approver else "Devis reçu, en attente d’accord"
    step = Move(
        to=State.AWAITING_APPROVAL,
        label=label,
        verb="intervention.approval-awaited",
        columns={"next_step": f"Réponse {approver}"} if approver else {},
    )
    return move(intervention=intervention, step=step, by=by, version=version)


def order(*, intervention: Intervention, supplier: Supplier, by: Actor, version: int) -> Intervention:
    """The firm is chosen; `actions.orders.send` mails it."""
    step = Move(
        to=State.ORDERED,
        label=f"{supplier.name} est mandatée",
        verb="intervention.ordered",
        columns={"supplier": supplier, "supplier_name": supplier.name},
    )
    return move(intervention=intervention, step=step, by=by, version=version)


def hold(*, intervention: Intervention, by: Actor, version: int, reason: str, until: dt.date) -> Intervention:
    """Wait, for a reason and until a day that the client reads. Refuses an empty reason and a day that is over."""
    if not reason.strip():
        raise ReasonMissing
    if until < paris_day(database_now()):
        raise BadDay
    step = Move(
        to=State.ON_HOLD,
        label=f"En attente jusqu’au {long_date(until)}",
        text=reason.strip(),
        verb="intervention.held",
        columns={"hold_reason": reason.strip(), "hold_until": until},
    )
    return move(intervention=intervention, step=step, by=by, version=version)


def resume(*, intervention: Intervention, by: Actor, version: int) -> Intervention:
    """Back to the state that was left; a case that the books had waiting is taken up again."""
    to = intervention.held_from or State.ACKNOWLEDGED
    declined = intervention.orders.filter(state=WorkOrder.State.DECLINED)
    is_alone = to == State.ORDERED and intervention.supplier_id is None and declined.exists()
    columns = no_firm(intervention) if is_alone else {}
    step = Move(to=to, label="Le dossier reprend", verb="intervention.resumed", columns=columns)
    return move(intervention=intervention, step=step, by=by, version=version)


def reject(*, intervention: Intervention, by: Actor, version: int, reason: str) -> Intervention:
    """Refuse to act, for a reason that the client reads."""
    return end(intervention, to=State.REJECTED, label="Demande refusée", by=by, version=version, reason=reason)


def cancel(*, intervention: Intervention, by: Actor, version: int, reason: str) -> Intervention:
    """Nothing will be done: the reporter no longer wants it, or the agency takes its order back."""
    label = "Annulée par le déclarant" if by.kind == AuthorKind.CLIENT else "Intervention annulée"
    return end(intervention, to=State.CANCELLED, label=label, by=by, version=version, reason=reason)


def end(intervention: Intervention, *, to: State, label: str, by: Actor, version: int, reason: str) -> Intervention:
    if not reason.strip():
        raise ReasonMissing
    step = Move(
        to=to,
        label=label,
        text=reason.strip(),
        verb=f"intervention.{to}",
        columns={"ending_reason": reason.strip()},
    )
    return move(intervention=intervention, step=step, by=by, version=version)


@transaction.atomic
def merge(*, intervention: Intervention, into: Intervention, by: Actor, version: int) -> Intervention:
    """The report joins another case in progress of the same building: its reporter follows that one from now on.

    Refuses with NotAlike a case that its reporter would not see: one of a lot that is not the report's own.
    """
    followers = Intervention.objects.filter(merged_into=intervention)
    every = {intervention.pk, into.pk, *followers.values_list("pk", flat=True)}
    cases = {case.pk: case for case in all_held(every)}
    other, doubled = cases[into.pk], cases[intervention.pk]
    if doubled.merged_into_id == other.pk:
        return doubled
    if other.pk == doubled.pk or other.is_ended or not may_follow(other, doubled):
        raise NotAlike
    step = Move(
        to=State.MERGED,
        label=f"Regroupée avec l’intervention n°\u00a0{other.number}",
        verb="intervention.merged",
        columns={"merged_into": other},
    )
    merged = move(intervention=intervention, step=step, by=by, version=version)
    followers.update(merged_into=other)
    note(other, Step(label="Un autre signalement du même problème est regroupé ici"), by=by)
    return merged


def may_follow(other: Intervention, doubled: Intervention) -> bool:
    """Whether whoever reported the one may read the other: common parts of the building, or the same lot."""
    if other.scope == Intervention.Scope.COMMON:
        return other.building_id == doubled.building_id
    return doubled.scope == other.scope and other.lot_id is not None and other.lot_id == doubled.lot_id


# Whoever plans and mends


def schedule(
    *, intervention: Intervention, by: Actor, version: int, begins_at: dt.datetime, ends_at: dt.datetime
) -> Intervention:
    """A visit is fixed. Refuses a time that is over, or that ends before it begins."""
    if begins_at <= database_now() or ends_at <= begins_at:
        raise BadDay
    step = Move(
        to=State.SCHEDULED,
        label=f"Rendez-vous fixé au {weekday_date(begins_at)}, {clock(begins_at)} – {clock(ends_at)}",
        verb="intervention.scheduled",
        columns={"appointment_begins_at": begins_at, "appointment_ends_at": ends_at},
    )
    return move(intervention=intervention, step=step, by=by, version=version)


def replan(*, intervention: Intervention, by: Actor, version: int, reason: str = "") -> Intervention:
    """The visit does not take place at that time: another is looked for."""
    step = Move(
        to=State.ORDERED,
        label="Rendez-vous annulé, un autre est recherché",
        text=reason.strip(),
        verb="intervention.replanned",
    )
    return move(intervention=intervention, step=step, by=by, version=version)


@transaction.atomic
def seek_another_firm(*, intervention: Intervention, by: Actor, version: int) -> Intervention:
    """The firm does not come any more: the client reads that another is looked for, and until when."""
    case = held_as_shown(intervention, version=version)
    if case.state == State.SCHEDULED:
        label, verb = "Rendez-vous annulé, une autre entreprise est recherchée", "intervention.replanned"
        step = Move(to=State.ORDERED, label=label, verb=verb, columns=no_firm(case))
        return move(intervention=case, step=step, by=by, version=version)
    change(case, columns=no_firm(case))
    tell_of_step(case, note(case, Step(label="Une autre entreprise est recherchée"), by=by))
    return case


def no_firm(case: Intervention) -> dict[str, Any]:  # Any: what a column of the case holds
    """The columns of a case whose firm does not come any more."""
    day = another_firm_before(paris_day(database_now()), postal_code=case.agency.postal_code)
    announced = {"next_step": f"{SOMEBODY} choisit une autre entreprise", "next_step_on": day}
    return {"supplier": None, "supplier_name": "", **announced}


def begin(*, intervention: Intervention, by: Actor, version: int) -> Intervention:
    step = Move(to=State.IN_PROGRESS, label="Début des travaux", verb="intervention.begun")
    return move(intervention=intervention, step=step, by=by, version=version)


@transaction.atomic
def finish(*, intervention: Intervention, by: Actor, version: int, report: str = "") -> Intervention:
    """The works are over; `report` is read by the client. Works nobody said had begun are begun first."""
    case = intervention
    if case.state in (State.ORDERED, State.SCHEDULED):
        case = begin(intervention=case, by=by, version=version)
        version = case.version
    step = Move(to=State.DONE, label="Travaux terminés, à confirmer", text=report.strip(), verb="intervention.done")
    return move(intervention=case, step=step, by=by, version=version)


# Whoever lives with it


def confirm_solved(*, intervention: Intervention, by: Actor, version: int) -> Intervention:
    """It is mended: said by the client, or by the agency for them."""
    label = "Problème résolu, confirmé" if by.kind == AuthorKind.CLIENT else "Dossier clos"
    step = Move(to=State.CLOSED, label=label, verb="intervention.closed")
    return move(intervention=intervention, step=step, by=by, version=version)


@transaction.atomic
def reopen(*, intervention: Intervention, by: Actor, version: int, reason: str = "") -> Intervention:
    """It is not mended, or comes back, within thirty days of the end. The agency is told."""
    over_on = intervention.closed_on
    if over_on is not None and paris_day(database_now()) > reopen_before(over_on):
        raise TooLate
    step = Move(to=State.ACKNOWLEDGED, label="Intervention rouverte", text=reason.strip(), verb="intervention.reopened")
    case = move(intervention=intervention, step=step, by=by, version=version)
    if by.kind == AuthorKind.CLIENT:
        tell_agency(case, subject=f"Intervention {case.number} rouverte", lines=[reason or "Sans précision."])
    return case


# The clock


def close_unanswered(*, now: dt.datetime) -> int:
    """Close what has been done for ten days and nobody said a word about; return how many."""
    limit = now - dt.timedelta(days=CONFIRMED_WITHIN_DAYS)
    waiting = Intervention.objects.filter(state=State.DONE, done_at__lt=limit).order_by("done_at", "pk")
    return sum(map(closed_by_the_clock, waiting[:CLOSED_AT_ONCE]))


def closed_by_the_clock(case: Intervention) -> bool:
    """Whether it was closed: somebody may have spoken meanwhile."""
    step = Move(to=State.CLOSED, label="Dossier clos", verb="intervention.closed")
    try:
        move(intervention=case, step=step, by=CLOCK, version=case.version)
    except (StaleCase, NotPossible):
        return False
    return True
