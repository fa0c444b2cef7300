"""A report being written: each answer and each photo kept as soon as it is given, for thirty days."""

import datetime as dt
from typing import Any

from django.db import transaction

from parvis.interventions.actions.photos import Kept, Picture, TooManyPhotos, keep
from parvis.interventions.models import MOST_PHOTOS, DraftFile, ReportDraft
from parvis.interventions.rules.delays import DRAFT_KEPT
from parvis.kit.clock import database_now
from parvis.people.models import User

FORGOTTEN_AT_ONCE = 1_000


def of_user(user: User) -> ReportDraft | None:
    """What they have begun, with its photos; nothing when they have begun nothing."""
    return ReportDraft.objects.filter(user=user).prefetch_related("files__file", "files__thumbnail").first()


@transaction.atomic
def keep_answers(*, user: User, answers: dict[str, Any]) -> ReportDraft:  # Any: what JSON holds
    """Note these answers beside those given before."""
    draft = held(user)
    draft.answers = {**draft.answers, **answers}
    draft.kept_at = database_now()
    draft.save(update_fields=["answers", "kept_at"])
    return draft


@transaction.atomic
def begin(*, user: User, answers: dict[str, Any]) -> bool:  # Any: what JSON holds
    """Begin a report with these answers; False, and nothing is touched, when another one is already being written."""
    draft = held(user)
    if draft.answers not in ({}, answers) or draft.files.exists():
        return bool(draft.answers == answers)
    keep_answers(user=user, answers=answers)
    return True


def add_file(*, user: User, name: str, content: bytes, description: str = "") -> DraftFile:
    """Keep a photo with the draft; the same file twice is one. Refuses the seventh, and what is no photo nor PDF."""
    return add_kept(user=user, kept=keep(name=name, content=content), description=description)


@transaction.atomic
def add_kept(*, user: User, kept: Kept, description: str) -> DraftFile:
    draft = held(user)
    same = draft.files.filter(file=kept.file).first()
    if same is not None:
        return same
    if draft.files.count() >= MOST_PHOTOS:
        raise TooManyPhotos
    return DraftFile.objects.create(
        draft=draft,
        file=kept.file,
        thumbnail=kept.thumbnail,
        name=kept.name[-200:],
        description=description[:200],
        is_checked=kept.is_checked,
        added_at=database_now(),
    )


def describe_file(*, file: DraftFile, description: str) -> None:
    DraftFile.objects.filter(pk=file.pk).update(description=description[:200])


def remove_file(*, file: DraftFile) -> None:
    """« Retirer »: already gone is fine."""
    DraftFile.objects.filter(pk=file.pk).delete()


def discard(*, user: User) -> None:
    ReportDraft.objects.filter(user=user).delete()


def pictures_of(draft: ReportDraft) -> list[Picture]:
    """What goes with the report, in the order in which it was added."""
    return [
        Picture(
            kept=Kept(file=row.file, thumbnail=row.thumbnail, name=row.name, is_checked=row.is_checked),
            description=row.description,
            sending_key=row.public_id,
        )
        for row in draft.files.select_related("file", "thumbnail").order_by("pk")
    ]


def held(user: User) -> ReportDraft:
    """The draft of that login, made if need be, locked until the end of the transaction."""
    fresh = ReportDraft(user=user, kept_at=database_now())
    ReportDraft.objects.bulk_create([fresh], ignore_conflicts=True)
    return ReportDraft.objects.select_for_update(of=("self",)).get(user=user)


def forget_old(*, now: dt.datetime) -> int:
    """Erase the drafts of more than thirty days; return how many."""
    old = ReportDraft.objects.filter(kept_at__lt=now - DRAFT_KEPT).order_by("pk")
    ids = list(old.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
    ReportDraft.objects.filter(pk__in=ids).delete()
    return len(ids)
