"""From the temporary tables to the real ones, a table at a time and never a row at a time."""

import dataclasses
import datetime as dt

from django.db import models

from parvis.agencies.models import Agency
from parvis.exchange.actions.checks import refuse
from parvis.exchange.actions.figures import agreed, counted
from parvis.exchange.actions.loading import Progress
from parvis.exchange.actions.noticing import Changes, note_absent, note_rows
from parvis.exchange.actions.report import Report
from parvis.exchange.actions.staging import Staging
from parvis.exchange.actions.targets import Target, target_of
from parvis.exchange.rules.tables import ForeignKey
from parvis.people.models import KeptDetail

# After these columns, what the file does not say is nevertheless said: open.
CLOSING = ("closed_on", "ends_on", "left_on")
# The tables whose rows actions hold too: two writers take them in one order.
HELD = ("staff", "clients", "interventions")
# So many new rows change what is the best way through a table.
MANY = 1_000
KEPT_HERE = "(SELECT id FROM interventions_intervention WHERE version > 0)"
LEFT = (
    "ligne d’une intervention suivie dans Parvis n’est pas reprise",
    "lignes d’interventions suivies dans Parvis ne sont pas reprises",
)
KEPT_DETAILS = KeptDetail._meta.db_table
KEPT = ("détail décidé dans Parvis n’est pas repris", "détails décidés dans Parvis ne sont pas repris")
ABSENT = ("ligne connue de Parvis est absente du paquet", "lignes connues de Parvis sont absentes du paquet")


@dataclasses.dataclass(kw_only=True)
class Application:
    """One package being applied to one agency, inside one transaction.

    `is_whole` is false for a few rows sent alone: what is absent from them says nothing.
    """

    staging: Staging
    agency: Agency
    given: dict[str, frozenset[str]]
    report: Report
    today: dt.date
    progress: Progress
    prune: bool = False
    changes: Changes | None = None
    is_whole: bool = True

    def apply(self, target: Target, *, among: str = "1 = 1") -> None:
        """Link the rows to what they name, refuse the orphans, close the absent, then write."""
        self.progress(f"{target.table.file} : application")
        self.link(target, among=among)
        self.treat_absent(target)
        self.write(target)

    # Linking

    def link(self, target: Target, *, among: str = "1 = 1") -> None:
        """Make the table of the rows with the ids of all they name; `target_id` is the row they update."""
        self.staging.create_as(target.linked, link_query(target, agency_id=self.agency.pk, among=among))
        for key in target.table.foreign_keys:
            self.refuse_orphans(target, key=key)
        if target.name == "buildings":
            self.refuse_taken_references(target)
        if target.of_case[0]:
            self.leave_cases_kept_here(target)

    def refuse_orphans(self, target: Target, *, key: ForeignKey) -> None:
        name = key.fields[-1]
        inside = f" AND s.{key.fields[0]}_id IS NOT NULL" if len(key.fields) > 1 else ""
        refuse(
            self.staging,
            target=target,
            source=target.linked,
            column=name,
            is_wrong=f"s.{name} <> '' AND s.{name}_id IS NULL{inside}",
            reason=f"Cette valeur ne désigne rien : elle n’est ni dans {key.table}.csv ni dans Parvis, "
            "ou sa ligne y est refusée. Corrigez-la ou ajoutez la ligne qui manque.",
        )

    def refuse_taken_references(self, target: Target) -> None:
        """A building recognised by its number takes a reference that another building has."""
        refuse(
            self.staging,
            target=target,
            source=target.linked,
            column="reference",
            is_wrong="EXISTS (SELECT 1 FROM property_building o WHERE o.agency_id = "
            f"{int(self.agency.pk)} AND o.reference = s.reference AND o.id <> s.target_id)",
            reason="Cette référence est déjà celle d’un autre immeuble : donnez-en une autre.",
        )

    def leave_cases_kept_here(self, target: Target) -> None:
        """What somebody has touched in Parvis is followed there: the file changes nothing of it."""
        left = self.staging.run(f"DELETE FROM {target.linked} WHERE {target.of_case[0]} IN {KEPT_HERE}")
        if left:
            self.report.note(f"{target.table.file} : {counted(left, *LEFT)}")

    # Writing

    def write(self, target: Target) -> None:
        """Update what differs, insert what is new, count both."""
        if target.name in HELD:
            self.hold_in_order(target)
        if target.has_kept_details:
            self.leave_details_kept_here(target)
        if self.changes is not None:
            note_rows(self.changes, self.staging, target, given=self.updated(target))
        changed = self.staging.run(update_statement(target, given=self.updated(target), staging=self.staging))
        created = self.staging.run(insert_statement(target, agency_id=self.agency.pk))
        if created >= MANY:
            self.staging.analyze(target.db_table)
        kept = self.staging.number(f"SELECT COUNT(*) FROM {target.linked}")
        self.report.created += created
        self.report.changed += changed
        self.report.unchanged += kept - created - changed

    def hold_in_order(self, target: Target) -> None:
        """Clients, staff and cases are held by rising `pk`, as every action holds them."""
        changes = changing(target, given=self.updated(target), staging=self.staging)
        self.staging.rows(
            f"SELECT t.id FROM {target.db_table} t, {target.linked} l WHERE {changes} ORDER BY t.id {self.staging.hold}"
        )

    def leave_details_kept_here(self, target: Target) -> None:
        """What an administrator wrote of a colleague stays: what the file says of it is only noted beside.

        Whom the books did not know leaves as they say, from the day when they do.
        """
        known_now = f"SELECT t.id FROM {target.db_table} t, {target.linked} l WHERE t.id = l.target_id"
        self.staging.run(
            f"DELETE FROM {KEPT_DETAILS} WHERE name = '{target.closing}' "
            f"AND staff_member_id IN ({known_now} AND t.{target.closing} IS NULL)"
        )
        left = 0
        for name in self.updated(target):
            said = f"SELECT COALESCE(CAST({name} AS text), '') FROM {target.linked} WHERE target_id = staff_member_id"
            known = f"(SELECT t.{name} FROM {target.db_table} t WHERE t.id = target_id)"
            self.staging.run(
                f"UPDATE {KEPT_DETAILS} SET books = ({said}) WHERE name = '{name}' AND "
                f"staff_member_id IN (SELECT target_id FROM {target.linked} WHERE target_id IS NOT NULL)"
            )
            left += self.staging.run(
                f"UPDATE {target.linked} SET {name} = {known} WHERE {name} {self.staging.differs} {known} AND "
                f"target_id IN (SELECT staff_member_id FROM {KEPT_DETAILS} WHERE name = '{name}')"
            )
        if left:
            self.report.note(f"{target.table.file} : {counted(left, *KEPT)}")

    def updated(self, target: Target) -> dict[str, str]:
        """The columns that the file gives: what it does not mention stays as it is."""
        given = self.given[target.name]
        return {name: column for name, column in target.written.items() if name in given or name in CLOSING}

    # What is absent

    def treat_absent(self, target: Target) -> None:
        """Report the rows that the package no longer holds; --prune closes them, unless the file has refusals."""
        if not self.is_whole:
            return
        absent = self.find_absent(target, among=is_open(target, day=self.today))
        if not absent:
            return
        told = f"{target.table.file} : {counted(absent, *ABSENT)}"
        if not (target.closing or target.also_closed or target.is_removed):
            self.report.note(f"{told}. Rien n’est fermé : ce fichier n’a rien à clore.")
        elif self.has_refusals(target):
            told = f"{told}, ou {agreed(absent, 'refusée', 'refusées')}"
            self.report.note(f"{told}. Rien n’est fermé tant que des lignes y sont refusées.")
        elif not self.prune:
            self.report.note(f"{told}. Rien n’est fermé : relancez avec --prune pour clore ce qui manque.")
        else:
            self.close_absent(target)
            self.report.changed += absent
            done = agreed(absent, *(("retirée", "retirées") if target.is_removed else ("close", "closes")))
            self.report.note(f"{told} : {done} avec --prune.")

    def find_absent(self, target: Target, *, among: str) -> int:
        """Put in `stage_absent` the ids of the agency's rows `among` those that no row of the package names."""
        self.staging.create_as(
            "stage_absent",
            f"SELECT t.id FROM {target.db_table} t WHERE {belongs(target, self.agency.pk)} AND {among} "
            f"EXCEPT SELECT target_id FROM {target.linked} WHERE target_id IS NOT NULL",
        )
        return self.staging.number("SELECT COUNT(*) FROM stage_absent")

    def has_refusals(self, target: Target) -> bool:
        return bool(self.staging.rows("SELECT 1 FROM stage_fault WHERE file = %s LIMIT 1", [target.table.file]))

    def close_absent(self, target: Target) -> None:
        if self.changes is not None:
            note_absent(self.changes, self.staging, target)
        absent = "WHERE id IN (SELECT id FROM stage_absent)"
        if target.is_removed:
            for table, column in target.held:
                self.staging.run(f"DELETE FROM {table} WHERE {column} IN (SELECT id FROM stage_absent)")
            self.staging.run(f"DELETE FROM {target.db_table} {absent}")
            return
        closed = [f"{column} = '{value}'" for column, value in target.also_closed]
        if target.closing:
            day = f"'{self.today.isoformat()}'"
            later = f"CASE WHEN starts_on > {day} THEN starts_on ELSE {day} END" if target.closing == "ends_on" else day
            closed.append(f"{target.closing} = {later}")
        self.staging.run(f"UPDATE {target.db_table} AS t SET {', '.join(closed)} {absent} AND {still_of_books(target)}")


def link_query(target: Target, *, agency_id: int, among: str) -> str:
    """The rows of a file beside the ids of what they name, and of the row that they update if there is one."""
    table, agency = target.table, int(agency_id)
    selected, joins = ["s.*"], []
    for key in table.foreign_keys:
        name, named = key.fields[-1], target_of(key.table)
        own = "reference_key" if key.table == "clients" else key.columns[-1]
        within = f"r_{key.fields[0]}.id" if len(key.fields) > 1 else str(agency)
        scope = f"{key.columns[0]}_id" if len(key.columns) > 1 else "agency_id"
        selected.append(f"r_{name}.id AS {name}_id")
        joins.append(
            f"LEFT JOIN {named.db_table} r_{name} ON r_{name}.{scope} = {within} AND r_{name}.{own} = s.{name}"
        )
    same = [
        f"t.{'reference_key' if name == 'customer_reference' else target.column(name)} = {key_value(target, name)}"
        for name in identity(target)
    ]
    if target.is_agency_owned:
        same.append(f"t.agency_id = {agency}")
    joins.append(f"LEFT JOIN {target.db_table} t ON {' AND '.join(same)}")
    found = "t.id"
    if target.name == "buildings":
        joins.append(
            f"LEFT JOIN {target.db_table} n ON n.agency_id = {agency} AND s.registration_number <> '' "
            "AND n.registration_number = s.registration_number"
        )
        found = "COALESCE(n.id, t.id)"
    selected.append(f"{found} AS target_id")
    return f"SELECT {', '.join(selected)} FROM {target.stage} s {' '.join(joins)} WHERE {among}"


def identity(target: Target) -> list[str]:
    """The columns of the file by which a row is recognised, without those that only lead to another."""
    return [name for name in target.table.primary_key if name in target.written]


def key_value(target: Target, name: str) -> str:
    if target.table.foreign_key(name):
        return f"r_{name}.id"
    return "s.reference_key" if name == "customer_reference" else f"s.{name}"


def source_column(target: Target, name: str) -> str:
    return f"l.{name}_id" if target.table.foreign_key(name) else f"l.{name}"


def update_statement(target: Target, *, given: dict[str, str], staging: Staging) -> str:
    assigned = ", ".join(f"{column} = {source}" for column, source in [*pairs_of(target, given=given), *target.reset])
    changes = changing(target, given=given, staging=staging)
    return f"UPDATE {target.db_table} AS t SET {assigned} FROM {target.linked} l WHERE {changes}"


def changing(target: Target, *, given: dict[str, str], staging: Staging) -> str:
    """The rows `t` that differ from their line `l`."""
    pairs = pairs_of(target, given=given)
    different = " OR ".join(f"t.{column} {staging.differs} {source}" for column, source in pairs)
    return f"t.id = l.target_id AND {still_of_books(target)} AND ({different})"


def still_of_books(target: Target) -> str:
    """A case touched while the file is applied is left. Said of its row, which the database reads again once held."""
    return "t.version = 0" if target.name == "interventions" else "1 = 1"


def pairs_of(target: Target, *, given: dict[str, str]) -> list[tuple[str, str]]:
    """Each column that is written, and where its value stands."""
    pairs = [(column, source_column(target, name)) for name, column in given.items()]
    return [*pairs, ("reference_key", "l.reference_key")] if target.name == "clients" else pairs


def insert_statement(target: Target, *, agency_id: int, source: str = "") -> str:
    """Write the new rows of `source`, which is the linked table if nothing is said."""
    columns = [*target.written.values(), *[column for column, _value in target.constants]]
    values = [source_column(target, name) for name in target.written]
    values += [value for _column, value in target.constants]
    if target.is_agency_owned:
        columns.append("agency_id")
        values.append(str(int(agency_id)))
    if target.has_public_id:
        columns.append("public_id")
        values.append("l.public_id")
    if target.name == "clients":
        columns.append("reference_key")
        values.append("l.reference_key")
    return (
        f"INSERT INTO {target.db_table} ({', '.join(columns)}) SELECT {', '.join(values)} "
        f"FROM {source or target.linked} l WHERE l.target_id IS NULL ORDER BY l.line"
    )


def belongs(target: Target, agency_id: int) -> str:
    """Rows of the agency, directly or through the row that holds them."""
    if target.is_agency_owned:
        return f"t.agency_id = {int(agency_id)}"
    column, parent = target.parent
    return f"t.{column} IN (SELECT id FROM {table_of(parent)} WHERE agency_id = {int(agency_id)})"


def is_open(target: Target, *, day: dt.date) -> str:
    if target.closing == "ends_on":
        return f"(t.ends_on IS NULL OR t.ends_on >= '{day.isoformat()}')"
    closed = [f"t.{target.closing} IS NULL"] if target.closing else []
    ended = [f"t.{column} <> '{value}'" for column, value in target.also_closed]
    in_books = [f"t.{target.of_case[1]} NOT IN {KEPT_HERE}"] if target.of_case[1] else []
    if target.has_kept_details:
        in_books.append(f"t.id NOT IN (SELECT staff_member_id FROM {KEPT_DETAILS} WHERE name = '{target.closing}')")
    return " AND ".join([*closed, *ended, *in_books]) or "1 = 1"


def table_of(model: type[models.Model]) -> str:
    return model._meta.db_table
