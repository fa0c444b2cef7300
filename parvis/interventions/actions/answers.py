"""What a firm does by the link of its order: offers times, declines, begins, is done, sends photos and an invoice."""

import dataclasses
import hashlib
from collections.abc import Sequence

from django.db import transaction
from django.db.models.functions import Now

from parvis.interventions import emails
from parvis.interventions.actions import moves, orders
from parvis.interventions.actions.actors import Actor, journal
from parvis.interventions.actions.events import Step, note
from parvis.interventions.actions.orders import State, keep_state, locked, take_times_back, waiting, window_of
from parvis.interventions.actions.photos import Kept, Picture, attach, keep_one_of
from parvis.interventions.actions.telling import tell_agency, tell_reporter
from parvis.interventions.models import Audience, AuthorKind, Slot, WorkOrder
from parvis.interventions.rules.orders import (
    DEAD_STATES,
    MAY_BEGIN,
    MAY_DECLINE,
    MAY_FINISH,
    MAY_OFFER,
    MOST_SLOTS,
    Window,
)
from parvis.kit import throttle
from parvis.kit.clock import database_now
from parvis.kit.identifiers import PUBLIC_ID_LENGTH
from parvis.kit.refusals import Refusal
from parvis.people.tokens import read_token, token_digest

SENDINGS = throttle.Limit(name="order-sendings", allowed=30, seconds=3600)


class LinkDead(Refusal):
    message = "Ce lien n’est plus valable. Appelez l’agence."


class TooManySlots(Refusal):
    message = f"{MOST_SLOTS}\u00a0créneaux au plus peuvent attendre une réponse."


class TooLate(Refusal):
    message = "Ce n’est plus possible pour cet ordre\u00a0: appelez l’agence."


class TooManySendings(Refusal):
    message = "Vous avez beaucoup envoyé par ce lien. Réessayez dans une heure, ou appelez l’agence."


@dataclasses.dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it arrives."""

    name: str
    content: bytes


@dataclasses.dataclass(frozen=True, kw_only=True)
class Papers:
    """What a firm sends besides words."""

    photos: Sequence[Upload] = ()
    invoice: Upload | None = None


def order_of(typed: str) -> WorkOrder | None:
    """The order that this link opens, while it does. Changes nothing."""
    token = read_token(typed)
    if not token:
        return None
    alive = WorkOrder.objects.filter(token_hash=token_digest(token), withdrawn_at=None, expires_at__gt=Now())
    rows = alive.exclude(intervention__state__in=DEAD_STATES)
    return rows.select_related("agency", "supplier", "intervention__building", "intervention__lot").first()


def offer(*, order: WorkOrder, windows: Sequence[Window]) -> WorkOrder:
    """Times when the firm could come; whoever reported the case is asked to choose. The same time twice is one.

    Refused once a time is fixed, past six times that wait, and by a link that has died meanwhile.
    """
    admit(order)
    return write_offer(order=order, windows=windows)


@transaction.atomic
def write_offer(*, order: WorkOrder, windows: Sequence[Window]) -> WorkOrder:
    row = locked_open(order)
    if row.is_in_force and has_offered(row, windows):
        return row
    check_open(row, states=MAY_OFFER)
    now = database_now()
    same = Slot.objects.filter(order=row, begins_at__in=[one.begins_at for one in windows])
    same.exclude(withdrawn_at=None).delete()
    made = [
        Slot(
            order=row,
            begins_at=one.begins_at,
            ends_at=one.ends_at,
            proposed_by=AuthorKind.SUPPLIER,
            proposed_at=now,
        )
        for one in windows
    ]
    Slot.objects.bulk_create(made, ignore_conflicts=True)
    if waiting(row).count() > MOST_SLOTS:
        raise TooManySlots
    keep_state(row, State.ANSWERED)
    by = Actor.of_supplier(row.supplier)
    tell_of_offer(row, by=by)
    journal("order.answered", row, by=by)
    return row


def has_offered(order: WorkOrder, windows: Sequence[Window]) -> bool:
    """Whether all these times stand already: the same sending, once more."""
    standing = Slot.objects.filter(order=order, withdrawn_at=None).values_list("begins_at", "ends_at")
    return {(one.begins_at, one.ends_at) for one in windows} <= set(standing)


def tell_of_offer(order: WorkOrder, *, by: Actor) -> None:
    """The times that wait for an answer: to whoever reported the case; to the agency where nobody did."""
    case, said = order.intervention, [str(window_of(slot)) for slot in waiting(order)]
    label = "Créneaux proposés par l’entreprise"
    note(case, Step(label=label, text="\n".join(said), audience=Audience.REPORTER), by=by)
    if case.reporter is None:
        tell_agency(case, subject=f"Intervention {case.number}\u00a0: {label.lower()}", lines=said)
        return
    tell_reporter(
        case,
        text=f"{order.supplier.name} propose des créneaux\u00a0: choisissez le vôtre.",
        written=emails.slots_offered(case, firm=order.supplier.name, times=said),
        key=f"slots-{order.public_id}-{case.events.count()}",
    )


def decline(*, order: WorkOrder, reason: str = "") -> WorkOrder:
    """The firm will not come: the agency is told why, the client that another firm is looked for. Said twice, once.

    Refused once the work has begun, while the case waits, and by a link that has died meanwhile.
    """
    admit(order)
    return write_refusal(order=order, reason=reason)


@transaction.atomic
def write_refusal(*, order: WorkOrder, reason: str) -> WorkOrder:
    row, by = locked_open(order), Actor.of_supplier(order.supplier)
    if row.is_declined:
        return row
    check_open(row, states=MAY_DECLINE)
    row.state, row.declined_at, row.declined_reason = State.DECLINED, database_now(), reason.strip()
    row.save(update_fields=["state", "declined_at", "declined_reason"])
    take_times_back(row)
    case, why = row.intervention, row.declined_reason or "Sans précision."
    tell_agency(case, subject=f"Intervention {case.number}\u00a0: {by.name} ne peut pas intervenir", lines=[why])
    moves.seek_another_firm(intervention=case, by=by, version=case.version)
    journal("order.declined", row, by=by)
    return row


def begin(*, order: WorkOrder) -> WorkOrder:
    """The firm starts the work, and the client reads it. Said twice, it begins once.

    Refused once the work is done, while the case waits, and by a link that has died meanwhile.
    """
    admit(order)
    return write_start(order=order)


@transaction.atomic
def write_start(*, order: WorkOrder) -> WorkOrder:
    row, by = locked_open(order), Actor.of_supplier(order.supplier)
    if row.state == State.BEGUN:
        return row
    check_open(row, states=MAY_BEGIN)
    orders.begin(intervention=row.intervention, by=by, version=row.intervention.version)
    journal("order.begun", row, by=by)
    return row


def finish(*, order: WorkOrder, text: str = "", papers: Papers = Papers()) -> WorkOrder:
    """The work is done, the firm says: whoever reported the case is asked to confirm. Said twice, it is done once."""
    admit(order)
    files = examined(papers)
    with transaction.atomic():
        row, by = locked_open(order), Actor.of_supplier(order.supplier)
        if row.done_at is None:
            say_done(row, text=text, by=by)
        add(row, files=files, by=by)
    return row


def say_done(order: WorkOrder, *, text: str, by: Actor) -> None:
    check_open(order, states=MAY_FINISH)
    case = order.intervention
    moves.finish(intervention=case, by=by, version=case.version, report=text)
    order.state, order.done_at, order.report = State.DONE, database_now(), text
    order.save(update_fields=["state", "done_at", "report"])
    tell_agency(
        case, subject=f"Intervention {case.number}\u00a0: travaux terminés", lines=[f"{by.name} l’a dit.", text]
    )
    journal("order.done", order, by=by)


def add_papers(*, order: WorkOrder, papers: Papers) -> WorkOrder:
    """Photos of the work, the invoice; a second invoice replaces the first. Refused like any file that is not sound."""
    admit(order)
    files = examined(papers)
    with transaction.atomic():
        row, by = locked_open(order), Actor.of_supplier(order.supplier)
        if row.is_declined:
            raise TooLate
        add(row, files=files, by=by)
        journal("order.papers-added", row, by=by)
    return row


# What these verbs share


def admit(order: WorkOrder) -> None:
    if throttle.admit(SENDINGS, key=order.public_id):
        raise TooManySendings


def locked_open(order: WorkOrder) -> WorkOrder:
    """The order as it is now, nobody else changing it. Refused when its link has died."""
    row = locked(order)
    is_withdrawn = row.token_hash != order.token_hash or row.withdrawn_at is not None
    if is_withdrawn or row.expires_at <= database_now() or row.intervention.state in DEAD_STATES:
        raise LinkDead
    return row


def check_open(order: WorkOrder, *, states: Sequence[str]) -> None:
    """Refuses an order that is over, a case in any other state."""
    if order.intervention.state not in states or not order.is_in_force:
        raise TooLate


@dataclasses.dataclass(frozen=True, kw_only=True)
class Examined:
    """The same papers, looked at and on the disk."""

    photos: Sequence[Kept]
    invoice: Kept | None


def examined(papers: Papers) -> Examined:
    """Before any row is locked. Refuses with PhotoRefused what is no photo nor PDF, or is not sound."""
    invoice = papers.invoice
    count = len(papers.photos) + (invoice is not None)
    return Examined(
        photos=[keep_one_of(count, name=one.name, content=one.content) for one in papers.photos],
        invoice=keep_one_of(count, name=invoice.name, content=invoice.content) if invoice else None,
    )


def add(order: WorkOrder, *, files: Examined, by: Actor) -> None:
    """The photos are for whoever reported the case, the invoice for the agency alone; the same file twice is one."""
    for kept in files.photos:
        put_in(order, kept=kept, by=by, audience=Audience.REPORTER, description="Photo de l’entreprise")
    if files.invoice is None:
        return
    put_in(order, kept=files.invoice, by=by, audience=Audience.INTERNAL, description=f"Facture, {order.number}")
    order.invoice, order.invoice_name = files.invoice.file, files.invoice.name[:200]
    order.save(update_fields=["invoice", "invoice_name"])
    case = order.intervention
    tell_agency(case, subject=f"Intervention {case.number}\u00a0: facture reçue", lines=[f"{by.name} l’a envoyée."])


def put_in(order: WorkOrder, *, kept: Kept, by: Actor, audience: Audience, description: str) -> None:
    name = f"{order.public_id} {audience} {kept.file.sha256}"
    key = hashlib.sha256(name.encode()).hexdigest()[:PUBLIC_ID_LENGTH]
    picture = Picture(kept=kept, description=description, sending_key=key)
    attach(order.intervention, picture=picture, by=by, audience=audience, order=order)
