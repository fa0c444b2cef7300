"""What a seller hands over: what is there, what is missing, and all of it as one ZIP."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from parvis.agencies.models import Agency
from parvis.compliance.access import buildings_owned
from parvis.compliance.rules.sale_kit import PIECES, Gathered, gather
from parvis.compliance.rules.states import Paper
from parvis.compliance.sale_document import figures_pdf, list_text
from parvis.compliance.sale_figures import SaleFigures, sale_figures
from parvis.documents.models import Document
from parvis.documents.names import members_of, name_of
from parvis.kit.days import paris_day
from parvis.kit.zips import file_name, stream_zip
from parvis.people.models import Viewer
from parvis.property.models import Building, Lot, Ownership, on_day
from parvis.property.rules import lot_order

KINDS = sorted({kind for piece in PIECES for kind in piece.kinds})


@dataclass(frozen=True, slots=True, kw_only=True)
class KitLine:
    """A piece of the kit with the documents chosen for it."""

    gathered: Gathered
    documents: list[Document]
    unknown: list[str]

    @property
    def is_made_here(self) -> bool:
        return self.gathered.is_made_here

    @property
    def is_whole(self) -> bool:
        return not self.gathered.is_missing and not self.unknown

    @property
    def label(self) -> str:
        if self.gathered.is_missing:
            return "S’il existe" if self.gathered.piece.when_it_exists else "Manquant"
        return "Incomplet" if self.unknown else "Dans le kit"

    @property
    def tone(self) -> str:
        return {"Manquant": "error", "Incomplet": "warning", "Dans le kit": "ok"}.get(self.label, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class KitPage:
    """The kit of the lots of one owner in one building."""

    building: Building
    lots: Sequence[Lot]
    lines: list[KitLine]
    figures: SaleFigures

    @property
    def progress(self) -> str:
        wanted = [line for line in self.lines if not line.gathered.piece.when_it_exists]
        there = sum(line.is_whole for line in wanted)
        plural = "s" if there > 1 else ""
        return f"{there} pièce{plural} complète{plural} sur {len(wanted)}"

    @property
    def lots_words(self) -> str:
        """« Appartement T3 (lot 14), Cave (lot 32) »."""
        return ", ".join(f"{lot.label} (lot\u00a0{lot.number})" for lot in self.lots)


def lots_to_sell(viewer: Viewer, *, today: dt.date) -> list[Lot]:
    """The main lots that the viewer's clients own today, where the agency is the syndic and their accounts are read."""
    owned = Ownership.objects.visible_to(viewer).filter(on_day(today), client_id__in=viewer.account_client_ids)
    lots = Lot.objects.visible_to(viewer).filter(pk__in=owned.order_by().values("lot_id"))
    within = lots.filter(building__in=buildings_owned(viewer, day=today), kind=Lot.Kind.MAIN)
    return sorted(within.select_related("building"), key=lambda lot: (lot.building.name, lot_order(lot.number), lot.pk))


def kit_page(viewer: Viewer, lot: Lot, *, today: dt.date) -> KitPage:
    building = lot.building
    lots = sold_with(viewer, lot, today=today)
    found = Document.objects.visible_to(viewer).filter(building=building, kind__in=KINDS).with_files()
    documents = {document.pk: document for document in found}
    figures = sale_figures(viewer, lots, building=building, day=today)
    return KitPage(
        building=building,
        lots=lots,
        lines=[
            KitLine(
                gathered=gathered,
                documents=[documents[paper.key] for paper in gathered.papers],
                unknown=figures.unknown if gathered.is_made_here else [],
            )
            for gathered in gather([paper_of(document) for document in documents.values()], day=today)
        ],
        figures=figures,
    )


def sold_with(viewer: Viewer, lot: Lot, *, today: dt.date) -> list[Lot]:
    """The lot, and the annexes that the same owner holds when it is their only main lot of the building."""
    owned = Ownership.objects.visible_to(viewer).filter(on_day(today), client_id__in=viewer.account_client_ids)
    held = Lot.objects.visible_to(viewer).filter(building=lot.building, pk__in=owned.order_by().values("lot_id"))
    lots = sorted(held, key=lambda other: (other.pk != lot.pk, lot_order(other.number)))
    mains = [other for other in lots if other.kind == Lot.Kind.MAIN]
    return lots if mains == [lot] else [lot]


def paper_of(document: Document) -> Paper:
    """What is visible is published."""
    online_since = paris_day(document.published_at) if document.published_at else document.dated_on
    return Paper(key=document.pk, kind=document.kind, dated_on=document.dated_on, published_on=online_since)


def zip_members(page: KitPage, *, agency: Agency) -> list[tuple[str, Iterable[bytes]]]:
    """Names and contents: numbered as the list, the figures among them, the list itself first."""
    names = [[f"{line.gathered.piece.number:02d} {name}" for name in names_of(line)] for line in page.lines]
    listed = list_text([line.gathered for line in page.lines], page.figures, names)
    members: list[tuple[str, Iterable[bytes]]] = [("LISTE.txt", [listed.encode()])]
    for line, numbered in zip(page.lines, names, strict=True):
        contents = [[figures_pdf(page.figures, agency=agency)]] if line.is_made_here else contents_of(line.documents)
        members += zip(numbered, contents, strict=True)
    return members


def names_of(line: KitLine) -> list[str]:
    if line.is_made_here:
        return [f"{file_name(line.gathered.piece.title)}.pdf"]
    return [name_of(document) for document in line.documents]


def contents_of(documents: Sequence[Document]) -> list[Iterable[bytes]]:
    return [content for _name, content in members_of(documents)]


def kit_zip(page: KitPage, *, agency: Agency) -> Iterator[bytes]:
    return stream_zip(zip_members(page, agency=agency))
