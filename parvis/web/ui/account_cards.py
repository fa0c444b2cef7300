"""An account as a person reads it, on the Accueil and on Comptes: each apart, never added up."""

import datetime as dt
from dataclasses import dataclass

from parvis.kit.viewer import Viewer
from parvis.ledger.models import Account
from parvis.ledger.rules import BalanceFacts, BalanceState, BalanceWords, describe_balance


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCard:
    """One account and its words."""

    public_id: str
    reference: str
    building: str
    lot: str
    as_of: dt.date
    words: BalanceWords
    due_on: dt.date
    is_owed: bool
    shows_how_to_pay: bool

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
        return f"du {title[:1].lower()}{title[1:]}"


def account_cards(viewer: Viewer, *, today: dt.date) -> list[AccountCard]:
    """The viewer's accounts, those that owe first and the earliest due of them at the top.

    An account that is closed and settled says nothing any more.
    """
    accounts = (
        Account.objects.visible_to(viewer)
        .exclude(closed_on__isnull=False, balance_cents=0)
        .select_related("building", "lot")
        .with_due_dates(today)
    )
    return sorted((card_of(account, today=today) for account in accounts), key=order_of)


def order_of(card: AccountCard) -> tuple[bool, dt.date, str]:
    return (not card.is_owed, card.due_on, card.reference)


def card_of(account: Account, *, today: dt.date) -> AccountCard:
    """The card of an account that carries its due dates (`with_due_dates`)."""
    words = describe_balance(facts_of(account), today=today)
    return AccountCard(
        public_id=account.public_id,
        reference=account.reference,
        building=account.building.name if account.building else "",
        lot=f"lot\u00a0{account.lot.number}, {lower_first(account.lot.label)}" if account.lot else "",
        as_of=account.as_of,
        words=words,
        due_on=account.oldest_unpaid_on or account.next_due_on or dt.date.max,
        is_owed=account.balance_cents < 0 and not account.is_withheld,
        shows_how_to_pay=words.payable_cents > 0 and account.payment_mode == Account.PaymentMode.MANUAL,
    )


def facts_of(account: Account) -> BalanceFacts:
    return BalanceFacts(
        kind=account.kind,
        balance_cents=account.balance_cents,
        not_yet_due_cents=account.not_yet_due_cents,
        next_due_on=account.next_due_on,
        next_due_cents=account.next_due_cents,
        oldest_unpaid_on=account.oldest_unpaid_on,
        next_payout_on=account.next_payout_on,
        payment_mode=account.payment_mode,
        arrangement=account.arrangement,
        is_withheld=account.is_withheld,
    )


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
