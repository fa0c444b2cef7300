"""The lines of a FEC on the accounts of clients: what is new, what changed, what has left the books."""

from typing import NamedTuple

from django.db import IntegrityError

from parvis.exchange.actions.applying import MANY
from parvis.exchange.actions.fec.exercises import Replaced
from parvis.exchange.actions.ledger import EntriesGivenTwice
from parvis.exchange.actions.staging import Staging
from parvis.ledger.models import Book

WRITTEN = (
    ("account_id", "l.account_id"),
    ("reference", "l.reference"),
    ("booked_on", "l.booked_on"),
    ("kind", "l.kind"),
    ("label", "l.label"),
    ("detail", "''"),
    ("piece", "l.piece"),
    ("debit_cents", "l.debit"),
    ("credit_cents", "l.credit"),
    ("is_opening", "l.is_opening"),
    ("is_counted", "TRUE"),
    ("lettering", "l.lettering"),
    ("lettered_on", "l.lettered_on"),
)


class Written(NamedTuple):
    created: int
    changed: int
    unchanged: int
    removed: int


def number_twins(staging: Staging) -> None:
    """Lines equal in everything but their lettering are told apart by their rank among equals."""
    staging.create_as(
        "stage_twin",
        "SELECT r.line, r.rank FROM (SELECT line, ROW_NUMBER() OVER (PARTITION BY reference ORDER BY line) AS rank "
        "FROM stage_line WHERE reference IN (SELECT reference FROM stage_line GROUP BY reference "
        "HAVING COUNT(*) > 1)) r WHERE r.rank > 1",
    )
    staging.run(
        "UPDATE stage_line AS t SET reference = t.reference || '-' || s.rank FROM stage_twin s WHERE t.line = s.line"
    )


def find_targets(staging: Staging, *, book: Book) -> None:
    """In `stage_target`, whose each account of the file is; in `stage_faulty`, the accounts to withhold."""
    staging.create_as(
        "stage_target",
        "SELECT s.line AS account, s.is_staged, f.id AS fec_id, f.decision, f.account_id FROM stage_account s "
        "JOIN exchange_fecaccount f ON f.book_id = %s AND f.number = s.number AND f.auxiliary = s.auxiliary",
        [book.pk],
    )
    staging.create_as(
        "stage_faulty",
        "SELECT f.id AS fec_id, f.account_id, MIN(p.place) AS place FROM stage_problem p JOIN exchange_fecaccount f "
        "ON f.book_id = %s AND f.number = p.number AND f.auxiliary = p.auxiliary WHERE f.decision = 'confirmed' "
        "GROUP BY f.id, f.account_id",
        [book.pk],
    )
    staging.analyze("stage_target")


def link(staging: Staging, *, replaced: Replaced) -> None:
    """In `linked_line`, the lines to write beside the entry that each updates."""
    staging.create_as(
        "linked_line",
        "SELECT s.*, t.account_id, e.id AS target_id FROM stage_line s JOIN stage_target t ON t.account = s.account "
        "LEFT JOIN ledger_entry e ON e.account_id = t.account_id AND e.reference = s.reference "
        "WHERE t.decision = 'confirmed' AND t.account_id IS NOT NULL "
        "AND t.fec_id NOT IN (SELECT fec_id FROM stage_faulty)",
    )
    twice = staging.number("SELECT COUNT(target_id) - COUNT(DISTINCT target_id) FROM linked_line")
    if twice:
        raise EntriesGivenTwice
    between = ""
    if replaced.is_part:
        between = f"AND e.booked_on BETWEEN '{replaced.period.begins_on}' AND '{replaced.period.ends_on}' "
    staging.create_as(
        "stage_absent",
        f"SELECT e.id FROM ledger_entry e WHERE e.exercise_id = %s {between}AND e.account_id NOT IN "
        "(SELECT account_id FROM stage_faulty WHERE account_id IS NOT NULL) "
        "EXCEPT SELECT target_id FROM linked_line WHERE target_id IS NOT NULL",
        [replaced.exercise.pk],
    )


def write(staging: Staging, *, replaced: Replaced) -> Written:
    """Remove, update, insert; a line is new when its identity is, whatever its lettering."""
    exercise = int(replaced.exercise.pk)
    removed = staging.run("DELETE FROM ledger_entry WHERE id IN (SELECT id FROM stage_absent)")
    changed = staging.run(
        f"UPDATE ledger_entry AS t SET lettering = l.lettering, lettered_on = l.lettered_on, exercise_id = {exercise}, "
        "is_opening = l.is_opening, is_counted = TRUE FROM linked_line l WHERE t.id = l.target_id AND "
        f"(t.lettering <> l.lettering OR t.lettered_on {staging.differs} l.lettered_on "
        f"OR t.is_opening <> l.is_opening OR t.exercise_id {staging.differs} {exercise})"
    )
    columns = ", ".join(column for column, _source in WRITTEN)
    sources = ", ".join(source for _column, source in WRITTEN)
    try:
        created = staging.run(
            f"INSERT INTO ledger_entry ({columns}, exercise_id) SELECT {sources}, {exercise} FROM linked_line l "
            "WHERE l.target_id IS NULL ORDER BY l.line"
        )
    except IntegrityError as error:
        raise EntriesGivenTwice from error
    if created >= MANY:
        staging.analyze("ledger_entry")
    kept = staging.number("SELECT COUNT(*) FROM linked_line")
    return Written(created=created, changed=changed, unchanged=kept - created - changed, removed=removed)


def keep_faults(staging: Staging, *, replaced: Replaced) -> None:
    """The accounts whose lines were refused stay incomplete until the exercise comes again without a fault."""
    exercise = int(replaced.exercise.pk)
    if not replaced.is_part:
        staging.run("DELETE FROM exchange_fecfault WHERE exercise_id = %s", [exercise])
    staging.run(
        f"INSERT INTO exchange_fecfault (fec_account_id, exercise_id) SELECT fec_id, {exercise} FROM stage_faulty "
        f"WHERE fec_id NOT IN (SELECT fec_account_id FROM exchange_fecfault WHERE exercise_id = {exercise})"
    )
