"""A column of a batch at once: nearly every batch has no fault, so cells are looked at one by one only if needed."""

import unicodedata
from collections.abc import Sequence

from parvis.exchange.rules.cells import FORBIDDEN, CellFault, Convert
from parvis.exchange.rules.tables import Field

REMEMBERED = 20_000

Column = list[str | None]


class Remembered(dict[str, str | None]):
    """What cells met before became; forgotten when it grows, so that memory stays bounded."""

    def __init__(self, convert: Convert) -> None:
        super().__init__()
        self.convert = convert

    def __missing__(self, cell: str) -> str | None:
        if len(self) >= REMEMBERED:
            self.clear()
        kept = self.convert(cell.strip())
        self[cell] = kept
        return kept


class ColumnReader:
    """Turns the cells of one column into what is kept."""

    def __init__(self, *, field: Field, convert: Convert) -> None:
        self.field = field
        self.convert = convert
        self.remembered = Remembered(convert)
        self.is_free_text = field.type == "string" and field.format == "default" and not field.categories
        self.is_free_text = self.is_free_text and not (field.pattern or field.default)

    def read(self, cells: Sequence[str]) -> Column:
        """The whole column, or `CellFault` as soon as one cell is wrong."""
        if self.is_free_text:
            return self.read_text(cells)
        return list(map(self.remembered.__getitem__, cells))

    def read_text(self, cells: Sequence[str]) -> Column:
        texts = list(map(str.strip, cells))
        together = "".join(texts)
        if self.field.max_length is not None and max(map(len, texts)) > self.field.max_length:
            raise CellFault("")
        is_odd = not together.isprintable() and FORBIDDEN.search(together)
        if is_odd or (self.field.required and "" in texts):
            raise CellFault("")
        if not together.isascii():
            texts = [unicodedata.normalize("NFC", text) for text in texts]
        return list(texts)

    def read_one(self, cell: str) -> str | None:
        return self.convert(cell.strip())
