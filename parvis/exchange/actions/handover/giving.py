"""Writing the package, and closing the building at the agency that it leaves."""

import datetime as dt
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from parvis.agencies.models import Agency
from parvis.exchange.actions.handover.papers import given_papers
from parvis.exchange.actions.handover.tables import Scope, lines_of
from parvis.exchange.rules.handover import read_me
from parvis.exchange.rules.rows import cell, csv_chunks, hundredths
from parvis.exchange.rules.tables import load_table, load_tables
from parvis.journal.actions import record
from parvis.kit.days import paris_day
from parvis.kit.refusals import Refusal
from parvis.kit.spreadsheets import to_csv
from parvis.kit.zips import stream_zip
from parvis.ledger.models import Entry
from parvis.property.models import Building

LEDGER_COLUMNS = [
    "Compte",
    "Copropriétaire",
    "Date",
    "Exigible le",
    "Libellé",
    "Pièce",
    "Débit",
    "Crédit",
    "Solde débiteur",
    "Solde créditeur",
]
Member = tuple[str, Iterable[bytes]]


class NoSuchBuilding(Refusal):
    message = "Aucun immeuble de cette agence ne porte cette référence."


class GivenAway(Refusal):
    message = "Un fichier porte déjà ce nom\u00a0: donnez-en un autre."


@dataclass
class Digests:
    """The SHA-256 of each member, known once it is written."""

    lines: list[str]

    def noted(self, member: Member) -> Member:
        name, content = member
        return name, self.measured(name, content)

    def measured(self, name: str, content: Iterable[bytes]) -> Iterator[bytes]:
        digest = hashlib.sha256()
        for chunk in content:
            digest.update(chunk)
            yield chunk
        self.lines.append(f"{digest.hexdigest()}  {name}\n")

    def content(self) -> Iterator[bytes]:
        yield "".join(self.lines).encode()


def hand_over(
    *, agency: Agency, reference: str, path: Path, closed_on: dt.date | None, readable_until: dt.date | None
) -> int:
    """Write all of a building as one ZIP at `path` and return its size in bytes; who may: whoever runs the server.

    `closed_on` and `readable_until`, where given, are the day the building leaves and the last one on which its
    clients still read their past. Refuses an unknown building and a file that exists.
    """
    building = Building.objects.filter(agency=agency, reference=reference).first()
    if building is None:
        raise NoSuchBuilding
    if path.exists():
        raise GivenAway
    size = write_zip(path, scope=Scope(building=building), agency=agency)
    close(building, closed_on=closed_on, readable_until=readable_until)
    return size


def write_zip(path: Path, *, scope: Scope, agency: Agency) -> int:
    """Beside it first, then under its name: a run that is cut leaves no half package."""
    partial = path.with_name(f"{path.name}.partiel")
    descriptor = os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for chunk in stream_zip(members(scope, agency=agency)):
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    return path.stat().st_size


def members(scope: Scope, *, agency: Agency) -> Iterator[Member]:
    digests = Digests(lines=[])
    today = paris_day(timezone.now())
    told = read_me(building=scope.building.name, agency=agency.name, day=today)
    yield digests.noted(("LISEZMOI.txt", [told.encode()]))
    for member in data_members(scope, agency=agency):
        yield digests.noted(member)
    yield digests.noted(("grand-livre.csv", ledger(scope)))
    papers = list(given_papers(scope))
    index = csv_chunks(load_table("documents").column_names, (paper.line() for paper in papers))
    yield digests.noted(("documents/documents.csv", index))
    for paper in papers:
        yield digests.noted((f"documents/{paper.file}", paper.chunks()))
    yield "EMPREINTES.sha256", digests.content()


def data_members(scope: Scope, *, agency: Agency) -> Iterator[Member]:
    """Every file of the exchange format, empty where it is about lettings or people of the agency."""
    rows = scope.rows()
    for table in load_tables():
        if table.name == "agency":
            lines: Iterable[list[str]] = [
                [cell(getattr(agency, field.name, None), kind=field.type) for field in table.fields]
            ]
        else:
            lines = lines_of(table.name, rows[table.name]) if table.name in rows else []
        yield f"donnees/{table.file}", csv_chunks(table.column_names, lines)


def ledger(scope: Scope) -> Iterator[bytes]:
    """The ledger as people read it, account after account, with the balance after each line."""
    entries = Entry.objects.counted().filter(account__in=scope.accounts.order_by().values("pk"))
    found = entries.select_related("account__client").order_by("account__reference", "account_id", "booked_on", "pk")
    yield to_csv([LEDGER_COLUMNS]).encode()
    balance, account_id = 0, 0
    for entry in found.iterator():
        balance = (balance if entry.account_id == account_id else 0) + entry.credit_cents - entry.debit_cents
        account_id = entry.account_id
        yield to_csv([ledger_line(entry, balance_cents=balance)]).removeprefix("\ufeff").encode()


def ledger_line(entry: Entry, *, balance_cents: int) -> list[str]:
    return [
        entry.account.reference,
        entry.account.client.full_name,
        entry.booked_on.isoformat(),
        entry.due_on.isoformat() if entry.due_on else "",
        entry.label,
        entry.piece,
        hundredths(entry.debit_cents),
        hundredths(entry.credit_cents),
        hundredths(max(-balance_cents, 0)),  # a cell that begins with a minus would be read as a formula
        hundredths(max(balance_cents, 0)),
    ]


@transaction.atomic
def close(building: Building, *, closed_on: dt.date | None, readable_until: dt.date | None) -> None:
    """Note the day the building leaves and until when its clients read; then what was done."""
    days = {"closed_on": closed_on, "readable_until": readable_until}
    changed = {name: day for name, day in days.items() if day}
    if changed:
        Building.objects.filter(pk=building.pk).update(**changed)
    record(agency_id=building.agency_id, verb="building.handed_over", subject=("building", building.public_id))
