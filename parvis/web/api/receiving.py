"""Rows that a program sends: through the import, and back as a report or as a problem."""

from collections.abc import Mapping, Sequence

from parvis.exchange.actions.refusals import ImportUnderWay
from parvis.exchange.actions.rows import Cells, RowsRefused, upsert_rows
from parvis.exchange.models import ApiKey
from parvis.web.api.problems import Problem
from parvis.web.api.schemas import Written, written
from parvis.web.api.tables import problem_of

RETRY_AFTER_SECONDS = 10


def receive(*, key: ApiKey, tables: Mapping[str, Sequence[Cells]], places: Mapping[str, Sequence[str]]) -> Written:
    """Write all the rows, or none. `places` names, for each table, where each row stands in the body."""
    try:
        return written(upsert_rows(key=key, tables=tables))
    except RowsRefused as refusal:
        raise problem_of(refusal.faults, places=places) from refusal
    except ImportUnderWay as refusal:
        raise Problem("busy", retry_after=RETRY_AFTER_SECONDS) from refusal
