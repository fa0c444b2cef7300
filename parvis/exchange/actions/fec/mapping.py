"""Whose the accounts are, as a table that a spreadsheet opens: written, filled in, read back."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

from parvis.exchange.actions.fec.decisions import (
    Decided,
    confirm_account,
    find_building,
    find_client,
    ignore_account,
)
from parvis.exchange.actions.refusals import PackageRefused, WrongUse
from parvis.exchange.models import FecAccount
from parvis.kit.refusals import Refusal
from parvis.ledger.models import Book

HEADER = (
    "compte",
    "auxiliaire",
    "libelle",
    "decision",
    "identifiant",
    "nature",
    "immeuble",
    "identifiant propose",
    "nom propose",
    "ressemblance",
    "sure",
)
NEEDED = HEADER[:2] + HEADER[3:7]
LONGEST_MAPPING = 64 * 1024 * 1024
WAITING, CONFIRMED, IGNORED = "a rattacher", "rattache", "ignore"
WORDS = {
    FecAccount.Decision.WAITING.value: WAITING,
    FecAccount.Decision.CONFIRMED.value: CONFIRMED,
    FecAccount.Decision.IGNORED.value: IGNORED,
}
NATURES = {"copropriétaire": "co_owner", "bailleur": "landlord", "locataire": "tenant"}
NATURE_WORDS = {kind: word for word, kind in NATURES.items()}


def mapping_rows(book: Book) -> list[list[str]]:
    """The accounts of the books, those that wait first; what is proposed stands beside what is decided."""
    found = FecAccount.objects.filter(book=book).with_people().order_by("-decision", "number", "auxiliary", "pk")
    return [list(HEADER), *[mapping_row(account) for account in found.iterator(2_000)]]


def mapping_row(account: FecAccount) -> list[str]:
    client, proposed = account.client, account.proposed_client
    return [
        account.number,
        account.auxiliary,
        account.label,
        WORDS[account.decision],
        client.customer_reference if client else "",
        NATURE_WORDS.get(account.kind, ""),
        account.building.reference if account.building else "",
        proposed.customer_reference if proposed else "",
        proposed.full_name if proposed else "",
        str(account.likeness) if proposed else "",
        "oui" if account.is_sure else "",
    ]


def read_mapping(path: Path) -> list[dict[str, str]]:
    """The rows of a table written by `--mapping-out` and filled in, without the apostrophe that guards a formula."""
    try:
        if path.stat().st_size > LONGEST_MAPPING:
            raise PackageRefused("Cette table des comptes est trop longue.", file=path.name)
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise WrongUse(f"La table {path} ne peut pas être lue : donnez un fichier CSV.") from error
    except UnicodeDecodeError as error:
        raise PackageRefused(
            "Cette table n’est pas en UTF-8 : enregistrez-la au format « CSV UTF-8 ».", file=path.name
        ) from error
    header = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in header else ",")
    missing = [name for name in NEEDED if name not in (rows.fieldnames or ())]
    if missing:
        raise PackageRefused(f"Il manque la colonne « {missing[0]} » à la table des comptes.", file=path.name, line=1)
    cells = ({name: (row[name] or "").strip().removeprefix("'") for name in NEEDED} for row in rows)
    return [row | {"file": path.name} for row in cells]


def apply_mapping(rows: Sequence[dict[str, str]], *, book: Book) -> int:
    """Decide as the table says; how many accounts changed. One wrong row refuses the whole import, with its line."""
    if not rows:
        return 0
    found = FecAccount.objects.filter(book=book).with_people()
    known = {(account.number, account.auxiliary): account for account in found}
    changed = 0
    for line, row in enumerate(rows, start=2):
        account = known.get((row["compte"], row["auxiliaire"]))
        if account and says_the_same(row, account):
            continue
        try:
            changed += decide(account, row)
        except Refusal as refusal:
            raise PackageRefused(
                refusal.message, file=row["file"], line=line, column="decision", value=row["decision"]
            ) from refusal
    return changed


def says_the_same(row: dict[str, str], account: FecAccount) -> bool:
    """Nearly every row of a table that comes back is as it went out."""
    kept = dict(zip(HEADER, mapping_row(account), strict=True))
    return all(kept[name] == row[name] for name in NEEDED)


def decide(account: FecAccount | None, row: dict[str, str]) -> bool:
    if account is None:
        raise Refusal("Ce compte n’est ni dans le fichier ni connu : corrigez son numéro.")
    decision = row["decision"].casefold().replace("à", "a").replace("é", "e")
    verbs: dict[str, Callable[[], bool]] = {
        WAITING: lambda: False,
        IGNORED: lambda: ignore_account(account=account),
        CONFIRMED: lambda: confirm_account(account=account, decided=decided(account, row)),
    }
    if decision not in verbs:
        raise Refusal("La décision est l’un de ces mots : a rattacher, rattache, ignore.")
    return verbs[decision]()


def decided(account: FecAccount, row: dict[str, str]) -> Decided:
    kind = NATURES.get(row["nature"].casefold(), "")
    if not kind:
        raise Refusal(f"La nature est l’un de ces mots : {', '.join(NATURES)}.")
    building = find_building(agency_id=account.agency_id, reference=row["immeuble"])
    client = find_client(agency_id=account.agency_id, typed=row["identifiant"])
    return Decided(client=client, kind=kind, building=building)
