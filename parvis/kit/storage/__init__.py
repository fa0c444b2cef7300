"""Where files are kept, by setting: a folder of this machine or a bucket. Each can be read in part."""

from collections.abc import Iterator
from typing import IO, Any, Protocol, cast

from django.core.files.storage import storages

CHUNK_BYTES = 64 * 1024


class RangedStorage(Protocol):
    """A storage of Django whose files are also read in part."""

    def save(self, name: str | None, content: IO[Any], max_length: int | None = None) -> str: ...

    def exists(self, name: str) -> bool: ...

    def delete(self, name: str) -> None: ...

    def chunks(self, name: str, *, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` up to `stop`, not included; to the end without one. Raises FileNotFoundError."""
        ...


def document_storage() -> RangedStorage:
    """The storage of everything that clients are given as files."""
    return cast(RangedStorage, storages["documents"])
