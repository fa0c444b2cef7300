"""Accounts, entries and calls: what is faulty withholds its account; balances follow from the entries."""

import datetime as dt
from typing import Protocol

from django.db import IntegrityError

from parvis.agencies.models import Agency
from parvis.exchange.actions.applying import Application, insert_statement
from parvis.exchange.actions.figures import agreed, counted
from parvis.exchange.actions.refusals import AccountsToWithhold, Fault, PackageRefused
from parvis.exchange.actions.report import WITHHELD_REASON
from parvis.exchange.actions.staging import Staging
from parvis.exchange.actions.targets import LEDGER, Target, target_of
from parvis.kit.french_dates import long_date
from parvis.kit.money import format_cents
from parvis.kit.typography import typographic

ACCOUNTS, ENTRIES, CALLS = (target_of(name) for name in LEDGER)
CALL_PARTS = target_of("call_parts")
WITHHELD = "(SELECT reference FROM stage_withheld)"
# Accounts whose entries come by FEC: a package says who they belong to, not what they hold.
KEPT_BY_FEC = "(SELECT account_id FROM exchange_fecaccount WHERE account_id IS NOT NULL)"
EVERY = "1 = 1"
Period = tuple[str, str]
WRONG_BALANCES = (
    "compte a un solde différent de la somme de ses écritures",
    "comptes ont un solde différent de la somme de leurs écritures",
)


class Importing(Protocol):
    """What both imports have: where their rows wait, and whose they are."""

    @property
    def staging(self) -> Staging: ...
    @property
    def agency(self) -> Agency: ...


class EntriesGivenTwice(Exception):
    """An index has refused an entry: the file holds it twice."""


def apply_ledger(application: Application, *, complete_period: Period | None) -> None:
    """Write the accounts that are whole, mark the others, write entries and calls, compute the balances."""
    apply_accounts(application)
    refuse_entries_kept_by_fec(application)
    for target, day in ((ENTRIES, "booked_on"), (CALLS, "issued_on")):
        application.progress(f"{target.table.file} : application")
        application.link(target, among=f"s.account NOT IN {WITHHELD}")
        refuse_same_target(application, target)
        treat_absent_lines(application, target, day=day, complete_period=complete_period)
        try:
            application.write(target)
        except IntegrityError as error:
            raise EntriesGivenTwice from error
    refuse_withheld_rows(application)
    application.progress("soldes")
    among = concerned(application)
    say_which_openings_count(application, among=among)
    withhold_wrong_openings(application, among=among)
    compute_balances(application, among=among)


def concerned(application: Application) -> str:
    """The accounts `a` whose balance may change: all those of a package, those named by a few rows sent alone."""
    return EVERY if application.is_whole else f"a.reference IN (SELECT account FROM {ENTRIES.stage})"


def apply_accounts(application: Application) -> None:
    """A withheld account that is new gets its row, without figures, so that staff and client are told."""
    staging, agency_id = application.staging, application.agency.pk
    application.progress("accounts.csv : application")
    application.link(ACCOUNTS)
    application.treat_absent(ACCOUNTS)
    staging.create_as("linked_withheld", f"SELECT * FROM {ACCOUNTS.linked} WHERE reference IN {WITHHELD}")
    staging.run(f"DELETE FROM {ACCOUNTS.linked} WHERE reference IN {WITHHELD}")
    application.write(ACCOUNTS)
    staging.run(insert_statement(ACCOUNTS, agency_id=agency_id, source="linked_withheld"))
    whole = staging.run(
        "UPDATE ledger_account SET is_withheld = FALSE WHERE is_withheld "
        f"AND id IN (SELECT target_id FROM {ACCOUNTS.linked} WHERE target_id IS NOT NULL) AND id NOT IN {KEPT_BY_FEC}"
    )
    application.report.changed_beside += whole
    if whole:
        application.report.note(f"{counted(whole, 'compte redevient complet', 'comptes redeviennent complets')}.")
    mark_withheld(application)


def mark_withheld(application: Application) -> None:
    """« Situation incomplète »: the figures of before stay, and are no longer shown as the situation."""
    application.report.changed_beside += application.staging.run(
        "UPDATE ledger_account SET is_withheld = TRUE "
        f"WHERE agency_id = %s AND reference IN {WITHHELD} AND NOT is_withheld AND id NOT IN {KEPT_BY_FEC}",
        [application.agency.pk],
    )
    withheld = application.staging.number(
        f"SELECT COUNT(*) FROM ledger_account WHERE agency_id = %s AND reference IN {WITHHELD} "
        f"AND id NOT IN {KEPT_BY_FEC}",
        [application.agency.pk],
    )
    application.report.withheld_accounts = withheld
    if withheld:
        told = counted(withheld, "compte est retenu", "comptes sont retenus")
        application.report.note(f"{told}, « situation incomplète » : corrigez les lignes refusées, puis recommencez.")


def refuse_entries_kept_by_fec(application: Application) -> None:
    """An account has one source: entries given twice, by package and by FEC, would be counted twice."""
    staging, kept = application.staging, f"SELECT reference FROM ledger_account WHERE id IN {KEPT_BY_FEC}"
    of_fec = f"account IN ({kept} AND agency_id = {int(application.agency.pk)})"
    reason = "Les écritures de ce compte viennent du FEC : retirez-les du paquet."
    refused = staging.run(
        "INSERT INTO stage_fault SELECT %s, s.line, %s, s.account, %s FROM "
        f"{ENTRIES.stage} s WHERE {of_fec} AND account NOT IN {WITHHELD}",
        [ENTRIES.table.file, "account", typographic(reason)],
    )
    if refused:
        staging.run(f"DELETE FROM {ENTRIES.stage} WHERE {of_fec} AND account NOT IN {WITHHELD}")


def apply_call_parts(application: Application) -> None:
    """What the calls ask for; those of a withheld account wait with it."""
    application.apply(CALL_PARTS, among=f"s.account NOT IN {WITHHELD}")


def refuse_withheld_rows(application: Application) -> None:
    """The good rows of a withheld account wait with it; each is listed."""
    for target in (ACCOUNTS, ENTRIES, CALLS, CALL_PARTS):
        column = "reference" if target is ACCOUNTS else "account"
        application.staging.run(
            f"INSERT INTO stage_fault SELECT %s, s.line, %s, s.{column}, %s || w.place || '.' "
            f"FROM {target.stage} s JOIN stage_withheld w ON w.reference = s.{column} "
            "WHERE s.line NOT IN (SELECT line FROM stage_fault WHERE file = %s)",
            [target.table.file, column, typographic(f"{WITHHELD_REASON} : voir "), target.table.file],
        )


def refuse_same_target(application: Application, target: Target) -> None:
    """Two rows of the file that update the same entry: no index would tell."""
    twice = application.staging.number(f"SELECT COUNT(target_id) - COUNT(DISTINCT target_id) FROM {target.linked}")
    if twice:
        raise EntriesGivenTwice


def treat_absent_lines(application: Application, target: Target, *, day: str, complete_period: Period | None) -> None:
    """Entries and calls that the books no longer hold. A period declared complete is replaced (decision 15)."""
    period = complete_period or span_of(application, target, day=day)
    if not period or not application.is_whole:
        return
    begins, ends = period
    whole = f"t.account_id IN (SELECT id FROM ledger_account WHERE reference NOT IN {WITHHELD})"
    among = f"{whole} AND t.{day} BETWEEN '{begins}' AND '{ends}'"
    absent = application.find_absent(target, among=f"{among} AND t.exercise_id IS NULL" if target is ENTRIES else among)
    if not absent:
        return
    between = f"entre le {long_date(dt.date.fromisoformat(begins))} et le {long_date(dt.date.fromisoformat(ends))}"
    told = f"{target.table.file} : {counted(absent, 'ligne est absente', 'lignes sont absentes')} {between}"
    if complete_period or application.prune:
        application.close_absent(target)
        application.report.changed += absent
        why = "période déclarée complète" if complete_period else "avec --prune"
        application.report.note(f"{told} : {agreed(absent, 'retirée', 'retirées')} ({why}).")
    else:
        application.report.note(f"{told}. Rien n’est retiré : relancez avec --prune, ou déclarez la période complète.")


def span_of(application: Application, target: Target, *, day: str) -> Period | None:
    first, last = application.staging.rows(f"SELECT MIN({day}), MAX({day}) FROM {target.stage}")[0]
    return (str(first), str(last)) if first else None


# Balances


def say_which_openings_count(application: Application, *, among: str = EVERY) -> None:
    """An opening balance counts when its account holds nothing before it. Those of a FEC follow its exercises."""
    application.staging.run(
        "UPDATE ledger_entry AS t SET is_counted = NOT f.is_preceded FROM ("
        "SELECT e.id, EXISTS (SELECT 1 FROM ledger_entry p WHERE p.account_id = e.account_id "
        "AND p.booked_on < e.booked_on) AS is_preceded "
        "FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id WHERE e.is_opening AND a.agency_id = %s "
        f"AND e.exercise_id IS NULL AND {among}) f WHERE t.id = f.id AND t.is_counted = f.is_preceded",
        [application.agency.pk],
    )


def withhold_wrong_openings(application: Application, *, among: str = EVERY) -> None:
    """An opening balance that is not counted must say the same as the entries before it."""
    if not application.staging.rows("SELECT 1 FROM ledger_entry WHERE NOT is_counted LIMIT 1"):
        return
    found = application.staging.rows(
        "SELECT o.reference, o.booked_on, o.amount, o.before, "
        f"(SELECT MIN(s.line) FROM {ENTRIES.stage} s WHERE s.account = o.reference AND s.booked_on = o.booked_on "
        "AND s.is_opening) FROM (SELECT a.reference, e.booked_on, SUM(e.credit_cents - e.debit_cents) AS amount, "
        "(SELECT COALESCE(SUM(p.credit_cents - p.debit_cents), 0) FROM ledger_entry p WHERE p.account_id = a.id "
        "AND p.booked_on < e.booked_on AND p.is_counted) AS before "
        "FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id "
        f"WHERE a.agency_id = %s AND NOT e.is_counted AND e.exercise_id IS NULL AND a.reference NOT IN {WITHHELD} "
        f"AND {among} GROUP BY a.id, a.reference, e.booked_on) o WHERE o.amount <> o.before ORDER BY 1, 2",
        [application.agency.pk],
    )
    faults = []
    for account, day, amount, before, line in found:
        long_day = long_date(dt.date.fromisoformat(str(day)))
        reason = typographic(
            f"L’à-nouveau du {long_day} vaut {format_cents(int(amount))} et les écritures qui le précèdent "
            f"{format_cents(int(before))} : envoyez l’exercice précédent en entier, ou pas du tout."
        )
        faults.append(
            (account, Fault(file=ENTRIES.table.file, line=line or 0, column="is_opening", value=account, reason=reason))
        )
    if faults:
        raise AccountsToWithhold(faults)


def compute_balances(application: Importing, *, among: str = EVERY) -> None:
    """Balance of each account, and the day of its oldest unpaid sum: payments go to the oldest (c. civ. 1342-10)."""
    staging = application.staging
    staging.create_as(
        "stage_balance",
        "SELECT a.id AS account_id, CAST(COALESCE(SUM(e.credit_cents - e.debit_cents), 0) AS bigint) AS balance, "
        "CAST(COALESCE(SUM(CASE WHEN e.credit_cents > e.debit_cents THEN e.credit_cents - e.debit_cents END), 0) "
        "AS bigint) AS paid FROM ledger_account a LEFT JOIN ledger_entry e ON e.account_id = a.id AND e.is_counted "
        f"WHERE a.agency_id = %s AND {among} GROUP BY a.id",
        [application.agency.pk],
    )
    staging.analyze("stage_balance")
    staging.create_as(
        "stage_oldest",
        "SELECT d.account_id, MIN(d.due_on) AS due_on FROM ("
        "SELECT e.account_id, b.paid, COALESCE(e.due_on, e.booked_on) AS due_on, SUM(e.debit_cents - e.credit_cents) "
        "OVER (PARTITION BY e.account_id ORDER BY COALESCE(e.due_on, e.booked_on), e.id) AS owed "
        "FROM stage_balance b JOIN ledger_entry e ON e.account_id = b.account_id "
        "WHERE b.balance < 0 AND e.is_counted AND e.debit_cents > e.credit_cents"
        ") d WHERE d.owed > d.paid GROUP BY d.account_id",
    )
    staging.run(
        "UPDATE ledger_account AS t SET balance_cents = f.balance, oldest_unpaid_on = f.due_on FROM ("
        "SELECT b.account_id, b.balance, o.due_on FROM stage_balance b LEFT JOIN stage_oldest o "
        "ON o.account_id = b.account_id) f WHERE t.id = f.account_id "
        f"AND (t.balance_cents <> f.balance OR t.oldest_unpaid_on {staging.differs} f.due_on)"
    )


def refuse_wrong_balances(application: Importing, *, among: str = EVERY) -> None:
    """The guard at the end of every import: each balance is the sum of its counted entries, or nothing is applied."""
    wrong = application.staging.number(
        "SELECT COUNT(*) FROM (SELECT a.id, a.balance_cents FROM ledger_account a "
        f"WHERE a.agency_id = %s AND {among} EXCEPT "
        "SELECT a.id, CAST(COALESCE(SUM(e.credit_cents) - SUM(e.debit_cents), 0) AS bigint) FROM ledger_account a "
        "LEFT JOIN ledger_entry e ON e.account_id = a.id AND e.is_counted "
        f"WHERE a.agency_id = %s AND {among} GROUP BY a.id) w",
        [application.agency.pk] * 2,
    )
    if wrong:
        told = counted(wrong, *WRONG_BALANCES)
        raise PackageRefused(f"{told}. Rien n’a été appliqué : signalez-le, c’est une faute de Parvis.")
