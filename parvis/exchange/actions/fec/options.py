"""What is asked of the import of a FEC."""

import dataclasses
import datetime as dt
from pathlib import Path

from django.utils import timezone

from parvis.exchange.actions.loading import Progress
from parvis.exchange.actions.noticing import Changes
from parvis.kit.days import paris_day


def say_nothing(_news: str) -> None:
    """The progress of an import that nobody watches."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class FecOptions:
    """`building` is the reference of the building whose books these are; nothing for those of the agency.

    `begins_on` and `ends_on` say which period the file holds in full, where its name does not. `opening_journals`
    are kept for the next files. `mapping` decides whose the accounts are, `tells_mapping` asks for that table in the
    report; `accepts_siren` takes the books of a file whose SIREN has changed. `changes` and `intake_id` are those of
    the import of a package.
    """

    slug: str
    building: str = ""
    begins_on: dt.date | None = None
    ends_on: dt.date | None = None
    opening_journals: tuple[str, ...] | None = None
    accepts_siren: bool = False
    mapping: Path | None = None
    tells_mapping: bool = False
    dry_run: bool = False
    today: dt.date = dataclasses.field(default_factory=lambda: paris_day(timezone.now()))
    progress: Progress = say_nothing
    changes: Changes | None = None
    intake_id: int | None = None
