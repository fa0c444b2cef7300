"""What the holder of an order's link reads: that order, the address, the times, and what may be done now."""

import datetime as dt
from dataclasses import dataclass

from parvis.interventions.access import photos_for_supplier
from parvis.interventions.models import AuthorKind, Intervention, Photo, Slot, WorkOrder
from parvis.interventions.rules.orders import MAY_BEGIN, MAY_DECLINE, MAY_FINISH, MAY_OFFER, Window
from parvis.kit.typography import lower_first
from parvis.property.models import Building


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPage:
    """One order. Nobody is named: how to reach who is there, and only for what is mended in their home."""

    order: WorkOrder
    slots: list[Slot]
    photos: list[Photo]
    sent_photos: int
    now: dt.datetime

    @property
    def case(self) -> Intervention:
        return self.order.intervention

    @property
    def building(self) -> Building:
        return self.case.building

    @property
    def is_private(self) -> bool:
        return self.case.scope == Intervention.Scope.PRIVATE

    @property
    def place(self) -> str:
        """« Appartement T3, lot 12, 3e étage, salle de bains »."""
        lot = self.case.lot
        parts = [lot.label, f"lot\u00a0{lot.number}", lot.stairwell, lot.floor] if lot else []
        words = ", ".join(part for part in [*parts, self.case.place] if part)
        return words[:1].upper() + lower_first(words)[1:]

    @property
    def phone(self) -> str:
        return self.case.phone if self.is_private and self.order.shows_contact else ""

    @property
    def availability(self) -> str:
        return self.case.availability if self.is_private and self.order.shows_contact else ""

    @property
    def appointment(self) -> Window | None:
        """When the firm is expected, whoever fixed it."""
        begins_at, ends_at = self.case.appointment_begins_at, self.case.appointment_ends_at
        is_fixed = self.case.state == Intervention.State.SCHEDULED
        return Window(begins_at, ends_at or begins_at) if is_fixed and begins_at else None

    @property
    def waiting(self) -> list[Window]:
        """Offered, still to come, none chosen yet."""
        if not self.may_offer:
            return []
        return [Window(slot.begins_at, slot.ends_at) for slot in self.slots if slot.begins_at > self.now]

    @property
    def may_offer(self) -> bool:
        return self.order.is_in_force and self.case.state in MAY_OFFER

    @property
    def may_finish(self) -> bool:
        return self.order.is_in_force and self.case.state in MAY_FINISH

    @property
    def may_begin(self) -> bool:
        return self.order.is_in_force and self.case.state in MAY_BEGIN

    @property
    def may_decline(self) -> bool:
        return self.order.is_in_force and self.case.state in MAY_DECLINE

    @property
    def has_begun(self) -> bool:
        return self.order.is_in_force and self.case.state == Intervention.State.IN_PROGRESS

    @property
    def done_at(self) -> dt.datetime | None:
        return self.order.done_at

    @property
    def sent(self) -> str:
        """« 3 fichiers, dont la facture »."""
        count = self.sent_photos
        photos = f"{count}\u00a0fichier{'s' if count > 1 else ''}" if count else ""
        return f"{photos}, dont la facture" if self.order.invoice_id else photos


def order_page(order: WorkOrder, *, now: dt.datetime) -> OrderPage:
    photos = photos_for_supplier(order).exclude(author_kind=AuthorKind.SUPPLIER)
    return OrderPage(
        order=order,
        slots=list(order.slots.filter(withdrawn_at=None)),
        photos=list(photos),
        sent_photos=order.photos.kept().count(),
        now=now,
    )
