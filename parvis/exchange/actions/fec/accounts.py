"""The accounts of the books: met, proposed to a client, then opened for the client when that is decided."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Q

from parvis.agencies.models import Agency
from parvis.exchange.actions.staging import Staging
from parvis.exchange.models import FecAccount
from parvis.exchange.rules.books import proposed_kind
from parvis.exchange.rules.likeness import Directory
from parvis.kit.identifiers import new_public_ids
from parvis.ledger.models import Account, Book, Creditor
from parvis.people.models import Client
from parvis.property.models import Building

HANDFUL = 2_000
REFERENCE_LENGTH = 40
OPENED_COLUMNS = (
    ("line", "integer"),
    ("public_id", "text"),
    ("reference", "text"),
    ("creditor_id", "integer"),
)
Decision = FecAccount.Decision


def register_new(staging: Staging, *, book: Book) -> int:
    """Keep the accounts met for the first time: third parties wait for their client, the others are ignored."""
    unknown = (
        "SELECT s.line, s.number, s.auxiliary, s.label FROM stage_account s LEFT JOIN exchange_fecaccount f "
        "ON f.book_id = %s AND f.number = s.number AND f.auxiliary = s.auxiliary WHERE f.id IS NULL"
    )
    staging.create_as("stage_unknown", unknown, [book.pk])
    met = 0
    for handful in staging.each("SELECT * FROM stage_unknown", size=HANDFUL):
        met += len(handful)
        FecAccount.objects.bulk_create(
            FecAccount(
                agency_id=book.agency_id,
                book=book,
                number=number,
                auxiliary=auxiliary,
                label=label,
                kind=proposed_kind(number),
                building=book.building,
                decision=Decision.WAITING if proposed_kind(number) else Decision.IGNORED,
            )
            for _line, number, auxiliary, label in handful
        )
    return met


def propose_clients(book: Book) -> None:
    """Look for the client of each account that waits, by its number and its label."""
    waiting = FecAccount.objects.filter(book=book, decision=Decision.WAITING)
    if not waiting.exists():
        return
    directory = Directory(directory_rows(book.agency))
    changed = []
    for account in waiting.order_by("pk").iterator(HANDFUL):
        found = directory.propose(number=account.number, auxiliary=account.auxiliary, label=account.label)
        proposal = (found.client, found.likeness, found.is_sure) if found else (None, 0, False)
        if proposal != (account.proposed_client_id, account.likeness, account.is_sure):
            account.proposed_client_id, account.likeness, account.is_sure = proposal
            changed.append(account)
    FecAccount.objects.bulk_update(changed, ["proposed_client", "likeness", "is_sure"], batch_size=500)


def directory_rows(agency: Agency) -> Iterator[tuple[int, str, str]]:
    clients = Client.objects.filter(agency=agency, closed_on=None).order_by()
    for client in clients.only("reference_key", "company_name", "first_name", "last_name").iterator(HANDFUL):
        yield client.pk, client.reference_key, client.full_name


# Accounts of clients


def attach_to_known(staging: Staging, *, book: Book) -> None:
    """Give each confirmed account the open account that its client has already, by package, for the same thing.

    One of the FEC's accounts at most takes it; an account that holds entries by package is not taken, see
    `held_by_package`.
    """
    staging.create_as(
        "stage_attached",
        f"SELECT MIN(m.fec_id) AS fec_id, m.account_id FROM ({same_thing('MIN(a.id)')} AND NOT EXISTS "
        "(SELECT 1 FROM ledger_entry e WHERE e.account_id = a.id AND e.exercise_id IS NULL) "
        "GROUP BY f.id) m GROUP BY m.account_id",
        [book.pk],
    )
    staging.run(
        "UPDATE exchange_fecaccount AS t SET account_id = s.account_id FROM stage_attached s WHERE t.id = s.fec_id"
    )


def same_thing(account: str) -> str:
    """Confirmed accounts without an account of their own, beside those of the same client, nature and building."""
    return (
        f"SELECT f.id AS fec_id, {account} AS account_id FROM exchange_fecaccount f JOIN ledger_account a "
        "ON a.agency_id = f.agency_id AND a.client_id = f.client_id AND a.kind = f.kind AND a.closed_on IS NULL "
        "AND (f.building_id IS NULL OR a.building_id = f.building_id) WHERE f.book_id = %s AND "
        "f.decision = 'confirmed' AND f.account_id IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM exchange_fecaccount o WHERE o.account_id = a.id)"
    )


def held_by_package(staging: Staging, *, book: Book) -> None:
    """In `stage_held`, the accounts whose lines would be counted twice: their client's come by package."""
    staging.create_as(
        "stage_held",
        f"{same_thing('a.id')} AND EXISTS (SELECT 1 FROM ledger_entry e WHERE e.account_id = a.id "
        "AND e.exercise_id IS NULL)",
        [book.pk],
    )


class ToOpen(NamedTuple):
    """What is read of a confirmed account that has no account of the client yet."""

    id: int
    kind: str
    building_id: int | None
    number: str
    auxiliary: str


def open_accounts(staging: Staging, *, book: Book, as_of: dt.date) -> None:
    """Open an account for the clients who have none yet for what was confirmed."""
    held = {fec_id for fec_id, _account in staging.rows("SELECT * FROM stage_held")}
    confirmed = FecAccount.objects.filter(book=book, decision=Decision.CONFIRMED, account=None).order_by("pk")
    found = [ToOpen(*row) for row in confirmed.values_list(*ToOpen._fields).iterator(HANDFUL) if row[0] not in held]
    if not found:
        return
    staging.create("stage_opened", OPENED_COLUMNS)
    staging.load("stage_opened", OPENED_COLUMNS, opened_columns(book, found))
    staging.run(
        "INSERT INTO ledger_account (agency_id, public_id, reference, client_id, creditor_id, kind, building_id, "
        "payment_mode, payment_reference, arrangement, as_of, balance_cents, is_withheld) SELECT f.agency_id, "
        "s.public_id, CASE WHEN EXISTS (SELECT 1 FROM ledger_account a WHERE a.agency_id = f.agency_id AND "
        "a.reference = s.reference) THEN SUBSTR(s.reference, 1, 20) || '-F' || f.id ELSE s.reference END, "
        f"f.client_id, s.creditor_id, f.kind, f.building_id, 'manual', '', '', CAST(%s AS {staging.types['date']}), "
        "0, FALSE FROM stage_opened s JOIN exchange_fecaccount f ON f.id = s.line ORDER BY s.line",
        [as_of.isoformat()],
    )
    staging.run(
        "UPDATE exchange_fecaccount AS t SET account_id = a.id FROM stage_opened s JOIN ledger_account a "
        "ON a.public_id = s.public_id WHERE t.id = s.line"
    )


def opened_columns(book: Book, found: list[ToOpen]) -> list[list[list[str]]]:
    """One batch: the accounts of the books that are nobody's yet."""
    places = {(row.kind, row.building_id or 0) for row in found}
    buildings = Building.objects.in_bulk({building for _kind, building in places})
    creditors = {
        (kind, building): creditor_of(book.agency, kind=kind, building=buildings.get(building))
        for kind, building in sorted(places)
    }
    return [
        [
            [str(row.id) for row in found],
            list(new_public_ids(len(found))),
            [reference_of(row, book=book) for row in found],
            [str(creditors[row.kind, row.building_id or 0].pk) for row in found],
        ]
    ]


def reference_of(row: ToOpen, *, book: Book) -> str:
    """« 411000/C002 », behind the reference of the building for the books of one."""
    whole = "/".join(filter(None, [book.building.reference if book.building else "", row.number, row.auxiliary]))
    return whole if len(whole) <= REFERENCE_LENGTH else f"{whole[:20]}-F{row.id}"


def creditor_of(agency: Agency, *, kind: str, building: Building | None) -> Creditor:
    """To whom an account of that nature is owed in that building: as the other accounts there, or a new creditor."""
    among = Q(agency=agency, kind=kind) & (Q(building=building) if building else Q())
    known = Account.objects.filter(among).select_related("creditor").order_by("-pk").first()
    if known:
        return known.creditor
    if kind == Account.Kind.CO_OWNER and building:
        name, creditor_kind = f"Syndicat des copropriétaires {building.name}", Creditor.Kind.OWNERS_ASSOCIATION
        reference = f"FEC-{building.reference}"
    else:
        name, creditor_kind, reference = agency.name, Creditor.Kind.MANDATES, "FEC-MANDANTS"
    found, _is_new = Creditor.objects.get_or_create(
        agency=agency, reference=reference[:REFERENCE_LENGTH], defaults={"name": name[:140], "kind": creditor_kind}
    )
    return found
