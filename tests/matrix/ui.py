"""The stylesheet and the gallery of components."""

from tests.matrix.rows import Row

ROWS: list[Row] = []
