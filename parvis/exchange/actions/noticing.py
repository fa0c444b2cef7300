"""What an import would change, line by line: noted before it is written, by a rehearsal that somebody reads."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from parvis.exchange.actions.staging import Staging
from parvis.exchange.actions.targets import Target, target_of
from parvis.exchange.rules.visible import shown
from parvis.kit.money import format_cents

LISTED = 200  # of each file and kind of change
CREATED, CHANGED, REMOVED = "créée", "modifiée", "retirée"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row or one cell: `line` is 0 for what the file does not hold."""

    file: str
    line: int
    key: str
    what: str
    column: str = ""
    before: str = ""
    after: str = ""


@dataclasses.dataclass
class Changes:
    """The first changes of each file, and how many there are of each kind in all: file -> kind -> rows."""

    rows: list[Change] = dataclasses.field(default_factory=list)
    counts: dict[str, dict[str, int]] = dataclasses.field(default_factory=dict)

    def clear(self) -> None:
        """What was noted is not what will be: the import begins again."""
        self.rows.clear()
        self.counts.clear()

    def count(self, file: str, what: str, number: int) -> None:
        if number:
            of_file = self.counts.setdefault(file, {})
            of_file[what] = of_file.get(what, 0) + number

    @property
    def removed(self) -> int:
        return sum(of_file.get(REMOVED, 0) for of_file in self.counts.values())

    def as_json(self) -> dict[str, Any]:
        return {"counts": self.counts, "changes": [dataclasses.asdict(row) for row in self.rows]}


def note_rows(changes: Changes, staging: Staging, target: Target, *, given: dict[str, str]) -> None:
    """Before the rows of a file are written: those that are new, and the cells that differ."""
    file, keys = target.table.file, key_in_file(target)
    created = f"FROM {target.linked} l WHERE l.target_id IS NULL"
    found = staging.rows(f"SELECT l.line, {keys} {created} ORDER BY l.line LIMIT {LISTED}")
    changes.rows += [Change(file=file, line=line, key=shown(key), what=CREATED) for line, key in found]
    changes.count(file, CREATED, staging.number(f"SELECT COUNT(*) {created}"))
    for name, column in given.items():
        note_cells(changes, staging, target, name=name, column=column)
    differs = [f"t.{column} {staging.differs} {source_of(target, name)}" for name, column in given.items()]
    joined = f"FROM {target.db_table} t JOIN {target.linked} l ON t.id = l.target_id"
    changes.count(file, CHANGED, staging.number(f"SELECT COUNT(*) {joined} WHERE {' OR '.join(differs)}"))


def note_cells(changes: Changes, staging: Staging, target: Target, *, name: str, column: str) -> None:
    """One column: where the file says something else than what is known."""
    known = known_as(target, name, column=column)
    found = staging.rows(
        f"SELECT l.line, {key_in_file(target)}, {known}, l.{name} FROM {target.db_table} t "
        f"JOIN {target.linked} l ON t.id = l.target_id "
        f"WHERE t.{column} {staging.differs} {source_of(target, name)} ORDER BY l.line LIMIT {LISTED}"
    )
    is_amount = column.endswith("_cents")
    changes.rows += [
        Change(
            file=target.table.file,
            line=line,
            key=shown(key),
            what=CHANGED,
            column=name,
            before=told(before, is_amount=is_amount),
            after=told(after, is_amount=is_amount),
        )
        for line, key, before, after in found
    ]


def note_absent(changes: Changes, staging: Staging, target: Target) -> None:
    """The rows of `stage_absent`, which are closed or removed."""
    keys = joined_key([known_as(target, name, column=target.column(name)) for name in key_names(target)])
    found = staging.rows(
        f"SELECT {keys} FROM {target.db_table} t WHERE t.id IN (SELECT id FROM stage_absent) ORDER BY 1 LIMIT {LISTED}"
    )
    changes.rows += [Change(file=target.table.file, line=0, key=shown(key), what=REMOVED) for (key,) in found]
    changes.count(target.table.file, REMOVED, staging.number("SELECT COUNT(*) FROM stage_absent"))


def note_lines(changes: Changes, staging: Staging, *, file: str) -> None:
    """The lines of a FEC: those that are new, those that have left the books."""
    told_line = "l.label, l.booked_on, l.debit, l.credit"
    new = "FROM linked_line l JOIN ledger_account a ON a.id = l.account_id WHERE l.target_id IS NULL"
    for line, account, label, day, debit, credit in staging.rows(
        f"SELECT l.line, a.reference, {told_line} {new} ORDER BY l.line LIMIT {LISTED}"
    ):
        after = f"{label}, {format_cents(debit - credit)}"
        changes.rows.append(Change(file=file, line=line, key=f"{account}, {day}", what=CREATED, after=shown(after)))
    changes.count(file, CREATED, staging.number(f"SELECT COUNT(*) {new}"))
    gone = (
        "FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id WHERE e.id IN (SELECT id FROM stage_absent)"
    )
    for account, label, day, debit, credit in staging.rows(
        "SELECT a.reference, e.label, e.booked_on, e.debit_cents, e.credit_cents "
        f"{gone} ORDER BY a.reference, e.booked_on, e.id LIMIT {LISTED}"
    ):
        before = f"{label}, {format_cents(debit - credit)}"
        changes.rows.append(Change(file=file, line=0, key=f"{account}, {day}", what=REMOVED, before=shown(before)))
    changes.count(file, REMOVED, staging.number(f"SELECT COUNT(*) {gone}"))


# A line: how its row is named, in the file and in the database


def key_names(target: Target) -> list[str]:
    return [name for name in target.table.primary_key if name in target.written]


def key_in_file(target: Target) -> str:
    return joined_key([f"l.{name}" for name in key_names(target)])


def joined_key(columns: Sequence[str]) -> str:
    return " || ' / ' || ".join(f"COALESCE(CAST({column} AS text), '')" for column in columns) or "''"


def source_of(target: Target, name: str) -> str:
    return f"l.{name}_id" if target.table.foreign_key(name) else f"l.{name}"


def known_as(target: Target, name: str, *, column: str) -> str:
    """What is known, as the file would name it."""
    key = target.table.foreign_key(name)
    if key is None:
        return f"t.{column}"
    named = target_of(key.table)
    own = "customer_reference" if key.table == "clients" else key.columns[-1]
    return f"(SELECT n.{own} FROM {named.db_table} n WHERE n.id = t.{column})"


def told(value: Any, *, is_amount: bool) -> str:  # Any: a cell of any column
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    return format_cents(int(value)) if is_amount else shown(str(value))
