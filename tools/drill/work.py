"""What the database holds of the cases, the orders and the desk at the end; read by `truth`, once Django is ready."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from parvis.documents.models import Deposit, Document
from parvis.exchange.models import Intake
from parvis.interventions.models import CaseMessage, Intervention, InterventionEvent, Photo, WorkOrder
from parvis.interventions.rules.machine import is_possible
from parvis.interventions.rules.orders import Window
from parvis.kit.storage import document_storage
from parvis.people.tokens import token_digest
from tools.drill.counting_work import Order, Work
from tools.drill.notebook import Line
from tools.drill.reporting import PHOTOS

OFFERED = "Créneaux proposés par l’entreprise"
LOOKED_AT = (Deposit.State.READY, Deposit.State.CONFIRMED, Deposit.State.PUBLISHED)


def find_work(lines: list[Line]) -> Work:
    tokens = {line.who for line in lines if line.verb in ("offer", "paper", "done")}
    orders = {token: order_of(token) for token in sorted(tokens)}
    return Work(
        steps={case.public_id: steps_of(case) for case in Intervention.objects.order_by("pk")},
        messages=Counter(CaseMessage.objects.exclude(sending_key="").values_list("sending_key", flat=True)),
        pictures=Counter(Photo.objects.exclude(message=None).values_list("message__sending_key", flat=True)),
        orders={token: order for token, order in orders.items() if order is not None},
        offers=Counter(
            InterventionEvent.objects.filter(label=OFFERED).values_list("intervention__public_id", flat=True)
        ),
        deposits=Counter(Deposit.objects.filter(state__in=LOOKED_AT).values_list("name", flat=True)),
        described=Counter(Deposit.objects.filter(title__startswith="Note ").values_list("public_id", flat=True)),
        documents=Counter(Document.objects.values_list("title", flat=True)),
        intakes=Counter(Intake.objects.exclude(state=Intake.State.RECEIVING).values_list("sending_key", flat=True)),
    )


def steps_of(case: Intervention) -> list[str]:
    """The states that it went through, in their order."""
    return list(case.events.exclude(to_state="").order_by("pk").values_list("to_state", flat=True))


def order_of(token: str) -> Order | None:
    """What became of the order that this link opens."""
    order = WorkOrder.objects.filter(token_hash=token_digest(token)).select_related("intervention").first()
    if order is None:
        return None
    slots = [Window(slot.begins_at, slot.ends_at).key for slot in order.slots.order_by("pk")]
    return Order(
        case=order.intervention.public_id, is_done=order.done_at is not None, photos=order.photos.count(), slots=slots
    )


def faults_of_case(case: Intervention) -> Iterator[str]:
    """A case whose steps do not tell its state, that went where the machine does not lead, or whose photos are torn."""
    steps = steps_of(case)
    if len(steps) != case.version or steps[-1] != case.state:
        yield f"case {case.number}: {case.state}, version {case.version}, steps {steps}"
    for before, after in pairwise(steps):
        if not is_possible(before, after):
            yield f"case {case.number}: {before}, then {after}"
    photos = list(case.photos.select_related("file"))
    reported = sum(photo.message_id is None and photo.order_id is None for photo in photos)
    if reported != PHOTOS:
        yield f"case {case.number}: {reported} photos, {PHOTOS} were sent"
    for photo in photos:
        content = b"".join(document_storage().chunks(photo.file.storage_name))
        if hashlib.sha256(content).hexdigest() != photo.file.sha256:
            yield f"case {case.number}: a photo is torn"
