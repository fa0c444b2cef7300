"""An account as a person reads it, on the Accueil and on Comptes: each apart, never added up."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, NamedTuple

from django.db.models import QuerySet

from parvis.kit.prepared import prepared
from parvis.kit.typography import lower_first
from parvis.kit.viewer import Viewer as AnyViewer
from parvis.ledger.models import Account
from parvis.ledger.rules import BalanceFacts, BalanceState, BalanceWords, describe_balance
from parvis.people.models import Client, Viewer
from parvis.web.ui.holders import is_own, of_client


class WayToPay(Enum):
    """Whether the page of an account says how to pay it, and whether a button leads there."""

    NONE = auto()
    AT_HAND = auto()
    ASKED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCard:
    """One account and its words. `is_settled`: closed with nothing left on it, kept for its past only.

    `of_holder`: « de Madame Karine Cherif », when the reader is not the holder.
    """

    public_id: str
    reference: str
    kind: str
    building: str
    lot: str
    as_of: dt.date
    words: BalanceWords
    due_on: dt.date
    is_owed: bool
    is_settled: bool
    way_to_pay: WayToPay
    of_holder: str

    @property
    def shows_how_to_pay(self) -> bool:
        """Whether a button leads to the way to pay, which then stands on the page of the account."""
        return self.way_to_pay is WayToPay.ASKED

    @property
    def place(self) -> str:
        """« Résidence Les Acacias, lot 14, appartement T3 », as far as it is known."""
        return ", ".join(part for part in (self.building, self.lot) if part)

    @property
    def shows_split(self) -> bool:
        """« Dont échu, à échoir »: when both exist and the sentences have not said it."""
        both = self.words.due_cents > 0 and self.words.not_yet_due_cents > 0
        return both and self.words.state is not BalanceState.LATE

    @property
    def detail_of(self) -> str:
        """What completes « Détails... » for those who hear the link alone: « du solde copropriétaire »."""
        title = self.words.title
        holder = f", compte {self.of_holder}" if self.of_holder else ""
        return f"du {title[:1].lower()}{title[1:]}{holder}"


class AccountRow(NamedTuple):
    """The columns that a card is made of, in the order of `account_rows`."""

    public_id: str
    reference: str
    kind: str
    as_of: dt.date
    balance_cents: int
    payment_mode: str
    arrangement: str
    is_withheld: bool
    closed_on: dt.date | None
    oldest_unpaid_on: dt.date | None
    next_payout_on: dt.date | None
    not_yet_due_cents: int
    next_due_on: dt.date | None
    next_due_cents: int | None
    creditor__kind: str
    building__name: str | None
    lot__number: str | None
    lot__label: str | None
    client_id: int
    client__civility: str
    client__first_name: str
    client__last_name: str
    client__company_name: str

    @property
    def client(self) -> Client:
        """As far as naming it goes."""
        return Client(
            pk=self.client_id,
            civility=self.client__civility,
            first_name=self.client__first_name,
            last_name=self.client__last_name,
            company_name=self.client__company_name,
        )


@prepared
def account_rows(viewer: AnyViewer, today: dt.date) -> "QuerySet[Account, tuple[Any, ...]]":
    return Account.objects.visible_to(viewer).with_due_dates(today).order_by().values_list(*AccountRow._fields)


def account_cards(viewer: Viewer, *, today: dt.date) -> list[AccountCard]:
    """The viewer's accounts, those that owe first and the earliest due of them at the top."""
    rows = (AccountRow(*row) for row in account_rows(viewer, today))
    return sorted((card_of(row, viewer=viewer, today=today) for row in rows), key=order_of)


def order_of(card: AccountCard) -> tuple[bool, dt.date, str]:
    return (not card.is_owed, card.due_on, card.reference)


def card_of(row: AccountRow, *, viewer: Viewer, today: dt.date) -> AccountCard:
    words = describe_balance(facts_of(row), today=today)
    return AccountCard(
        public_id=row.public_id,
        reference=row.reference,
        kind=row.kind,
        building=row.building__name or "",
        lot=f"lot\u00a0{row.lot__number}, {lower_first(row.lot__label or '')}" if row.lot__number else "",
        as_of=row.as_of,
        words=words,
        due_on=row.oldest_unpaid_on or row.next_due_on or dt.date.max,
        is_owed=row.balance_cents < 0 and not row.is_withheld,
        is_settled=is_settled(row),
        way_to_pay=way_to_pay(row, words),
        of_holder="" if is_own(row.client_id, viewer=viewer) else of_client(row.client),
    )


def is_settled(row: AccountRow) -> bool:
    return row.closed_on is not None and row.balance_cents == 0


def way_to_pay(row: AccountRow, words: BalanceWords) -> WayToPay:
    """At hand on every account that the client pays, whatever its balance; a landlord pays only what they owe."""
    is_paid_by_agency = row.kind == Account.Kind.LANDLORD and row.balance_cents >= 0
    if row.is_withheld or is_settled(row) or is_paid_by_agency:
        return WayToPay.NONE
    is_asked = words.payable_cents > 0 and not is_debited(row, words)
    return WayToPay.ASKED if is_asked else WayToPay.AT_HAND


def is_debited(row: AccountRow, words: BalanceWords) -> bool:
    """Nothing to do but wait, unless a debit did not come."""
    return row.payment_mode == Account.PaymentMode.DIRECT_DEBIT and words.state is not BalanceState.LATE


def facts_of(row: AccountRow) -> BalanceFacts:
    return BalanceFacts(
        kind=row.kind,
        balance_cents=row.balance_cents,
        not_yet_due_cents=row.not_yet_due_cents,
        next_due_on=row.next_due_on,
        next_due_cents=row.next_due_cents,
        oldest_unpaid_on=row.oldest_unpaid_on,
        next_payout_on=row.next_payout_on,
        payment_mode=row.payment_mode,
        arrangement=row.arrangement,
        creditor_kind=row.creditor__kind,
        is_withheld=row.is_withheld,
    )
