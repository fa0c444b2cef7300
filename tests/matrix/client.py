"""What a signed-in client sees: always their own, never another's."""

from tests.matrix.rows import Row

ROWS: list[Row] = []
