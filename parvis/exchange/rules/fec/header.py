"""The first line of a FEC and the name of its file: separator, columns, SIREN, closing day.

LPF art. A. 47 A-1, VI to IX. As the DGFiP's own checker, names are compared without case, accents or signs.
"""

import dataclasses
import datetime as dt
import re
import unicodedata

from parvis.exchange.rules.fec.lines import FecRefused
from parvis.exchange.rules.fec.tolerances import Tolerances
from parvis.exchange.rules.visible import shown

FIRST_COLUMNS = (
    *("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum"),
    *("CompAuxLib", "PieceRef", "PieceDate", "EcritureLib"),
)
SIDES, SIGNED = ("Debit", "Credit"), ("Montant", "Sens")
LAST_COLUMNS = ("EcritureLet", "DateLet", "ValidDate")
MONEY_COLUMNS = ("Montantdevise", "Idevise")
CASH_COLUMNS = ("DateRglt", "ModeRglt", "NatOp", "IdClient")
COMPULSORY = (*FIRST_COLUMNS, *LAST_COLUMNS, *MONEY_COLUMNS)
# Those whose absence at the end of a line takes nothing away from it.
OPTIONAL = (*MONEY_COLUMNS, *CASH_COLUMNS)
SPELLINGS = {"iddevise": "Idevise", "compteauxnum": "CompAuxNum", "compteauxlib": "CompAuxLib"}
SPELLINGS |= {name.lower(): name for name in (*COMPULSORY, *SIDES, *SIGNED, *CASH_COLUMNS)}
SEPARATORS = {"\t": "tabulation", "|": "barre « | »"}
WRONG_SEPARATORS = {";": "points-virgules", ",": "virgules"}
# A first line with fewer of the norm's names is no header.
ENOUGH_NAMES = 5
FILE_NAME = re.compile(r"(\d{9})FEC(\d{8})(?:_\d+)?(?:\.\w{1,4})?", re.ASCII | re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """`names` in the order of the file, without the empty ones at the end; `width` counts those too."""

    separator: str
    names: tuple[str, ...]
    places: dict[str, int]
    width: int
    is_signed: bool  # Montant and Sens rather than Debit and Credit

    @property
    def variant(self) -> str:
        return "/".join(SIGNED if self.is_signed else SIDES)

    @property
    def shortest(self) -> int:
        """How many cells a line has at least: those beyond are optional or unknown."""
        needed = (*COMPULSORY[: -len(MONEY_COLUMNS)], *(SIGNED if self.is_signed else SIDES))
        return 1 + max(self.places[name] for name in needed)


def folded(name: str) -> str:
    """« Débit » -> « debit »: what is compared of a column's name."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum()).lower()


def known_names(line: str, separator: str) -> int:
    return sum(folded(cell) in SPELLINGS for cell in line.split(separator))


def read_header(line: str, *, tolerances: Tolerances) -> Header:
    """Find the separator and the place of each column; `FecRefused` if one is missing or given twice."""
    separator = separator_of(line)
    cells = [cell.strip() for cell in line.split(separator)]
    width = len(cells)
    while cells and not cells[-1]:
        cells.pop()
    names = tuple(SPELLINGS.get(folded(cell), cell) for cell in cells)
    refuse_mixed(names, separator=separator)
    is_signed = set(SIGNED) <= set(names) and not set(SIDES) <= set(names)
    expected = set(SPELLINGS.values()) - set(SIDES if is_signed else SIGNED)
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        if name in places:
            raise FecRefused(f"La colonne {name} est donnée deux fois.", line=1, column=name, value=shown(cells[place]))
        if name in expected:
            places[name] = place
    refuse_missing(places, is_signed=is_signed)
    note_header(cells, places, width=width, tolerances=tolerances)
    return Header(separator=separator, names=names, places=places, width=width, is_signed=is_signed)


def separator_of(line: str) -> str:
    """Tab or bar, whichever makes the columns of the norm."""
    counts = {separator: known_names(line, separator) for separator in SEPARATORS}
    best = max(counts, key=lambda separator: counts[separator])
    if counts[best] >= ENOUGH_NAMES:
        return best
    for separator, words in WRONG_SEPARATORS.items():
        if known_names(line, separator) >= ENOUGH_NAMES:
            reason = f"Les colonnes sont séparées par des {words} : la norme veut des tabulations ou des « | »."
            raise FecRefused(reason, line=1)
    if any(count > 1 for count in counts.values()):
        raise FecRefused("La ligne d’en-têtes mêle plusieurs séparateurs : n’en gardez qu’un.", line=1)
    raise FecRefused(
        "Ce n’est pas un FEC : la première ligne doit nommer les colonnes (JournalCode, JournalLib, EcritureNum…), "
        "séparées par des tabulations ou des « | ».",
        line=1,
        value=shown(line),
    )


def refuse_mixed(names: tuple[str, ...], *, separator: str) -> None:
    """A cell that holds several names of the norm was parted by something else."""
    for name in names:
        for other in (*SEPARATORS, *WRONG_SEPARATORS):
            if other != separator and known_names(name, other) > 1:
                reason = "La ligne d’en-têtes mêle plusieurs séparateurs : n’en gardez qu’un."
                raise FecRefused(reason, line=1, value=shown(name))


def refuse_missing(places: dict[str, int], *, is_signed: bool) -> None:
    amounts = SIGNED if is_signed else SIDES
    for name in (*FIRST_COLUMNS, *amounts, *LAST_COLUMNS, *MONEY_COLUMNS):
        if name not in places:
            other = " (ou Montant et Sens)" if name in SIDES else ""
            reason = f"Il manque la colonne {name}{other} : la norme la veut, même vide."
            raise FecRefused(reason, line=1, column=name)


def note_header(cells: list[str], places: dict[str, int], *, width: int, tolerances: Tolerances) -> None:
    other_spelling = [cells[place] for name, place in places.items() if cells[place] != name]
    if other_spelling:
        detail = shown(", ".join(other_spelling))
        tolerances.note("header-names", line=1, count=len(other_spelling), detail=detail)
    if sorted(places, key=places.__getitem__) != sorted(places, key=order_of_norm):
        tolerances.note("header-order", line=1)
    more = [cell for place, cell in enumerate(cells) if place not in places.values() and cell]
    if more:
        tolerances.note("header-more", line=1, count=len(more), detail=shown(", ".join(more)))
    if width > len(cells):
        tolerances.note("trailing", line=1)


def order_of_norm(name: str) -> int:
    norm = (*FIRST_COLUMNS, *SIDES, *SIGNED, *LAST_COLUMNS, *MONEY_COLUMNS, *CASH_COLUMNS)
    return norm.index(name)


def read_name(name: str, *, tolerances: Tolerances) -> tuple[str, dt.date | None]:
    """The SIREN and the closing day that the name of the file says (art. A. 47 A-1, IX)."""
    found = FILE_NAME.fullmatch(name.replace("\\", "/").rsplit("/", 1)[-1])
    if found:
        siren, day = found.groups()
        try:
            return siren, dt.date(int(day[:4]), int(day[4:6]), int(day[6:]))
        except ValueError:
            pass
    tolerances.note("name")
    return "", None
