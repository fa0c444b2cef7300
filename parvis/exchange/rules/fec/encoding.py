"""How the signs of a FEC are written: found by evidence over the whole file, never by a guess on its first bytes.

1. Bytes below 128 only: ASCII, nothing to find.
2. Valid UTF-8 from end to end: UTF-8. Text of another encoding is never that by chance, for each of its accented
   letters would have to be followed by a sign that no word has.
3. Both at once (a few bytes wrong among valid UTF-8 letters): two encodings in one file, refused.
4. Otherwise one byte is one sign. ISO 8859-15 writes no text with the bytes 128 to 159, so one of them leaves
   Windows-1252 and CP850, and an undefined one (129, 141, 143, 144, 157) CP850 alone. Between the two that remain,
   each place where such bytes stand is read both ways with the signs around it: « é » between two letters is French,
   « Ú » after a small letter, « ‚ » or « ╔ » between two letters is not. The lower cost wins; a tie goes to the
   norm's own ISO 8859-15 and is told as a doubt; a cost too high in both is refused.
"""

import codecs
import collections
import dataclasses
import re
from typing import BinaryIO

from parvis.exchange.rules.fec.lines import FecRefused

# What is decoded, cut and read at a time: small enough for the caches of a processor.
BLOCK = 128 * 1024
ASCII = bytes(range(128))
PLAIN = bytes(range(32, 127)) + b"\t\r\n"
# The controls beyond ASCII, and the separators of lines and paragraphs.
INVISIBLE_SIGNS = [chr(code) for code in range(0x80, 0xA0)] + ["\u2028", "\u2029"]
HOLE = b"\0" * 16
DOS_END = b"\x1a"
UNDEFINED_IN_WINDOWS = frozenset(b"\x81\x8d\x8f\x90\x9d")
UNUSED_IN_ISO = frozenset(range(0x80, 0xA0))
BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
NO_FRENCH_WORD = re.compile(r"[^\W\d_\x00-\x7f]{3}")
ENOUGH_PLACES = 20_000
NEVER, RARE, SIGN, FRENCH = 3, 2, 1, 0
# An unknown encoding (Mac Roman, Greek…) turns nearly every letter into one that French does not have.
UNREADABLE, ENOUGH_TO_TELL = 1.5, 3

FRENCH_LETTERS = frozenset("àâäæçèéêëîïôöœùûüÿ")
FOREIGN_LETTERS = frozenset("áãåíìñóòõøßúšž")
ALONE = frozenset("àÀ")
BETWEEN_LETTERS = frozenset("’‘´·\u00a0")
SIGNS = frozenset("€£¥§°²³µ«»·–—…’‘“”„•™®©¼½¾×÷±ªº¤¨´¹¦\u00a0\u00ad")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """`codec` is Python's word, `label` that of people."""

    codec: str
    label: str


ASCII_ONLY = Encoding(codec="ascii", label="ASCII")
UTF8 = Encoding(codec="utf-8", label="UTF-8")
ISO = Encoding(codec="iso8859-15", label="ISO 8859-15")
WINDOWS = Encoding(codec="cp1252", label="Windows-1252")
DOS = Encoding(codec="cp850", label="CP850 (DOS)")


@dataclasses.dataclass(slots=True)
class Survey:
    """What one pass over the bytes has found."""

    encoding: Encoding = ASCII_ONLY
    has_mark: bool = False
    is_doubtful: bool = False
    has_nulls: bool = False
    has_invisible: bool = False


class Surveyor:
    """Takes the blocks of a file one after the other."""

    def __init__(self) -> None:
        self.survey = Survey()
        self.utf8 = codecs.getincrementaldecoder("utf-8")()
        self.is_utf8 = True
        self.bytes_used: set[int] = set()
        self.places: collections.Counter[bytes] = collections.Counter()
        self.places_found = 0
        self.before = b""

    def take(self, block: bytes) -> None:
        others = block.translate(None, PLAIN)
        if others:
            self.take_others(others)
        if self.is_utf8:
            self.take_as_utf8(block)
        if not others.isascii():
            self.take_places(block)
        self.before = block[-1:]

    def take_others(self, others: bytes) -> None:
        """Note the bytes beyond ASCII, and the controls."""
        beyond = others.translate(None, ASCII)
        self.bytes_used.update(beyond)
        if len(beyond) < len(others):
            self.survey.has_nulls |= b"\0" in others
            self.survey.has_invisible |= any(byte < 128 and byte not in b"\0" + DOS_END for byte in set(others))

    def take_as_utf8(self, block: bytes) -> None:
        try:
            text = self.utf8.decode(block)
        except UnicodeDecodeError:
            self.is_utf8 = False
            return
        if not text.isascii() and not self.survey.has_invisible:
            self.survey.has_invisible = any(sign in text for sign in INVISIBLE_SIGNS)

    def take_places(self, block: bytes) -> None:
        """Note the runs of bytes beyond ASCII with their neighbours, until there are enough to judge."""
        if self.places_found >= ENOUGH_PLACES:
            return
        block = self.before + block
        for found in BEYOND_ASCII.finditer(block):
            self.places[block[max(found.start() - 1, 0) : found.end() + 1][:100]] += 1
            self.places_found += 1
            if self.places_found >= ENOUGH_PLACES:
                return

    def end(self) -> Survey:
        if not self.bytes_used:
            return self.survey
        if self.is_utf8 and self.is_whole():
            self.survey.encoding = UTF8
            return self.survey
        self.refuse_two_encodings()
        self.survey.encoding, self.survey.is_doubtful = self.one_byte_encoding()
        return self.survey

    def is_whole(self) -> bool:
        try:
            self.utf8.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        return True

    def refuse_two_encodings(self) -> None:
        """Most places are valid UTF-8 and some are not: no single encoding reads this file."""
        valid = sum(count for place, count in self.places.items() if is_utf8(place))
        if valid * 2 >= self.places_found:
            raise WrongUtf8

    def one_byte_encoding(self) -> tuple[Encoding, bool]:
        """The encoding whose reading costs less, and whether it was a tie."""
        latin = WINDOWS if self.bytes_used & UNUSED_IN_ISO else ISO
        costs = {encoding: self.mean_cost(encoding) for encoding in (latin, DOS)}
        if latin is WINDOWS and self.bytes_used & UNDEFINED_IN_WINDOWS:
            del costs[latin]
        best = min(costs, key=lambda encoding: costs[encoding])
        if costs[best] >= UNREADABLE and self.places_found >= ENOUGH_TO_TELL:
            raise FecRefused(
                "Les lettres accentuées ne se lisent en aucun des encodages connus (UTF-8, ISO 8859-15, Windows-1252, "
                "CP850) : enregistrez le fichier en UTF-8, puis recommencez."
            )
        return best, len(costs) > 1 and costs[latin] == costs[DOS]

    def mean_cost(self, encoding: Encoding) -> float:
        total = signs = 0
        for place, count in self.places.items():
            costs = costs_of(place.decode(encoding.codec, errors="replace"))
            total += count * sum(costs)
            signs += count * len(costs)
        return total / max(signs, 1)


class WrongUtf8(Exception):
    """The file is in UTF-8, but for some bytes: where is for the caller to find."""


def is_utf8(place: bytes) -> bool:
    """Whether the bytes beyond ASCII of that place are whole letters of UTF-8."""
    try:
        place.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def costs_of(text: str) -> list[int]:
    """What each sign beyond ASCII costs to French, between its neighbours; three such letters in a row are no word."""
    if NO_FRENCH_WORD.search(text):
        return [RARE] * sum(not sign.isascii() for sign in text)
    around = f" {text} "
    return [
        cost_of(sign, before=around[place], after=around[place + 2])
        for place, sign in enumerate(text)
        if not sign.isascii()
    ]


def cost_of(sign: str, *, before: str, after: str) -> int:
    if sign.isalpha() and sign not in "ªºµ":
        return cost_of_letter(sign, before=before, after=after)
    if sign not in SIGNS:
        return NEVER
    if before.isalpha() and after.isalpha():
        return FRENCH if sign in BETWEEN_LETTERS else NEVER
    return FRENCH if sign == "°" and before in "nN" else SIGN


def cost_of_letter(sign: str, *, before: str, after: str) -> int:
    """A capital after a small letter, or a letter alone, is no French word."""
    small = sign.lower()
    if small not in FRENCH_LETTERS | FOREIGN_LETTERS:
        return RARE
    if sign != small and (before.islower() or (after.islower() and before.isupper())):
        return RARE
    if sign == small and before.isupper() and after.isupper():
        return RARE
    if not before.isalpha() and not after.isalpha() and sign not in ALONE:
        return RARE
    return FRENCH if small in FRENCH_LETTERS else SIGN


def survey_of(stream: BinaryIO) -> Survey:
    """Read the file from end to end and come back to its start; `FecRefused` if it is no text."""
    surveyor = Surveyor()
    stream.seek(0)
    first = stream.read(BLOCK)
    refuse_other_formats(first)
    surveyor.survey.has_mark = first.startswith(codecs.BOM_UTF8)
    block = first.removeprefix(codecs.BOM_UTF8)
    try:
        while block:
            if HOLE in block:
                raise hole_refused(stream)
            surveyor.take(block)
            block = stream.read(BLOCK)
        survey = surveyor.end()
        if survey.has_mark and survey.encoding not in (UTF8, ASCII_ONLY):
            raise WrongUtf8
    except WrongUtf8 as error:
        raise wrong_utf8_refused(stream) from error
    stream.seek(0)
    return survey


def refuse_other_formats(first: bytes) -> None:
    """What people send instead of a FEC says itself in its first bytes."""
    if first.startswith((b"\xff\xfe", b"\xfe\xff")) or is_wide(first[:200]):
        raise FecRefused("Ce fichier est en UTF-16 : enregistrez-le en UTF-8, puis recommencez.", line=1)
    kinds = {b"PK\x03\x04": "une archive ZIP ou un classeur", b"%PDF": "un PDF", b"\xd0\xcf\x11\xe0": "un classeur"}
    kinds |= {b"\x1f\x8b": "une archive", b"7z\xbc\xaf": "une archive"}
    for beginning, words in kinds.items():
        if first.startswith(beginning):
            raise FecRefused(f"Ce fichier est {words} : donnez le FEC lui-même, un fichier texte.")
    if first.removeprefix(codecs.BOM_UTF8).lstrip()[:20].lower().startswith((b"<?xml", b"<compta")):
        raise FecRefused(
            "Ce FEC est au format XML : exportez-le à plat, avec des tabulations ou des « | » entre les champs.", line=1
        )


def is_wide(beginning: bytes) -> bool:
    """ASCII written on two bytes a sign: one byte in two is null."""
    return len(beginning) >= 4 and any(not any(beginning[start::2]) for start in (0, 1))


def wrong_utf8_refused(stream: BinaryIO) -> FecRefused:
    """Say where: the line, and the bytes that UTF-8 cannot read."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    while block := stream.read(BLOCK):
        waiting = decoder.getstate()[0]
        try:
            decoder.decode(block, final=len(block) < BLOCK)
        except UnicodeDecodeError as error:
            before = (waiting + block)[: error.start]
            wrong = (waiting + block)[error.start : error.start + 1]
            return FecRefused(
                "Le fichier est en UTF-8, mais pas ici : il mêle deux encodages. Exportez-le de nouveau.",
                line=line + before.count(b"\n"),
                value=f"octet {wrong.hex()}",
            )
        line += block.count(b"\n")
    return FecRefused("Le fichier mêle deux encodages : exportez-le de nouveau.")


def hole_refused(stream: BinaryIO) -> FecRefused:
    stream.seek(0)
    line, hole = 1, -1
    while hole < 0 and (block := stream.read(BLOCK)):
        hole = block.find(HOLE)
        line += block.count(b"\n", 0, hole if hole >= 0 else len(block))
    reason = "Le fichier est plein de signes nuls (NUL) à partir d’ici, comme après une copie interrompue"
    return FecRefused(f"{reason} : copiez-le de nouveau.", line=line)
