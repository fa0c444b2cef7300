"""The way in: sign-in, first connection, forgotten password."""

from tests.matrix.rows import Row

ROWS: list[Row] = []
