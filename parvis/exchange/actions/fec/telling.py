"""What became of the lines, in figures and in sentences."""

from collections.abc import Sequence

from parvis.exchange.actions.fec.entries import Written
from parvis.exchange.actions.fec.exercises import Replaced
from parvis.exchange.actions.fec.loading import FecLoader
from parvis.exchange.actions.fec.openings import Counting
from parvis.exchange.actions.fec.report import FecReport
from parvis.exchange.actions.figures import agreed, counted
from parvis.exchange.actions.refusals import Fault
from parvis.exchange.actions.report import LISTED, WITHHELD_REASON
from parvis.exchange.actions.staging import Staging
from parvis.exchange.models import FecAccount
from parvis.kit.french_dates import long_date
from parvis.kit.typography import typographic
from parvis.ledger.models import Book, Entry

HELD_REASON = (
    "Les écritures de ce client viennent déjà du paquet pour cette nature de compte : retirez-les du paquet, ou "
    "rattachez ce compte autrement."
)
# Lines of a confirmed account that were not written: it is withheld, or its client's lines come by package.
NOT_WRITTEN = (
    "FROM stage_line s JOIN stage_target t ON t.account = s.account LEFT JOIN stage_faulty y ON y.fec_id = t.fec_id "
    "WHERE t.decision = 'confirmed' AND (y.fec_id IS NOT NULL OR t.account_id IS NULL)"
)


def count_lines(staging: Staging, *, report: FecReport, written: Written, loader: FecLoader) -> None:
    report.created, report.changed, report.unchanged, report.removed = written
    by_decision: dict[str, int] = dict(
        staging.rows(
            "SELECT t.decision, COUNT(*) FROM stage_line s JOIN stage_target t ON t.account = s.account "
            "GROUP BY t.decision"
        )
    )
    not_written = int(by_decision.get("confirmed", 0)) - written.created - written.changed - written.unchanged
    report.waiting = int(by_decision.get("waiting", 0))
    report.left_out = loader.left_out + int(by_decision.get("ignored", 0))
    report.refused = report.read - loader.given + not_written


def list_refusals(staging: Staging, *, report: FecReport, faults: Sequence[Fault], file: str) -> None:
    """The faults first, then the sound lines that wait with their account."""
    named = {fault.line for fault in faults}
    numbers = "(SELECT TRIM(f.number || ' ' || f.auxiliary) FROM exchange_fecaccount f WHERE f.id = t.fec_id)"
    query = f"SELECT s.line, {numbers}, y.place {NOT_WRITTEN} ORDER BY s.line LIMIT {LISTED}"
    found = staging.rows(query) if report.refused else []
    waiting = [
        Fault(
            file=file,
            line=line,
            column="CompteNum",
            value=account,
            reason=typographic(f"{WITHHELD_REASON} : voir {place}." if place else HELD_REASON),
        )
        for line, account, place in found
        if line not in named
    ]
    report.refusals = [*sorted(faults, key=lambda fault: fault.line), *waiting][:LISTED]


def tell(staging: Staging, *, book: Book, report: FecReport, replaced: Replaced, counting: Counting) -> None:
    """What whoever keeps the books must know, and do."""
    begins_on, ends_on = replaced.period
    period = f"du {long_date(begins_on)} au {long_date(ends_on)}"
    report.note(f"Période remplacée : {period}.")
    if report.removed:
        gone = counted(report.removed, "écriture connue a quitté", "écritures connues ont quitté")
        report.note(f"{gone} les livres : {agreed(report.removed, 'elle est retirée', 'elles sont retirées')}.")
    tell_waiting(book, report=report)
    tell_openings(staging, book=book, report=report, counting=counting)
    withheld = FecAccount.objects.filter(book=book, account__is_withheld=True).count()
    report.withheld_accounts = withheld
    if withheld:
        told = counted(withheld, "compte est retenu", "comptes sont retenus")
        report.note(f"{told}, « situation incomplète » : corrigez ce qui est dit plus haut, puis recommencez.")


def tell_waiting(book: Book, *, report: FecReport) -> None:
    waiting = FecAccount.objects.filter(book=book, decision=FecAccount.Decision.WAITING)
    report.waiting_accounts = waiting.count()
    if not report.waiting_accounts:
        return
    sure = waiting.filter(is_sure=True).count()
    told = counted(report.waiting_accounts, "compte attend d’être rattaché", "comptes attendent d’être rattachés")
    surely = f" ({counted(sure, 'proposition sûre', 'propositions sûres')})" if sure else ""
    report.note(f"{told} à un client{surely} : page « Comptes du FEC » de la gestion, puis importez de nouveau.")


def tell_openings(staging: Staging, *, book: Book, report: FecReport, counting: Counting) -> None:
    left = Entry.objects.filter(exercise__book=book, is_opening=True, is_counted=False).count()
    if left:
        told = counted(left, "à-nouveau n’est pas compté", "à-nouveaux ne sont pas comptés")
        report.note(f"{told} : l’exercice précédent est tenu en entier.")
    if counting.gap:
        before, after = counting.gap
        report.note(
            f"Rien n’est connu entre le {long_date(before.period.ends_on)} et le {long_date(after.period.begins_on)} : "
            "importez l’exercice qui manque."
        )
    unequal = staging.number("SELECT COUNT(DISTINCT account_id) FROM stage_unequal")
    if unequal:
        told = counted(unequal, "compte a un à-nouveau différent", "comptes ont un à-nouveau différent")
        whose = agreed(unequal, "de ses", "de leurs")
        report.note(f"{told} {whose} écritures d’avant : importez de nouveau l’exercice précédent, définitif.")
    short = staging.number("SELECT COUNT(*) FROM stage_start WHERE is_short")
    if short:
        told = counted(short, "compte n’a pas", "comptes n’ont pas")
        whose = agreed(short, "ses", "leurs")
        report.note(f"{told} toutes {whose} écritures : importez de nouveau les exercices d’avant le rattachement.")
