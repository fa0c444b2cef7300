"""What the seller of a lot hands over (code de la construction et de l'habitation, art. L. 721-2, à vérifier). Pure."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from parvis.compliance.rules.states import Paper, months_after, newest_first

YEARS_OF_MINUTES = 3


class Choice(StrEnum):
    """Which of the papers of these kinds: the newest, all, or those of the last three years."""

    NEWEST = "newest"
    ALL = "all"
    LAST_YEARS = "last_years"
    MADE_HERE = "made_here"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One piece of the kit. `when_it_exists`: its absence may be right, and is said so."""

    number: int
    title: str
    kinds: tuple[str, ...] = ()
    choice: Choice = Choice.NEWEST
    required: tuple[str, ...] = ()  # without one of these, the piece is missing
    when_it_exists: bool = False

    @property
    def why_missing(self) -> str:
        if self.when_it_exists:
            return "Aucun n’est en ligne. S’il en existe un, demandez-le à votre agence."
        return "L’agence ne l’a pas mis en ligne. Demandez-le-lui."


PIECES = (
    Piece(number=1, title="Fiche synthétique de la copropriété", kinds=("building_summary_sheet",)),
    Piece(
        number=2,
        title="Règlement de copropriété, état descriptif de division et modifications",
        kinds=("bylaws", "division_statement", "bylaws_amendment"),
        choice=Choice.ALL,
        required=("bylaws",),
    ),
    Piece(
        number=3,
        title="Procès-verbaux des assemblées des trois dernières années",
        kinds=("minutes",),
        choice=Choice.LAST_YEARS,
    ),
    Piece(number=4, title="Charges, sommes dues, impayés et fonds de travaux", choice=Choice.MADE_HERE),
    Piece(number=5, title="Carnet d’entretien de l’immeuble", kinds=("maintenance_log",)),
    Piece(number=6, title="Notice d’information", kinds=("information_notice",)),
    Piece(
        number=7,
        title="Diagnostics techniques, dont le diagnostic technique global",
        kinds=("technical_report",),
        choice=Choice.ALL,
        when_it_exists=True,
    ),
    Piece(number=8, title="Plan pluriannuel de travaux", kinds=("works_plan",), when_it_exists=True),
)


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """A piece and the papers chosen for it, newest first."""

    piece: Piece
    papers: tuple[Paper, ...]

    @property
    def is_made_here(self) -> bool:
        return self.piece.choice is Choice.MADE_HERE

    @property
    def is_missing(self) -> bool:
        if self.is_made_here:
            return False
        wanted = self.piece.required or self.piece.kinds
        return not any(paper.kind in wanted for paper in self.papers)


def gather(papers: Collection[Paper], *, day: dt.date) -> list[Gathered]:
    """Each piece with its papers, in the order of the list."""
    return [Gathered(piece=piece, papers=chosen(piece, papers, day=day)) for piece in PIECES]


def chosen(piece: Piece, papers: Collection[Paper], *, day: dt.date) -> tuple[Paper, ...]:
    found = newest_first(paper for paper in papers if paper.kind in piece.kinds and paper.is_online(day))
    if piece.choice is Choice.NEWEST:
        return tuple(found[:1])
    if piece.choice is Choice.LAST_YEARS:
        since = months_after(day, -12 * YEARS_OF_MINUTES)
        return tuple(paper for paper in found if paper.dated_on >= since)
    return tuple(found)
