"""The words of what was published, read afterwards: a search finds them, a scanned paper says that it has none."""

import time

from parvis.documents.examiner import NotExamined, Text, read_text
from parvis.documents.models import StoredFile
from parvis.kit.storage import document_storage
from parvis.kit.words import indexed

ROUND_LASTS = 50.0  # seconds: the next round begins after a minute
READ_AT_ONCE = 100
WORDS_KEPT = 400  # of one file: the first pages say what it is
WAITING, READ, NONE = StoredFile.TextState.WAITING, StoredFile.TextState.READ, StoredFile.TextState.NONE


def read_waiting(*, lasts: float = ROUND_LASTS) -> int:
    """Read the files that wait, the latest first, for so many seconds; return how many."""
    ends, count = time.monotonic() + lasts, 0
    while time.monotonic() < ends:
        waiting = list(StoredFile.objects.filter(text_state=WAITING).order_by("-pk")[:READ_AT_ONCE])
        for file in waiting:
            read(file)
            count += 1
            if time.monotonic() > ends:
                break
        if len(waiting) < READ_AT_ONCE:
            break
    return count


def read(file: StoredFile) -> None:
    """Keep the words of one file, or that it has none. A file that cannot be read is tried once."""
    found = text_of(file)
    state = NONE if found is None or found.is_scanned else READ
    StoredFile.objects.filter(pk=file.pk).update(
        words=indexed(found.text, at_most=WORDS_KEPT) if found else "",
        is_scanned=found is not None and found.is_scanned,
        text_state=state,
    )


def text_of(file: StoredFile) -> Text | None:
    content = b"".join(document_storage().chunks(file.storage_name))
    try:
        return read_text(content)
    except NotExamined:
        return None
