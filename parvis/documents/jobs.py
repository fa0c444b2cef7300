"""What the clock and the queue call: look at what came in, read the texts of new files, gather archives, forget."""

from parvis.documents.actions import archives, deposits, sweeping, telling, texts
from parvis.documents.models import Archive
from parvis.kit.clock import database_now


def prepare_archive(archive_id: int) -> None:
    """After a request. An archive that is gone needs nothing."""
    archive = Archive.objects.filter(pk=archive_id).first()
    if archive is not None:
        archives.prepare(archive)


def examine_deposit(public_id: str) -> int:
    """After an upload; return whether it was looked at."""
    return deposits.examine_waiting(public_id)


def examine_deposits() -> int:
    """Every minute, what an upload did not bring about; return how many were looked at."""
    return deposits.examine_waiting()


def read_texts() -> int:
    """Every minute; return how many files were read."""
    return texts.read_waiting()


def tell_of_new() -> int:
    """Every morning; return how many notices were made."""
    return telling.tell_of_new(now=database_now())


def forget_old() -> int:
    """Every night; return how many archives, files brought in and contents that nothing refers to were thrown away."""
    now = database_now()
    brought_in = deposits.forget_old(now=now) + sweeping.forget_unchecked(now=now)
    return archives.throw_away_old(now=now) + brought_in + sweeping.sweep(now=now)
