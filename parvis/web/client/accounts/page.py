"""One account: what is owed, how to pay it, and its entries by month with the balance after each."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from parvis.documents.models import Document
from parvis.kit.french_dates import long_date
from parvis.kit.prepared import prepared
from parvis.kit.typography import lower_first
from parvis.kit.viewer import Viewer as AnyViewer
from parvis.ledger.access import pieces_behind
from parvis.ledger.models import Account, Call, Creditor
from parvis.ledger.rules import BalanceState
from parvis.people.models import Viewer
from parvis.web.client.accounts.entries import ENTRIES_SHOWN, NO_ENTRIES, EntriesPage, Ledger, entries_page
from parvis.web.client.accounts.periods import (
    EVERYTHING,
    Exercise,
    Period,
    between,
    exercises_of,
    periods_of,
    touched_by,
)
from parvis.web.client.accounts.selection import ASKED, Selection
from parvis.web.ui.account_cards import AccountCard, AccountRow, WayToPay, card_of, facts_of, is_debited
from parvis.web.ui.ledger_lines import Month, Piece, months_of

CALLS_SHOWN = 4
CURSOR = "avant"


class Terms(NamedTuple):
    """The account and its creditor, as a payment names them."""

    id: int
    payment_reference: str
    creditor__name: str
    creditor__iban: str
    creditor__bic: str
    creditor__cheque_order: str
    first_booked_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """How to pay an account. What needs no payment now says so first, and folds the rest under `fold`."""

    creditor: dict[str, str]
    reference: str
    lead: str = ""
    fold: str = ""


@dataclass(frozen=True, kw_only=True)
class AccountPage:
    """What the page of an account shows. `exercises` are those of `known` that the period touches."""

    card: AccountCard
    kind: str
    is_with_syndicat: bool
    payment: Payment | None
    calls: list[Call]
    selection: Selection | None
    known: list[Exercise]
    exercises: list[Exercise]
    entries: EntriesPage
    months: list[Month]

    @property
    def heading(self) -> str:
        """The building, or the account's own title where it has none."""
        return self.card.building or self.card.words.title

    @property
    def state(self) -> str:
        """« provisoire », « arrêté » …: the accounts of the exercise that the balance stands in, where it is known."""
        day = self.card.as_of
        return next((each.status_words for each in self.known if each.begins_on <= day <= each.ends_on), "")

    @cached_property
    def path(self) -> str:
        return reverse("client:accounts-detail", args=[self.card.public_id])

    @cached_property
    def query(self) -> str:
        """The choice as the address says it; empty for the first view."""
        asked = self.selection
        return query_of(asked.asked) if asked and asked.is_narrowed and not asked.is_refused else ""

    @property
    def newest_path(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def older_path(self) -> str:
        """What was booked before the last entry shown: of the same period, then of any."""
        asked = self.selection.asked if self.selection else {}
        if self.entries.leaves_period:
            asked = {**asked, "periode": EVERYTHING, "du": "", "au": ""}
        return f"{self.path}?{query_of({**asked, CURSOR: self.entries.older})}"

    def statement_path(self, name: str) -> str:
        """The same entries as a file."""
        path = reverse(f"client:accounts-{name}", args=[self.card.public_id])
        return f"{path}?{self.query}" if self.query else path

    @property
    def pdf_path(self) -> str:
        return self.statement_path("statement")

    @property
    def csv_path(self) -> str:
        return self.statement_path("spreadsheet")

    @property
    def everything_path(self) -> str:
        return f"{self.path}?periode={EVERYTHING}"


def query_of(asked: Mapping[str, str]) -> str:
    return urlencode({name: value for name, value in asked.items() if value})


class Found(NamedTuple):
    """An account that the viewer may see, and what it is made of."""

    row: AccountRow
    terms: Terms
    card: AccountCard
    exercises: list[Exercise]

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.terms.id, self.row.kind, self.row.balance_cents, self.row.as_of)

    def selection(self, address: Mapping[str, str], *, today: dt.date) -> Selection:
        """What the address asks for, among what this account offers."""
        last_on = max(today, self.row.as_of)
        periods = periods_of(self.exercises, first_on=self.terms.first_booked_on, last_on=last_on, today=today)
        asked = {name: address[name] for name in ASKED if name in address}
        return Selection(asked=asked, periods=tuple(periods), account_kind=self.row.kind)


def found_account(viewer: Viewer, *, public_id: str, today: dt.date) -> Found | None:
    """The account of that id; nothing for anyone else's."""
    found = account_and_terms(viewer, today, public_id)
    if not found:
        return None
    columns = len(AccountRow._fields)
    row, terms = AccountRow(*found[0][:columns]), Terms(*found[0][columns:])
    has_exercises = is_with_syndicat(row) and row.building__name and not row.is_withheld
    known = [Exercise(*each) for each in exercises_of(viewer, terms.id)] if has_exercises else []
    return Found(row, terms, card_of(row, viewer=viewer, today=today), known)


def is_with_syndicat(row: AccountRow) -> bool:
    return row.kind == Account.Kind.CO_OWNER and row.creditor__kind == Creditor.Kind.OWNERS_ASSOCIATION


def account_page(viewer: Viewer, found: Found, *, asked: Mapping[str, str], today: dt.date) -> AccountPage:
    """The account with the entries asked for. A withheld one shows no figure at all."""
    row, terms, card = found.row, found.terms, found.card
    if row.is_withheld:
        return AccountPage(
            card=card,
            kind=row.kind,
            is_with_syndicat=is_with_syndicat(row),
            payment=None,
            calls=[],
            selection=None,
            known=[],
            exercises=[],
            entries=NO_ENTRIES,
            months=[],
        )
    selection = found.selection(asked, today=today)
    entries = entries_page(viewer, found.ledger, choice=selection.choice, cursor=asked.get(CURSOR, ""))
    pieces = pieces_of(viewer, entries)
    return AccountPage(
        card=card,
        kind=row.kind,
        is_with_syndicat=is_with_syndicat(row),
        payment=payment_of(row, terms, card=card, today=today),
        calls=next_calls(viewer, terms.id, today) if row.next_due_on else [],
        selection=selection,
        known=found.exercises,
        exercises=touched_by(shown_days(entries, selection.period), found.exercises, today=today),
        entries=entries,
        months=months_of(entries.walked, account_kind=row.kind, pieces=pieces),
    )


def shown_days(entries: EntriesPage, period: Period) -> Period:
    """From the oldest entry of the page to the newest; the period asked for where there is none."""
    if not entries.walked:
        return period
    return between(entries.walked[-1].entry.booked_on, entries.walked[0].entry.booked_on)


def pieces_of(viewer: Viewer, entries: EntriesPage) -> dict[str, Piece]:
    """The documents behind these entries that the viewer may open."""
    references = sorted({each.entry.piece for each in entries.walked if each.entry.piece})
    return {
        row.reference: Piece(
            SafeString(reverse("client:documents-file", args=[row.public_id])),  # nosec B703
            SafeString(f"Voir la pièce\u00a0: {lower_first(Document.Kind(row.kind).label)}"),  # nosec B703
        )
        for row in pieces_behind(viewer, references, at_most=ENTRIES_SHOWN)
    }


@prepared
def account_and_terms(viewer: AnyViewer, today: dt.date, public_id: str) -> "QuerySet[Account, tuple[Any, ...]]":
    accounts = Account.objects.visible_to(viewer).with_due_dates(today).with_first_day()
    return accounts.filter(public_id=public_id).order_by().values_list(*AccountRow._fields, *Terms._fields)


@prepared
def next_calls(viewer: AnyViewer, account_id: int, today: dt.date) -> QuerySet[Call]:
    calls = Call.objects.visible_to(viewer).filter(account_id=account_id, due_on__gte=today)
    return calls.order_by("due_on", "pk")[:CALLS_SHOWN]


def payment_of(row: AccountRow, terms: Terms, *, card: AccountCard, today: dt.date) -> Payment | None:
    if card.way_to_pay is WayToPay.NONE:
        return None
    lead, fold = lead_of(row, card=card, today=today)
    return Payment(
        creditor={
            "name": terms.creditor__name,
            "iban": terms.creditor__iban,
            "bic": terms.creditor__bic,
            "cheque_order": terms.creditor__cheque_order,
        },
        reference=terms.payment_reference or row.reference,
        lead=lead,
        fold=fold,
    )


def lead_of(row: AccountRow, *, card: AccountCard, today: dt.date) -> tuple[str, str]:
    """What is said before the way to pay, and what unfolds it. A disputed sum is never asked for.

    The balance has already told of a dispute or a plan.
    """
    if card.is_owed and row.arrangement == Account.Arrangement.DISPUTE:
        return "", "Payer une autre somme"
    if card.is_owed and row.arrangement == Account.Arrangement.PLAN:
        return "", ""
    if is_debited(row, card.words):
        return debit_of(row, card=card, today=today), "Payer autrement"
    return "", ""


def debit_of(row: AccountRow, *, card: AccountCard, today: dt.date) -> str:
    is_planned = card.words.state is BalanceState.DIRECT_DEBIT or facts_of(row).has_call_to_come(today)
    if is_planned and row.next_due_on:
        return f"Prélèvement prévu le {long_date(row.next_due_on)}, vous n’avez rien à faire."
    return "Ce compte est payé par prélèvement, vous n’avez rien à faire."
