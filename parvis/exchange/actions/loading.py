"""From the files to the temporary tables: each cell read, each faulty row put aside with its reason."""

import dataclasses
import datetime as dt
import gc
import itertools
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from parvis.exchange.actions.figures import counted
from parvis.exchange.actions.packages import Package
from parvis.exchange.actions.reading import Batch, Layout, TableFile
from parvis.exchange.actions.refusals import Fault, PackageRefused
from parvis.exchange.actions.staging import Staging
from parvis.exchange.actions.targets import LEDGER, TARGETS, Target
from parvis.exchange.rules.cells import CellFault, Convert, converter
from parvis.exchange.rules.columns import Column, ColumnReader
from parvis.exchange.rules.tables import Field, Table, load_table
from parvis.exchange.rules.visible import shown
from parvis.kit.identifiers import new_public_ids
from parvis.people.former_hashes import UnknownNotation, parse
from parvis.people.rules import normalise_reference

MOST_FAULTS = 10_000
# Below this many rows, one column faulty everywhere may be chance; above, the columns have slipped.
ROWS_TO_TELL = 10
KINDS = {"string": "text", "number": "number", "integer": "integer", "date": "date", "boolean": "boolean"}
SECONDS_BETWEEN_NEWS = 1.0

Progress = Callable[[str], None]


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Rows live for one batch and hold no cycle: to look for cycles among them takes a fifth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@dataclasses.dataclass
class Loaded:
    """What reading a package found; the good rows wait in the temporary tables."""

    read: int = 0
    faults: list[Fault] = dataclasses.field(default_factory=list)
    withheld: dict[str, str] = dataclasses.field(default_factory=dict)
    given: dict[str, frozenset[str]] = dataclasses.field(default_factory=dict)

    def withhold(self, account: str, *, place: str) -> None:
        self.withheld.setdefault(account, place)


@dataclasses.dataclass(kw_only=True)
class Loader:
    """Reads one package into `staging`. `today` is the day in Paris; no entry is booked after it."""

    package: Package
    staging: Staging
    today: dt.date
    progress: Progress
    loaded: Loaded = dataclasses.field(default_factory=Loaded)

    def load_all(self, *, situation_on: str) -> Loaded:
        """Load every file but agency.csv; `situation_on` stands for accounts that do not say theirs."""
        defaults = {("accounts", "as_of"): situation_on}
        with self.staging.reading(), collector_at_rest():
            for target in TARGETS.values():
                FileLoader(loader=self, target=target, defaults=defaults).load()
        return self.loaded

    def read_agency(self) -> dict[str, str | None]:
        """The one row of agency.csv. Any fault in it is structural."""
        table = load_table("agency")
        readers = column_readers(table, today=self.today, defaults={})
        found = (
            (line, row, layout)
            for layout, batch in TableFile(package=self.package, table=table).batches()
            for line, row in zip(batch.lines, batch.rows, strict=True)
        )
        rows = list(itertools.islice(found, 2))
        if len(rows) != 1:
            lines = "plusieurs lignes" if rows else "aucune ligne"
            reason = f"Sous ses en-têtes, ce fichier a {lines} : il lui en faut une, celle de l’agence."
            raise PackageRefused(reason, file=table.file)
        self.loaded.read += 1
        line, row, layout = rows[0]
        self.loaded.given["agency"] = frozenset(layout.places)
        values, faults = read_row(row, readers=readers, layout=layout)
        for column, value, reason in faults:
            raise PackageRefused(reason, file=table.file, line=line, column=column, value=value)
        return dict(zip(table.column_names, values, strict=True))


@dataclasses.dataclass(kw_only=True)
class FileLoader:
    """Loads one file: `rows_read` counts what was met, `rows_kept` what waits in the temporary table."""

    loader: Loader
    target: Target
    defaults: dict[tuple[str, str], str]
    rows_read: int = 0
    rows_kept: int = 0
    told_at: float = 0.0

    @property
    def table(self) -> Table:
        return self.target.table

    def load(self) -> None:
        staging = self.loader.staging
        staging.create(self.target.stage, stage_columns(self.target))
        if self.table.file not in self.loader.package.files:
            return
        staging.load(self.target.stage, stage_columns(self.target), self.columns())
        self.loader.loaded.read += self.rows_read
        self.loader.loaded.given.setdefault(self.table.name, frozenset(self.table.column_names))
        if self.rows_read >= ROWS_TO_TELL and not self.rows_kept:
            self.refuse_slipped_columns()

    def columns(self) -> Iterator[list[Column]]:
        """Yield the batches as columns of the temporary table."""
        readers = column_readers(self.table, today=self.loader.today, defaults=self.defaults)
        for layout, batch in TableFile(package=self.loader.package, table=self.table).batches():
            self.loader.loaded.given[self.table.name] = frozenset(layout.places)
            self.rows_read += len(batch.rows)
            self.tell_progress()
            lines, columns = self.read_batch(batch, readers=readers, layout=layout)
            self.rows_kept += len(lines)
            if lines:
                yield [list(map(str, lines)), *columns, *self.added_columns(columns, count=len(lines))]

    def read_batch(
        self, batch: Batch, *, readers: Sequence[ColumnReader], layout: Layout
    ) -> tuple[Sequence[int], list[Column]]:
        if not batch.rows:
            return [], []
        cells = list(zip(*batch.rows, strict=True))
        empty = ("",) * len(batch.rows)
        try:
            return batch.lines, [
                reader.read(cells[layout.places[name]] if (name := reader.field.name) in layout.places else empty)
                for reader in readers
            ]
        except CellFault:
            return self.read_row_by_row(batch, readers=readers, layout=layout)

    def read_row_by_row(
        self, batch: Batch, *, readers: Sequence[ColumnReader], layout: Layout
    ) -> tuple[Sequence[int], list[Column]]:
        """Somewhere in this batch a cell is wrong: keep the good rows, say what is wrong in the others."""
        lines, kept = [], []
        for line, row in zip(batch.lines, batch.rows, strict=True):
            values, faults = read_row(row, readers=readers, layout=layout)
            if faults:
                self.put_aside(line=line, row=row, layout=layout, faults=faults)
            else:
                lines.append(line)
                kept.append(values)
        return lines, [list(column) for column in zip(*kept, strict=True)]

    def put_aside(self, *, line: int, row: list[str], layout: Layout, faults: list[tuple[str, str, str]]) -> None:
        loaded, file = self.loader.loaded, self.table.file
        for column, value, reason in faults:
            told = "•••" if self.table.field(column).secret else shown(value)
            loaded.faults.append(Fault(file=file, line=line, column=column, value=told, reason=reason))
        if self.table.name in LEDGER:
            account = row[layout.places["reference" if self.table.name == "accounts" else "account"]]
            named = unicodedata.normalize("NFC", account.strip()).replace("\0", "")
            loaded.withhold(named, place=f"{file}, ligne {line}")
        if len(loaded.faults) > MOST_FAULTS:
            raise PackageRefused(
                f"Plus de {MOST_FAULTS} fautes dans le paquet : le fichier est sans doute décalé ou d’un autre format.",
                file=file,
            )

    def added_columns(self, columns: list[Column], *, count: int) -> list[Column]:
        """What the file does not say: the key under which an identifiant is found, the public id of a new row."""
        added: list[Column] = []
        if self.table.name == "clients":
            added.append([reference_key(str(reference)) for reference in columns[0]])
        if self.target.has_public_id:
            added.append(list(new_public_ids(count)))
        return added

    def tell_progress(self) -> None:
        if time.monotonic() - self.told_at >= SECONDS_BETWEEN_NEWS:
            self.told_at = time.monotonic()
            self.loader.progress(f"{self.table.file} : {counted(self.rows_read, 'ligne lue', 'lignes lues')}")

    def refuse_slipped_columns(self) -> None:
        fault = next(fault for fault in self.loader.loaded.faults if fault.file == self.table.file)
        raise PackageRefused(
            f"Aucune des {self.rows_read} lignes n’est lisible, la colonne « {fault.column} » est fautive partout. "
            "Les colonnes sont-elles interverties ? Vérifiez les en-têtes.",
            file=self.table.file,
            line=fault.line,
            column=fault.column,
            value=fault.value,
        )


def stage_columns(target: Target) -> list[tuple[str, str]]:
    columns = [("line", "integer"), *[(field.name, KINDS[field.type]) for field in target.table.fields]]
    if target.name == "clients":
        columns.append(("reference_key", "text"))
    if target.has_public_id:
        columns.append(("public_id", "text"))
    return columns


def column_readers(table: Table, *, today: dt.date, defaults: dict[tuple[str, str], str]) -> list[ColumnReader]:
    readers = []
    for field in table.fields:
        with_default = dataclasses.replace(field, default=defaults.get((table.name, field.name), field.default))
        convert = checked(with_default, table=table, convert=converter(with_default, today=today))
        reader = ColumnReader(field=with_default, convert=convert)
        reader.is_free_text = reader.is_free_text and field.name not in table.client_columns and not field.secret
        readers.append(reader)
    return readers


def checked(field: Field, *, table: Table, convert: Convert) -> Convert:
    """What only the domain knows of a cell: the spelling of identifiants, the notation of old password hashes."""

    def to_reference_key(cell: str) -> str | None:
        found = convert(cell)
        key = reference_key(found or "")
        if found and not key:
            raise CellFault("Cet identifiant n’a ni lettre ni chiffre : corrigez-le.")
        return found if table.name == "clients" else key

    def to_known_hash(cell: str) -> str | None:
        found = convert(cell)
        try:
            parse(found) if found else None
        except UnknownNotation as error:
            raise CellFault(
                "Cette empreinte de mot de passe n’est pas reconnue : formats de Django, bcrypt, PBKDF2 ou SHA salé."
            ) from error
        return found

    if field.secret:
        return to_known_hash
    return to_reference_key if field.name in table.client_columns else convert


def reference_key(typed: str) -> str:
    """As `normalise_reference`, which has nothing to do on plain letters and digits but to fold their case."""
    return typed.lower() if typed.isascii() and typed.isalnum() else normalise_reference(typed)


def read_row(
    row: list[str], *, readers: Sequence[ColumnReader], layout: Layout
) -> tuple[list[str | None], list[tuple[str, str, str]]]:
    """The kept values of a row, and its faults: column, cell, reason."""
    values: list[str | None] = []
    faults = []
    for reader in readers:
        name = reader.field.name
        cell = row[layout.places[name]] if name in layout.places else ""
        try:
            values.append(reader.read_one(cell))
        except CellFault as fault:
            faults.append((name, cell.strip(), fault.reason))
    return values, faults
