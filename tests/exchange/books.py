"""Small books for tests: lines of a FEC in few words, written as the norm wants them."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from parvis.exchange.actions.fec import FecOptions, FecReport, import_fec
from parvis.exchange.actions.fec.decisions import Decided, confirm_account
from parvis.exchange.models import FecAccount
from parvis.ledger.models import Account
from parvis.people.models import Client
from parvis.property.models import Building

TODAY = dt.date(2026, 11, 23)
SIREN = "123456782"
COLUMNS = [
    *("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib"),
    *("PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate"),
    *("Montantdevise", "Idevise"),
]
Line = dict[str, str]


def line(day: str, account: str, label: str, *, debit: str = "0,00", credit: str = "0,00", **changes: str) -> Line:
    """One line: « 20260105 », « 450ALICE », « Appel », its amount."""
    plain = {
        "JournalCode": "OD",
        "JournalLib": "Opérations diverses",
        "EcritureNum": "1",
        "EcritureDate": day,
        "CompteNum": account,
        "CompteLib": account,
        "PieceRef": "P1",
        "PieceDate": day,
        "EcritureLib": label,
        "Debit": debit,
        "Credit": credit,
        "ValidDate": day,
    }
    return dict.fromkeys(COLUMNS, "") | plain | changes


def owed(day: str, account: str, label: str, euros: str, **changes: str) -> list[Line]:
    """What a client owes: a debit of theirs, a credit of 701."""
    return [
        line(day, account, label, debit=euros, **changes),
        line(day, "701000", label, credit=euros, **(changes | {"CompAuxNum": "", "CompteLib": "Provisions"})),
    ]


def paid(day: str, account: str, label: str, euros: str, **changes: str) -> list[Line]:
    """What a client pays: a credit of theirs, a debit of the bank."""
    bank = {"JournalCode": "BQ", "JournalLib": "Banque"} | changes
    return [
        line(day, account, label, credit=euros, **bank),
        line(day, "512000", label, debit=euros, **(bank | {"CompAuxNum": "", "CompteLib": "Banque"})),
    ]


def opened(day: str, account: str, *, debit: str = "0,00", credit: str = "0,00", **changes: str) -> list[Line]:
    """An opening balance, and the balance sheet account that answers it."""
    journal = {"JournalCode": "AN", "JournalLib": "À nouveaux"} | changes
    return [
        line(day, account, "À nouveau", debit=debit, credit=credit, **journal),
        line(day, "120000", "À nouveau", debit=credit, credit=debit, **(journal | {"CompteLib": "Solde"})),
    ]


def write_fec(folder: Path, lines: Iterable[Line], *, closing: str = "20261231", siren: str = SIREN) -> Path:
    """The file, named as the norm wants it."""
    path = folder / f"{siren}FEC{closing}.txt"
    rows = ["\t".join(COLUMNS), *("\t".join(row.values()) for row in lines)]
    path.write_text("\r\n".join(rows) + "\r\n", encoding="utf-8", newline="")
    return path


def bring_in(path: Path, **options: object) -> FecReport:
    chosen: dict[str, object] = {"slug": "agence", "today": TODAY} | options
    return import_fec(path, FecOptions(**chosen))  # type: ignore[arg-type]


def confirm(number: str, client: Client, building: Building | None = None, *, kind: str = "co_owner") -> None:
    """Decide whose an account is, as the staff would."""
    account = FecAccount.objects.get(number=number, agency=client.agency, book__building=None)
    confirm_account(account=account, decided=Decided(client=client, kind=kind, building=building))


def confirm_in(building: Building, number: str, client: Client) -> None:
    """The same in the books of a building."""
    account = FecAccount.objects.get(number=number, book__building=building)
    confirm_account(account=account, decided=Decided(client=client, kind="co_owner"))


def balances(agency_id: int) -> dict[str, tuple[int, bool]]:
    """By account: the balance in cents, and whether the situation is incomplete."""
    found = Account.objects.filter(agency_id=agency_id).values_list("reference", "balance_cents", "is_withheld")
    return {reference: (cents, is_withheld) for reference, cents, is_withheld in found}


def told(report: FecReport) -> str:
    """The sentences of a report, its unbreakable spaces as the others."""
    return " ".join([*report.notes, *(fault.reason for fault in report.refusals)]).replace("\u00a0", " ")


ALICE, BOB = "450ALICE", "450BOB"
YEAR = [*owed("20260105", ALICE, "Appel 1er trimestre", "100,00"), *paid("20260120", ALICE, "Virement", "60,00")]
LAST_YEAR = [*owed("20250105", ALICE, "Appel 2025", "50,00"), *paid("20250201", ALICE, "Virement", "20,00")]
OPENED = [*opened("20260101", ALICE, debit="30,00"), *YEAR]
