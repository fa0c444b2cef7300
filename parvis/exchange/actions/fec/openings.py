"""Which lines make the balance of an account, from one exercise to the next, and which accounts are incomplete."""

import dataclasses
import itertools

from parvis.exchange.actions.fec.exercises import held_exercises
from parvis.exchange.actions.staging import Staging
from parvis.exchange.rules.books import Held, chain, follows
from parvis.ledger.models import Book, Exercise

AMOUNT = "e.credit_cents - e.debit_cents"
OF_BOOK = "FROM ledger_entry e JOIN ledger_exercise x ON x.id = e.exercise_id WHERE x.book_id = %s"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Counting:
    """What the balances of some books are made of: `exercises`, oldest first, and what is cut off from them."""

    exercises: list[Held]
    cut_off: list[Held]

    @property
    def gap(self) -> tuple[Held, Held] | None:
        """The exercises on both sides of the first gap, within what counts or before it."""
        every = [*self.cut_off, *self.exercises]
        return next(((a, b) for a, b in itertools.pairwise(every) if not follows(b.period, a.period)), None)


def count_openings(staging: Staging, *, book: Book) -> Counting:
    """Say again which lines of the books count (decision 13): all but the opening balances of what is held before.

    Each account counts from the first exercise of the chain that it holds without a hole: an account confirmed after
    an exercise was imported has nothing of it until that exercise comes again.
    """
    exercises = held_exercises(book)
    kept = chain(exercises)
    find_starts(staging, book=book, kept=kept)
    first = kept[0].period.begins_on
    staging.run(
        "UPDATE ledger_entry AS t SET is_counted = f.counts FROM (SELECT e.id, e.is_counted, "
        "CASE WHEN x.begins_on = COALESCE(m.starts_on, %s) THEN TRUE "
        "WHEN x.begins_on > COALESCE(m.starts_on, %s) THEN NOT e.is_opening ELSE FALSE END AS counts "
        "FROM ledger_entry e JOIN ledger_exercise x ON x.id = e.exercise_id "
        "LEFT JOIN stage_start m ON m.account_id = e.account_id WHERE x.book_id = %s) f "
        "WHERE t.id = f.id AND f.is_counted <> f.counts",
        [first, first, book.pk],
    )
    return Counting(exercises=kept, cut_off=exercises[: len(exercises) - len(kept)])


def find_starts(staging: Staging, *, book: Book, kept: list[Held]) -> None:
    """In `stage_start`, the accounts that do not count from the first exercise of the chain, and their own start.

    `is_short` says that nothing opens what they hold: their balance would be that of a part of the books.
    """
    chained = ", ".join(str(held.id) for held in kept)
    staging.create_as(
        "stage_missing",
        "SELECT f.account_id, MAX(x.begins_on) AS begins_on FROM exchange_fecaccount f JOIN ledger_exercise x "
        f"ON x.id IN ({chained}) WHERE f.book_id = %s AND f.account_id IS NOT NULL AND (x.applied_at < f.confirmed_at "
        "OR EXISTS (SELECT 1 FROM exchange_fecfault b WHERE b.fec_account_id = f.id AND b.exercise_id = x.id)) "
        "GROUP BY f.account_id",
        [book.pk],
    )
    staging.create_as(
        "stage_start",
        "SELECT m.account_id, n.begins_on AS starts_on, (n.id IS NULL OR NOT n.has_openings) AS is_short "
        "FROM stage_missing m LEFT JOIN ledger_exercise n ON n.book_id = %s AND n.begins_on = (SELECT MIN(y.begins_on) "
        "FROM ledger_exercise y WHERE y.book_id = %s AND y.begins_on > m.begins_on)",
        [book.pk, book.pk],
    )


def find_unequal(staging: Staging, *, book: Book, counting: Counting) -> int:
    """In `stage_unequal`, the accounts that an exercise does not open with what the ones before say; how many."""
    staging.create("stage_unequal", (("account_id", "integer"), ("exercise_id", "integer")))
    for held in counting.exercises[1:]:
        if not held.has_openings:
            continue
        staging.run(
            "INSERT INTO stage_unequal SELECT q.account_id, %s FROM (SELECT e.account_id, "
            f"SUM(CASE WHEN x.id = %s AND e.is_opening THEN {AMOUNT} ELSE 0 END) AS opening, "
            f"SUM(CASE WHEN x.begins_on < %s AND e.is_counted THEN {AMOUNT} ELSE 0 END) AS before "
            f"{OF_BOOK} GROUP BY e.account_id) q LEFT JOIN stage_start m ON m.account_id = q.account_id "
            "WHERE q.opening <> q.before AND (m.account_id IS NULL OR m.starts_on < %s)",
            [held.id, held.id, held.period.begins_on, book.pk, held.period.begins_on],
        )
    return staging.number("SELECT COUNT(DISTINCT account_id) FROM stage_unequal")


def mark_incomplete(staging: Staging, *, book: Book) -> int:
    """« Situation incomplète » for the accounts with refused lines, a hole, or openings that contradict the past.

    Returns how many changed, either way.
    """
    staging.create_as(
        "stage_incomplete",
        "SELECT account_id FROM stage_unequal UNION SELECT account_id FROM stage_start WHERE is_short UNION "
        "SELECT f.account_id FROM exchange_fecfault b JOIN exchange_fecaccount f ON f.id = b.fec_account_id "
        "WHERE f.book_id = %s AND f.account_id IS NOT NULL",
        [book.pk],
    )
    incomplete = "(t.id IN (SELECT account_id FROM stage_incomplete))"
    return staging.run(
        f"UPDATE ledger_account AS t SET is_withheld = {incomplete} WHERE t.id IN (SELECT account_id FROM "
        f"exchange_fecaccount WHERE book_id = %s AND account_id IS NOT NULL) AND t.is_withheld <> {incomplete}",
        [book.pk],
    )


def date_accounts(staging: Staging, *, book: Book) -> None:
    """The situation of every account of the books is that of their newest line."""
    newest = Exercise.objects.filter(book=book).order_by("-last_entry_on").values_list("last_entry_on", flat=True)[0]
    staging.run(
        "UPDATE ledger_account SET as_of = %s WHERE as_of <> %s AND id IN (SELECT account_id FROM exchange_fecaccount "
        "WHERE book_id = %s AND account_id IS NOT NULL)",
        [newest, newest, book.pk],
    )
