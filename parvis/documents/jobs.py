"""What the clock and the queue call: read the texts of new files, gather archives, throw away old ones."""

from parvis.documents.actions import archives, telling, texts
from parvis.documents.models import Archive
from parvis.kit.clock import database_now


def prepare_archive(archive_id: int) -> None:
    """After a request. An archive that is gone needs nothing."""
    archive = Archive.objects.filter(pk=archive_id).first()
    if archive is not None:
        archives.prepare(archive)


def read_texts() -> int:
    """Every minute; return how many files were read."""
    return texts.read_waiting()


def tell_of_new() -> int:
    """Every morning; return how many notices were made."""
    return telling.tell_of_new(now=database_now())


def forget_old() -> int:
    """Every night; return how many archives were thrown away."""
    return archives.throw_away_old(now=database_now())
