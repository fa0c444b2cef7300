"""What Alice has reported: mended, with a photo; what she is about to report; a quote put to her council."""

import datetime as dt

from django.utils import timezone

from parvis.documents.models import StoredFile
from parvis.interventions.models import DraftFile, Intervention, Photo, Quote, ReportDraft
from parvis.kit.days import paris_day
from parvis.kit.identifiers import new_public_id
from parvis.people.models import Grant
from parvis.property.models import Lot
from tests.factories import InterventionFactory


def reported_by(grant: Grant, *, lot: Lot, common: Intervention, file: StoredFile) -> dict[str, object]:
    now = timezone.now()
    case = InterventionFactory(
        building=lot.building,
        lot=lot,
        reporter=grant.client,
        scope="private",
        state="done",
        reported_on=paris_day(now),
        done_at=now,
        appointment_begins_at=now,
        appointment_ends_at=now + dt.timedelta(hours=2),
    )
    kept = {"file": file, "thumbnail": file, "added_at": now}
    author = {"author_kind": "client", "author": grant.user, "sending_key": new_public_id()}
    photo = Photo.objects.create(agency=lot.agency, intervention=case, **author, **kept)
    answers = {"spot": f"lot-{lot.public_id}", "category": "noise", "description": "Du bruit.", "moments": []}
    draft = ReportDraft.objects.create(user=grant.user, answers=answers, kept_at=now)
    quote = Quote.objects.create(
        agency=lot.agency,
        intervention=common,
        supplier_name="Plomberie Martel",
        amount_cents=48_000,
        file=file,
        approver="council",
        asked_at=now,
    )
    return {"case": case, "photo": photo, "draft_file": DraftFile.objects.create(draft=draft, **kept), "quote": quote}
