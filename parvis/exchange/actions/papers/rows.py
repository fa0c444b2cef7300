"""The rows of the index: what each cell holds, and whom the document is for."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from parvis.agencies.models import Agency
from parvis.documents.actions import Paper
from parvis.exchange.actions.papers.parcels import INDEX
from parvis.exchange.actions.reading import TableFile
from parvis.exchange.actions.refusals import Fault
from parvis.exchange.rules.cells import CellFault, converter
from parvis.exchange.rules.tables import Table, load_table
from parvis.exchange.rules.visible import shown
from parvis.kit.days import PARIS
from parvis.kit.typography import typographic
from parvis.people.models import Client
from parvis.people.rules import normalise_reference
from parvis.property.models import Building, Lot

Held = TypeVar("Held")
NEVER = ("employment_contract", "contrat_de_travail")
EMPLOYMENT = "Un contrat de travail n’est jamais mis en ligne (décret 2019-502, article 1er, 6°) : retirez cette ligne."


class RowRefused(Exception):
    """One row is left out; the fault says where and why."""

    def __init__(self, reason: str, *, line: int, column: str, value: str = "") -> None:
        self.fault = Fault(file=INDEX, line=line, column=column, value=shown(value), reason=typographic(reason))
        super().__init__(self.fault.reason)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the index, its cells as they are kept."""

    line: int
    cells: dict[str, str | None]

    def text(self, column: str) -> str:
        return self.cells.get(column) or ""

    def day(self, column: str) -> dt.date | None:
        found = self.text(column)
        return dt.date.fromisoformat(found) if found else None

    @property
    def is_withdrawn(self) -> bool:
        return self.text("is_withdrawn") == "1"

    def refused(self, reason: str, *, column: str) -> RowRefused:
        return RowRefused(reason, line=self.line, column=column, value=self.text(column))


def read_rows(file: TableFile, *, table: Table, today: dt.date) -> Iterator[Row | RowRefused]:
    """The rows in their order, those that cannot be read as what refuses them."""
    converters = {each.name: converter(each, today=today) for each in table.fields}
    for layout, batch in file.batches():
        for line, cells in zip(batch.lines, batch.rows, strict=True):
            given = {name: cells[place].strip() for name, place in layout.places.items()}
            kept: dict[str, str | None] = {}
            try:
                for name, convert in converters.items():
                    if name == "kind" and given.get("kind") in NEVER:
                        raise CellFault(EMPLOYMENT)
                    kept[name] = convert(given.get(name, ""))
            except CellFault as fault:
                yield RowRefused(fault.reason, line=line, column=name, value=given.get(name, ""))
            else:
                yield Row(line=line, cells=kept)


@dataclass
class Holders:
    """The clients, buildings and lots of an agency, as the index names them; each is looked up once."""

    agency: Agency
    clients: dict[str, Client | None] = field(default_factory=dict)
    buildings: dict[str, Building | None] = field(default_factory=dict)
    lots: dict[tuple[str, str], Lot | None] = field(default_factory=dict)

    def client(self, row: Row) -> Client | None:
        typed = row.text("client")
        if typed and typed not in self.clients:
            mine = Client.objects.of_agency(self.agency)
            self.clients[typed] = mine.filter(reference_key=normalise_reference(typed)).first()
        return self.found(self.clients.get(typed), row, column="client", named="Ce client")

    def building(self, row: Row) -> Building | None:
        typed = row.text("building")
        if typed and typed not in self.buildings:
            self.buildings[typed] = Building.objects.of_agency(self.agency).filter(reference=typed).first()
        return self.found(self.buildings.get(typed), row, column="building", named="Cet immeuble")

    def lot(self, row: Row) -> Lot | None:
        building, typed = row.text("building"), row.text("lot")
        if typed and (building, typed) not in self.lots:
            mine = Lot.objects.of_agency(self.agency)
            self.lots[building, typed] = mine.filter(building__reference=building, number=typed).first()
        return self.found(self.lots.get((building, typed)), row, column="lot", named="Ce lot")

    def found(self, held: Held | None, row: Row, *, column: str, named: str) -> Held | None:
        if row.text(column) and held is None:
            raise row.refused(f"{named} n’est pas connu de Parvis : importez d’abord le paquet.", column=column)
        return held

    def paper(self, row: Row) -> Paper:
        """What the row says of its document."""
        online = row.day("published_on")
        return Paper(
            agency=self.agency,
            reference=row.text("reference"),
            kind=row.text("kind"),
            title=row.text("title"),
            dated_on=row.day("dated_on") or dt.date.min,
            audience=row.text("audience"),
            client=self.client(row),
            building=self.building(row),
            lot=self.lot(row),
            covers_from=row.day("covers_from"),
            covers_until=row.day("covers_until"),
            valid_until=row.day("valid_until"),
            published_at=dt.datetime.combine(online, dt.time(), tzinfo=PARIS) if online else None,
        )


def index_table() -> Table:
    return load_table("documents")
