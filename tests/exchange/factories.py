"""Minimal rows of the books that come by FEC, and a copy of somebody's data."""

import datetime as dt
import io

import factory
from django.core.files import File
from django.utils import timezone

from parvis.exchange.models import DataExport, FecAccount, Intake
from parvis.kit.storage import document_storage
from parvis.ledger.models import Book
from tests.factories import OwnedFactory


class BookFactory(OwnedFactory):
    class Meta:
        model = Book
        django_get_or_create = ("agency", "building")

    building = None


class FecAccountFactory(OwnedFactory):
    """An account that waits for its client."""

    class Meta:
        model = FecAccount

    book = factory.SubFactory(BookFactory, agency=factory.SelfAttribute("..agency"))
    number = factory.Sequence(lambda n: f"450{n:05d}")
    label = "FONTAINE ALICE"
    kind = "co_owner"
    decision = FecAccount.Decision.WAITING


def ready_copy(user):
    """A copy of that login's data, made and kept."""
    now = timezone.now()
    copy = DataExport(agency=user.agency, user=user, state="ready", asked_at=now, made_at=now, size=3)
    copy.expires_at = now + dt.timedelta(days=7)
    copy.save()
    document_storage().save(copy.storage_name, File(io.BytesIO(b"zip")))
    return copy


PREVIEW = {
    **dict.fromkeys(("read", "created", "changed", "unchanged", "refused", "withheld_accounts"), 0),
    "refusals": [],
    "notes": [],
    "counts": {},
    "changes": [],
    "is_applied": True,
    "changes_nothing": True,
}


def intake_of(user, **facts):
    """A package that this member of the staff brought in, previewed."""
    now = timezone.now()
    known = {"source": "package", "file_name": "paquet.zip", "size": 3, "state": "done", "preview": PREVIEW, **facts}
    intake = Intake.objects.create(agency=user.agency, user=user, received_at=now, started_at=now, **known)
    document_storage().save(intake.storage_name, File(io.BytesIO(b"zip")))
    return intake
