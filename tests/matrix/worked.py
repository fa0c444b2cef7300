"""The pages where the staff work on cases: theirs by role and by building; a stranger of the agency finds nothing."""

import datetime as dt

from django.utils import timezone

from parvis.interventions.models import MessageTemplate, Slot, WorkOrder
from parvis.people.rules import Duty
from tests.matrix.cast import Cast
from tests.matrix.rows import Arguments, Row, no_arguments
from tests.matrix.staff import staff_page


def of_desk(name: str, arguments: Arguments = no_arguments, *, method: str = "GET", status: int = 200) -> Row:
    """A page that needs the duty of cases."""
    return staff_page(f"staff:{name}", arguments, method=method, status=status, duty=Duty.CASES)


def of_agency(name: str, arguments: Arguments, *, method: str = "GET", status: int = 200) -> Row:
    """What belongs to the agency and to no building: Inès finds it, Odile, of the other agency, does not."""
    return staff_page(f"staff:{name}", arguments, method=method, status=status, duty=Duty.CASES, ines=status)


def the_case(cast: Cast) -> dict[str, object]:
    return {"public_id": cast.case.public_id}


def the_gesture(cast: Cast) -> dict[str, object]:
    return {"public_id": cast.case.public_id, "gesture": "clore"}


def the_client(cast: Cast) -> dict[str, object]:
    return {"public_id": cast.account.client.public_id}


def the_photo(cast: Cast) -> dict[str, object]:
    return {"public_id": cast.case.public_id, "photo_id": cast.photo.public_id}


def the_quote(cast: Cast) -> dict[str, object]:
    return {"public_id": cast.intervention.public_id, "quote_id": cast.quote.public_id}


def the_order(cast: Cast) -> dict[str, object]:
    return {"public_id": cast.order.intervention.public_id, "order_id": cast.order.public_id}


def the_slot(cast: Cast) -> dict[str, object]:
    slot = slot_of(cast.order)
    return {"public_id": cast.order.intervention.public_id, "slot_id": slot.public_id}


def the_firm(cast: Cast) -> dict[str, object]:
    return {"public_id": cast.order.supplier.public_id}


def the_template(cast: Cast) -> dict[str, object]:
    named = {"agency": cast.diane.agency, "name": "Passage"}
    template, _ = MessageTemplate.objects.get_or_create(**named, defaults={"text": "Merci."})
    return {"public_id": template.public_id}


def slot_of(order: WorkOrder) -> Slot:
    """A time that the firm offers."""
    begins_at = timezone.now() + dt.timedelta(days=2)
    times = {"begins_at": begins_at, "ends_at": begins_at + dt.timedelta(hours=2), "proposed_at": timezone.now()}
    return Slot.objects.create(order=order, proposed_by="supplier", **times)


ROWS: list[Row] = [
    of_desk("interventions-index"),
    of_desk("interventions-list"),
    of_desk("interventions-bulk", method="POST"),
    of_desk("interventions-caller"),
    of_desk("interventions-declare", the_client),
    of_desk("interventions-detail", the_case),
    of_desk("interventions-move", the_gesture),
    of_desk("interventions-merge", the_case),
    of_desk("interventions-order-again", the_order, method="POST", status=302),
    of_desk("interventions-order-withdraw", the_order, method="POST", status=302),
    of_desk("interventions-choose-slot", the_slot, method="POST", status=302),
    of_desk("interventions-write", the_case, method="POST"),
    of_desk("interventions-note", the_case, method="POST"),
    of_desk("interventions-photo", the_photo),
    of_desk("interventions-thumbnail", the_photo),
    of_desk("interventions-withhold", the_photo),
    of_desk("interventions-sheet", the_case),
    of_desk("interventions-quote", the_case),
    of_desk("interventions-quote-file", the_quote),
    of_desk("interventions-decision", the_quote),
    of_desk("interventions-damage", the_case),
    of_desk("interventions-damaged-lot", the_case, method="POST"),
    of_desk("suppliers-index"),
    of_desk("suppliers-add"),
    of_agency("suppliers-edit", the_firm),
    of_desk("message_templates-index"),
    of_desk("message_templates-add"),
    of_agency("message_templates-edit", the_template),
    of_desk("message_templates-remove", the_template, method="POST", status=302),  # Diane took it before Inès
]
