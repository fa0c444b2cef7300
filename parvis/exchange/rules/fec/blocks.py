"""The lines of a FEC in handfuls: decoded, cut where records end, without the signs that nobody typed."""

import codecs
import dataclasses
import re
import unicodedata
from collections.abc import Iterator
from typing import BinaryIO

from parvis.exchange.rules.fec.encoding import BLOCK, DOS_END, UTF8, Survey
from parvis.exchange.rules.fec.lines import FecRefused
from parvis.exchange.rules.fec.tolerances import Tolerances

LONGEST_LINE = 1024 * 1024
# Every control but the tab; line ends are gone when this is looked for.
INVISIBLE = re.compile("[\x01-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")


@dataclasses.dataclass(slots=True, kw_only=True)
class Lines:
    """Whole lines in a row, without the last `end`, and where they stand in the file.

    `returns` counts the CR that are still in the text, as there is one before each LF in most files.
    """

    numbers: range
    text: str
    end: str
    returns: int

    def split(self) -> list[str]:
        return self.text.split(self.end)

    def without_first(self) -> "Lines":
        first, _end, rest = self.text.partition(self.end)
        returns = self.returns - first.count("\r")
        return Lines(numbers=self.numbers[1:], text=rest, end=self.end, returns=returns)


class LineSource:
    """Cuts the file into lines."""

    def __init__(self, stream: BinaryIO, *, survey: Survey, tolerances: Tolerances) -> None:
        self.stream = stream
        self.survey = survey
        self.tolerances = tolerances
        self.end = "\n"

    def blocks(self) -> Iterator[Lines]:
        """The records end with LF (and any CR around it), or with CR where the first of them does."""
        number = 1
        rest = ""
        for decoded, is_last in self.texts():
            text = rest + decoded
            if number == 1:
                self.end = end_of_records(text)
            ready, rest = (text, "") if is_last else self.cut(text, line=number)
            if not ready:
                continue
            lines = self.cleaned(ready, first=number)
            number = lines.numbers.stop
            yield lines

    def cut(self, text: str, *, line: int) -> tuple[str, str]:
        """The whole lines, and the beginning of the next one."""
        place = text.rfind(self.end) + 1
        if len(text) - place > LONGEST_LINE:
            line += text.count(self.end, 0, place)
            raise FecRefused("Cette ligne a plus d’un million de signes : ce n’est pas une écriture.", line=line)
        return text[:place], text[place:]

    def texts(self) -> Iterator[tuple[str, bool]]:
        """The decoded text in blocks, and whether each is the last."""
        decoder = codecs.getincrementaldecoder(self.survey.encoding.codec)()
        self.stream.seek(len(codecs.BOM_UTF8) if self.survey.has_mark else 0)
        block = self.stream.read(BLOCK)
        while block:
            following = self.stream.read(BLOCK)
            if not following:
                block = block.rstrip(DOS_END)
            yield decoder.decode(block, final=not following), not following
            block = following

    def cleaned(self, text: str, *, first: int) -> Lines:
        self.survey.has_invisible |= self.end == "\r" and "\n" in text
        text = text.removesuffix("\r" if text.endswith("\n\r") else "").removesuffix(self.end)
        if self.survey.has_nulls and "\0" in text:
            self.tolerances.note("nulls", line=first, count=text.count("\0"))
            text = text.replace("\0", "")
        if self.survey.encoding is UTF8 and not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
        returns = text.count("\r") if self.end == "\n" else 0
        numbers = range(first, first + text.count(self.end) + 1)
        lines = Lines(numbers=numbers, text=text, end=self.end, returns=returns)
        return self.plain(lines) if self.survey.has_invisible else lines

    def plain(self, lines: Lines) -> Lines:
        """The same lines without CR, and without any sign that nobody sees."""
        text = self.without_returns(lines) if lines.returns else lines.text
        if self.survey.has_invisible:
            numbered = zip(lines.numbers, text.split(self.end), strict=True)
            text = self.end.join(self.visible(line, number=number) for number, line in numbered)
        return Lines(numbers=lines.numbers, text=text, end=self.end, returns=0)

    def without_returns(self, lines: Lines) -> str:
        """CR LF as it should be; CR CR LF and LF CR as they should not; another CR stays and is seen as a control."""
        text = f"{lines.text}\n".replace("\r\n", "\n")
        if "\r\n" in text or "\n\r" in text:
            self.tolerances.note("line-ends", line=lines.numbers.start)
            text = text.replace("\r\n", "\n").replace("\n\r", "\n").removeprefix("\r")
        self.survey.has_invisible |= "\r" in text
        return text.removesuffix("\n")

    def visible(self, line: str, *, number: int) -> str:
        if not INVISIBLE.search(line):
            return line
        self.tolerances.note("invisible", line=number)
        return INVISIBLE.sub(" ", line)


def end_of_records(text: str) -> str:
    """CR alone ends records only where no LF follows the first of them."""
    first = re.search("\r*\n|\r", text)
    return "\r" if first and first[0] == "\r" else "\n"
