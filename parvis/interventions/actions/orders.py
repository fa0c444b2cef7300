"""The order to a firm: sent with a link that answers it, sent again, withdrawn; one of its times chosen."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, QuerySet
from django.db.models.functions import Now

from parvis.interventions import emails
from parvis.interventions.actions import moves
from parvis.interventions.actions.actors import Actor, journal
from parvis.interventions.actions.events import Step, change, held, held_as_shown, note
from parvis.interventions.actions.telling import tell_of_step
from parvis.interventions.models import Intervention, Slot, Supplier, WorkOrder
from parvis.interventions.rules.orders import LINK_LASTS, Window
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.mail import frame
from parvis.mail.actions import queue_written
from parvis.people.tokens import new_token, token_digest

State = WorkOrder.State
IN_FORCE = (State.SENT, State.ANSWERED, State.SCHEDULED, State.BEGUN)


class NoAddress(Refusal):
    message = "Cette entreprise n’a pas de courriel\u00a0: ajoutez-le à sa fiche, ou appelez-la."


class NotPossible(Refusal):
    message = "Ce n’est plus possible pour cet ordre\u00a0: relisez le dossier."


class SlotGone(Refusal):
    message = "Ce créneau n’est plus libre. Choisissez-en un autre."


# The agency


@transaction.atomic
def send(*, intervention: Intervention, supplier: Supplier, text: str, by: Actor, version: int) -> WorkOrder:
    """Mail the order with its link; the case becomes « Entreprise mandatée ». One in force is withdrawn.

    Sent twice, it is one. Refuses a firm of another agency or without a courriel, a case that cannot be ordered or has
    changed meanwhile.
    """
    if not supplier.email:
        raise NoAddress
    if supplier.agency_id != intervention.agency_id:
        raise NotPossible
    case, former = held(intervention), list(in_force(intervention))
    for order in former:
        if case.version == version + 1 and (order.supplier_id, order.text) == (supplier.pk, text):
            return order
    case = given_to(supplier, case=case, by=by, version=version)
    for order in former:
        end(order)
    sent, token = written(case, supplier=supplier, text=text)
    mail_order(sent, token=token)
    journal("order.sent", sent, by=by)
    return sent


def given_to(supplier: Supplier, *, case: Intervention, by: Actor, version: int) -> Intervention:
    """The case in the hands of that firm, be it after another whose order was withdrawn."""
    if case.state != Intervention.State.ORDERED:
        return moves.order(intervention=case, supplier=supplier, by=by, version=version)
    row = held_as_shown(case, version=version)
    firm = {"supplier": supplier, "supplier_name": supplier.name}
    change(row, columns={**firm, "next_step": "", "next_step_on": None})
    event = note(row, Step(label=f"{supplier.name} est mandatée"[:160]), by=by)
    tell_of_step(row, event)
    return row


def in_force(case: Intervention) -> "QuerySet[WorkOrder]":
    orders = WorkOrder.objects.filter(intervention=case, state__in=IN_FORCE).order_by("pk")
    return orders.select_related("agency", "supplier", "intervention__building")


def written(case: Intervention, *, supplier: Supplier, text: str) -> tuple[WorkOrder, str]:
    """The order and the token of its link, of which only the digest is kept. « 2026-1187-2 » is the second one."""
    token, now = new_token(), database_now()
    order = WorkOrder.objects.create(
        agency=case.agency,
        intervention=case,
        supplier=supplier,
        number=f"{case.number}-{case.orders.count() + 1}",
        text=text,
        token_hash=token_digest(token),
        sent_at=now,
        expires_at=now + LINK_LASTS,
    )
    return order, token


@transaction.atomic
def send_again(*, order: WorkOrder, by: Actor) -> WorkOrder:
    """A new link to the same firm, for as long again: the one before opens nothing any more."""
    row = locked(order)
    check_in_force(row)
    token, now = new_token(), database_now()
    row.token_hash, row.expires_at = token_digest(token), now + LINK_LASTS
    row.save(update_fields=["token_hash", "expires_at"])
    mail_order(row, token=token)
    journal("order.sent-again", row, by=by)
    return row


@transaction.atomic
def withdraw(*, order: WorkOrder, by: Actor) -> WorkOrder:
    """The link opens nothing any more, and the firm is told not to come; before the work has begun, the client reads
    that another is looked for. Refused once the work is done.
    """
    row = locked(order)
    check_in_force(row)
    end(row)
    case = row.intervention
    if case.state in (Intervention.State.ORDERED, Intervention.State.SCHEDULED):
        row.intervention = moves.seek_another_firm(intervention=case, by=by, version=case.version)
    journal("order.withdrawn", row, by=by)
    return row


@transaction.atomic
def cancel(*, intervention: Intervention, by: Actor, version: int, reason: str) -> Intervention:
    """Nothing will be mended: the case is cancelled, the firm is told not to come."""
    case = moves.cancel(intervention=intervention, by=by, version=version, reason=reason)
    for order in in_force(case):
        end(order)
    return case


@transaction.atomic
def begin(*, intervention: Intervention, by: Actor, version: int) -> Intervention:
    """The work has begun, the agency or the firm says."""
    case = moves.begin(intervention=intervention, by=by, version=version)
    for order in in_force(case):
        keep_state(order, State.BEGUN)
    return case


@transaction.atomic
def finish(*, intervention: Intervention, by: Actor, version: int, report: str = "") -> Intervention:
    """The work is done, the agency says: nothing more is asked of the firm."""
    case = moves.finish(intervention=intervention, by=by, version=version, report=report)
    settle(case)
    return case


@transaction.atomic
def close(*, intervention: Intervention, by: Actor, version: int) -> Intervention:
    """It is mended, the agency says: nothing more is asked of the firm."""
    case = moves.confirm_solved(intervention=intervention, by=by, version=version)
    settle(case)
    return case


def settle(case: Intervention) -> None:
    """The order in force is done, without a word of the firm: `done_at` stays empty."""
    for order in in_force(case):
        keep_state(order, State.DONE)


def end(order: WorkOrder) -> None:
    order.state, order.withdrawn_at = State.WITHDRAWN, database_now()
    order.save(update_fields=["state", "withdrawn_at"])
    take_times_back(order)
    tell_firm(order, emails.order_withdrawn(order=order), kind="work-order-withdrawn")


@transaction.atomic
def replan(*, order: WorkOrder, by: Actor, version: int, reason: str = "") -> WorkOrder:
    """The appointment does not hold any more: the firm is asked for other times."""
    row = locked(order)
    called_off = appointment_of(row.intervention)
    case = moves.replan(intervention=row.intervention, by=by, version=version, reason=reason)
    taken(row).update(withdrawn_at=Now())
    keep_state(row, State.ANSWERED if waiting(row).exists() else State.SENT)
    tell_firm(row, emails.time_called_off(order=row, chosen=called_off), kind="work-order-time")
    journal("order.replanned", row, by=by)
    row.intervention = case
    return row


@transaction.atomic
def schedule(
    *, intervention: Intervention, by: Actor, version: int, begins_at: dt.datetime, ends_at: dt.datetime
) -> Intervention:
    """A time fixed on the telephone: the firm in charge is told as if it had been chosen."""
    case = moves.schedule(intervention=intervention, by=by, version=version, begins_at=begins_at, ends_at=ends_at)
    for order in in_force(case):
        keep_state(order, State.SCHEDULED)
        written = emails.time_chosen(order=order, chosen=Window(begins_at, ends_at))
        tell_firm(order, written, kind="work-order-time")
    return case


# Whoever lives with the problem, or the agency for them


@transaction.atomic
def choose_slot(*, slot: Slot, by: Actor, version: int) -> Slot:
    """One of the firm's times is taken: the appointment is fixed, the firm is told.

    Refuses a time that is past, taken back or no longer free, a case that has changed meanwhile.
    """
    order = locked(slot.order)
    row = waiting(order).filter(pk=slot.pk).first()
    if row is None and (again := taken(order).filter(pk=slot.pk).first()):
        return again
    if row is None or not order.is_in_force:
        raise SlotGone
    moves.schedule(
        intervention=order.intervention, begins_at=row.begins_at, ends_at=row.ends_at, by=by, version=version
    )
    row.chosen_at, row.chosen_by = database_now(), by.kind
    row.save(update_fields=["chosen_at", "chosen_by"])
    keep_state(order, State.SCHEDULED)
    tell_firm(order, emails.time_chosen(order=order, chosen=window_of(row)), kind="work-order-time")
    return row


# What these verbs share


def locked(order: WorkOrder) -> WorkOrder:
    """The order as it is now, its case locked before it: whoever does something else to either waits."""
    case = held(order.intervention)
    rows = WorkOrder.objects.select_related("agency", "supplier").select_for_update(of=("self",))
    row = rows.get(pk=order.pk)
    row.intervention = case
    return row


def check_in_force(order: WorkOrder) -> None:
    if not order.is_in_force:
        raise NotPossible


def keep_state(order: WorkOrder, state: WorkOrder.State) -> None:
    order.state = state
    order.save(update_fields=["state"])


def waiting(order: WorkOrder) -> "QuerySet[Slot]":
    """The times that may be chosen: to come, not taken back, none of them chosen yet."""
    free = Slot.objects.filter(order=order, withdrawn_at=None, chosen_at=None, begins_at__gt=Now())
    return free.exclude(Exists(taken(order))).order_by("begins_at", "pk")


def taken(order: WorkOrder) -> "QuerySet[Slot]":
    """The one that was chosen, while it holds."""
    return Slot.objects.filter(order=order, withdrawn_at=None, chosen_at__isnull=False).order_by("pk")


def take_times_back(order: WorkOrder) -> None:
    Slot.objects.filter(order=order, withdrawn_at=None).update(withdrawn_at=Now())


def window_of(slot: Slot) -> Window:
    return Window(slot.begins_at, slot.ends_at)


def appointment_of(case: Intervention) -> Window | None:
    begins_at, ends_at = case.appointment_begins_at, case.appointment_ends_at
    return Window(begins_at, ends_at) if begins_at and ends_at else None


def mail_order(order: WorkOrder, *, token: str) -> None:
    """The link has its host from the agency, and leaves once the transaction is sure."""
    written = emails.order_sent(order=order, url=order.agency.link(f"/o/{token}/"))
    tell_firm(order, written, kind="work-order", expires_at=order.expires_at)


def tell_firm(order: WorkOrder, written: frame.Written, *, kind: str, expires_at: dt.datetime | None = None) -> None:
    if order.supplier.email:
        address = order.supplier.email
        queue_written(agency=order.agency, kind=kind, to_address=address, written=written, expires_at=expires_at)
