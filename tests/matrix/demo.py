"""The mailbox of the demonstration."""

from tests.matrix.rows import Row

ROWS: list[Row] = []
