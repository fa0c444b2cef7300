"""How far a run is, and that it is alive: kept beside the file, since a database with one writer is busy meanwhile."""

import datetime as dt
import json
import threading
from dataclasses import dataclass
from typing import Self

from django.core.files.base import ContentFile
from django.utils import timezone

from parvis.exchange.models import Intake
from parvis.kit.storage import document_storage
from parvis.kit.typography import typographic

BEATS_EVERY = 2.0  # seconds
DEAD_AFTER = dt.timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The last news of a run, and when it last gave a sign of life."""

    news: str
    beaten_at: dt.datetime

    @property
    def is_dead(self) -> bool:
        return timezone.now() - self.beaten_at > DEAD_AFTER


class Heart:
    """Writes the news of a run down, and that it lives, every other second until it ends."""

    def __init__(self, intake: Intake) -> None:
        self.name = intake.progress_name
        self.news = "Ouverture du fichier"
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.beat_on, daemon=True)

    def __call__(self, news: str) -> None:
        self.news = typographic(news)

    def __enter__(self) -> Self:
        self.beat()
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        self.thread.join()
        document_storage().delete(self.name)

    def beat_on(self) -> None:
        while not self.over.wait(BEATS_EVERY):
            self.beat()

    def beat(self) -> None:
        text = json.dumps({"news": self.news, "beaten_at": timezone.now().isoformat()})
        document_storage().save(self.name, ContentFile(text.encode()))


def progress_of(intake: Intake) -> Progress | None:
    """What the run last said; nothing when it says nothing."""
    try:
        text = b"".join(document_storage().chunks(intake.progress_name))
        told = json.loads(text)
    except (FileNotFoundError, ValueError):
        return None
    return Progress(news=told["news"], beaten_at=dt.datetime.fromisoformat(told["beaten_at"]))


def is_dead(intake: Intake) -> bool:
    """Whether nobody runs it any more: no sign of life for a minute."""
    progress = progress_of(intake)
    if progress is not None:
        return progress.is_dead
    return intake.started_at is not None and timezone.now() - intake.started_at > DEAD_AFTER
