"""One account: what is owed, how to pay it, and its entries by month with the balance after each."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet

from parvis.kit.french_dates import long_date
from parvis.kit.prepared import prepared
from parvis.kit.viewer import Viewer as AnyViewer
from parvis.ledger.models import Account, Call
from parvis.ledger.rules import BalanceState
from parvis.people.models import Viewer
from parvis.web.client.accounts.entries import NO_ENTRIES, EntriesPage, entries_page
from parvis.web.ui.account_cards import AccountCard, AccountRow, WayToPay, card_of, facts_of, is_debited

CALLS_SHOWN = 4


class Terms(NamedTuple):
    """The account and its creditor, as a payment names them."""

    id: int
    payment_reference: str
    creditor__name: str
    creditor__iban: str
    creditor__bic: str
    creditor__cheque_order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """How to pay an account. What needs no payment now says so first, and folds the rest under `fold`."""

    creditor: dict[str, str]
    reference: str
    lead: str = ""
    fold: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """What the page of an account shows."""

    card: AccountCard
    payment: Payment | None
    calls: list[Call]
    entries: EntriesPage

    @property
    def heading(self) -> str:
        """The building, or the account's own title where it has none."""
        return self.card.building or self.card.words.title


def account_page(viewer: Viewer, *, public_id: str, today: dt.date, page_number: str) -> AccountPage | None:
    """The account of that id; nothing for anyone else's. A withheld one shows no figure at all."""
    found = account_and_terms(viewer, today, public_id)
    if not found:
        return None
    columns = len(AccountRow._fields)
    row, terms = AccountRow(*found[0][:columns]), Terms(*found[0][columns:])
    card = card_of(row, viewer=viewer, today=today)
    if row.is_withheld:
        return AccountPage(card=card, payment=None, calls=[], entries=NO_ENTRIES)
    return AccountPage(
        card=card,
        payment=payment_of(row, terms, card=card, today=today),
        calls=next_calls(viewer, terms.id, today),
        entries=entries_page(viewer, account_id=terms.id, balance_cents=row.balance_cents, asked=page_number),
    )


@prepared
def account_and_terms(viewer: AnyViewer, today: dt.date, public_id: str) -> "QuerySet[Account, tuple[Any, ...]]":
    accounts = Account.objects.visible_to(viewer).with_due_dates(today).filter(public_id=public_id)
    return accounts.order_by().values_list(*AccountRow._fields, *Terms._fields)


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
