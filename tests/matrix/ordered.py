"""What a firm was sent for, in Alice's building: the order, a photo of its case, a photo of another case."""

from django.utils import timezone

from parvis.documents.models import StoredFile
from parvis.interventions.models import Photo
from parvis.kit.identifiers import new_public_id
from parvis.property.models import Lot
from tests.factories import InterventionFactory
from tests.interventions.factories import WorkOrderFactory


def ordered_in(lot: Lot, *, file: StoredFile) -> dict[str, object]:
    order = WorkOrderFactory(intervention__building=lot.building)
    other = InterventionFactory(building=lot.building)
    return {
        "order": order,
        "order_photo": photo_of(order.intervention, file=file),
        "other_photo": photo_of(other, file=file),
    }


def photo_of(case, *, file):
    return Photo.objects.create(
        agency=case.agency,
        intervention=case,
        file=file,
        audience="everyone",
        author_kind="staff",
        sending_key=new_public_id(),
        added_at=timezone.now(),
    )
