"""What a balance says. Pure: integer cents in, French words out."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from parvis.kit.french_dates import long_date, month_and_year
from parvis.kit.money import balance_words, format_balance, format_cents


class BalanceState(StrEnum):
    """What the Accueil shows of an account."""

    DUE = "due"
    DIRECT_DEBIT = "direct_debit"
    LATE = "late"
    ZERO = "zero"
    CREDIT = "credit"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceFacts:
    """What is known of an account. `balance_cents` = credits − debits, positive in favour of the client.

    `kind`, `payment_mode` and `arrangement` are the stored values of `Account`, `creditor_kind` that of its creditor.
    """

    kind: str
    balance_cents: int
    not_yet_due_cents: int = 0
    next_due_on: dt.date | None = None
    next_due_cents: int | None = None
    oldest_unpaid_on: dt.date | None = None
    next_payout_on: dt.date | None = None
    payment_mode: str = "manual"
    arrangement: str = ""
    creditor_kind: str = "owners_association"
    is_withheld: bool = False

    @property
    def owed_cents(self) -> int:
        return max(0, -self.balance_cents)

    @property
    def due_cents(self) -> int:
        """What is owed and already payable (« dont échu »)."""
        return max(0, self.owed_cents - self.not_yet_due_cents)

    def has_call_to_come(self, today: dt.date) -> bool:
        """Whether the next call is not in the balance yet: one that is booked, and paid early, is not asked again."""
        return bool(
            self.next_due_on and self.next_due_on > today and self.next_due_cents and not self.not_yet_due_cents
        )

    @property
    def is_by_direct_debit(self) -> bool:
        return self.payment_mode == "direct_debit"


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceWords:
    """What a client reads of an account, by rules 4.4: the words first, then the amount, never a sign alone."""

    state: BalanceState
    title: str
    amount: str
    words: str
    sentences: tuple[str, ...]
    flag: str
    due_cents: int
    not_yet_due_cents: int
    payable_cents: int

    @property
    def unsaid_words(self) -> str:
        """The words, to be written beside the amount, when no sentence says them."""
        is_said = any(self.words in sentence for sentence in self.sentences)
        return self.words if self.amount and not is_said else ""


def describe_balance(facts: BalanceFacts, *, today: dt.date) -> BalanceWords:
    """Say an account in words: its state, its amount, and the sentences that go with it."""
    state = balance_state(facts, today=today)
    is_withheld = state is BalanceState.WITHHELD
    is_owed = state in (BalanceState.DUE, BalanceState.LATE)
    return BalanceWords(
        state=state,
        title=_title(facts, state),
        amount="" if is_withheld else format_balance(facts.balance_cents),
        words="Situation incomplète" if is_withheld else balance_words(facts.balance_cents),
        sentences=_SENTENCES[state](facts, today),
        flag=_FLAGS.get(facts.arrangement, "") if facts.owed_cents else "",
        due_cents=0 if is_withheld else facts.due_cents,
        not_yet_due_cents=0 if is_withheld else facts.owed_cents - facts.due_cents,
        payable_cents=facts.owed_cents if is_owed and facts.arrangement != "dispute" else 0,
    )


def balance_state(facts: BalanceFacts, *, today: dt.date) -> BalanceState:
    """Late only when something due before `today` is unpaid and no arrangement covers it."""
    if facts.is_withheld:
        return BalanceState.WITHHELD
    if not facts.owed_cents:
        return BalanceState.CREDIT if facts.balance_cents else BalanceState.ZERO
    unpaid_since = facts.oldest_unpaid_on
    if facts.due_cents and unpaid_since and unpaid_since < today and not facts.arrangement:
        return BalanceState.LATE
    if facts.is_by_direct_debit and facts.next_due_on and not facts.arrangement:
        return BalanceState.DIRECT_DEBIT
    return BalanceState.DUE


_FLAGS = {"plan": "Échéancier en cours", "dispute": "Somme contestée"}


def _title(facts: BalanceFacts, state: BalanceState) -> str:
    if facts.creditor_kind == "free_association":
        return "Solde association syndicale"
    if facts.kind == "co_owner":
        return "Solde copropriétaire"
    if facts.kind == "landlord":
        return "Solde propriétaire"
    if state in (BalanceState.DUE, BalanceState.DIRECT_DEBIT) and facts.next_due_on and not facts.arrangement:
        month = month_and_year(facts.next_due_on)
        return f"Loyer d’{month}" if month[0] in "ao" else f"Loyer de {month}"
    return "Loyer"


def _say_due(facts: BalanceFacts, today: dt.date) -> tuple[str, ...]:
    """The flag tells of a plan or a dispute: the sentences do not say it again."""
    if facts.arrangement == "dispute":
        return ()
    if facts.arrangement == "plan":
        return ("Vous devez cette somme.", *_say_next_due(facts))
    if facts.next_due_on == today and facts.due_cents:
        return (f"Cette somme est à payer aujourd’hui, {long_date(today)}.",)
    if facts.due_cents or not facts.next_due_on:
        return ("Vous devez cette somme.",)
    day = long_date(facts.next_due_on)
    if facts.next_due_cents and facts.next_due_cents < facts.owed_cents:
        return (f"Vous devez {format_cents(facts.next_due_cents)} avant le {day}, le reste plus tard.",)
    return (f"Vous devez cette somme avant le {day}.",)


def _say_direct_debit(facts: BalanceFacts, _today: dt.date) -> tuple[str, ...]:
    amount = min(facts.owed_cents, facts.next_due_cents or facts.owed_cents)
    return _direct_debit(amount, facts.next_due_on)


def _direct_debit(amount_cents: int, day: dt.date | None) -> tuple[str, ...]:
    if day is None:
        return ()
    return (f"Prélèvement de {format_cents(amount_cents)} prévu le {long_date(day)}.", "Vous n’avez rien à faire.")


def _say_late(facts: BalanceFacts, today: dt.date) -> tuple[str, ...]:
    since = long_date(facts.oldest_unpaid_on or today)
    help_offered = "Une difficulté\u202f? Parlez-en à votre agence."
    to_come = facts.owed_cents - facts.due_cents
    if not to_come:
        return (f"Cette somme était attendue le {since}.", help_offered)
    before = f" avant le {long_date(facts.next_due_on)}" if facts.next_due_on else ""
    return (
        f"Dont échu\u00a0: {format_cents(facts.due_cents)}, somme attendue le {since}.",
        f"À échoir\u00a0: {format_cents(to_come)}{before}.",
        help_offered,
    )


def _say_zero(facts: BalanceFacts, today: dt.date) -> tuple[str, ...]:
    if not facts.has_call_to_come(today):
        return ("Compte à jour.",)
    if facts.is_by_direct_debit:
        return ("Compte à jour.", *_direct_debit(facts.next_due_cents or 0, facts.next_due_on))
    return ("Compte à jour.", *_say_next_due(facts))


def _say_next_due(facts: BalanceFacts) -> tuple[str, ...]:
    if not facts.next_due_on or not facts.next_due_cents:
        return ()
    return (f"Prochaine échéance\u00a0: {format_cents(facts.next_due_cents)} le {long_date(facts.next_due_on)}.",)


def _say_credit(facts: BalanceFacts, _today: dt.date) -> tuple[str, ...]:
    if facts.kind == "landlord":
        payout = (f"Versement prévu le {long_date(facts.next_payout_on)}.",) if facts.next_payout_on else ()
        return ("En votre faveur.", *payout)
    next_demand = "prochain loyer" if facts.kind == "tenant" else "prochain appel"
    return ("En votre faveur.", f"Cette somme sera déduite de votre {next_demand}.")


def _say_withheld(_facts: BalanceFacts, _today: dt.date) -> tuple[str, ...]:
    return ("Votre agence vérifie ce compte. Appelez-la pour connaître votre situation.",)


_SENTENCES: dict[BalanceState, Callable[[BalanceFacts, dt.date], tuple[str, ...]]] = {
    BalanceState.DUE: _say_due,
    BalanceState.DIRECT_DEBIT: _say_direct_debit,
    BalanceState.LATE: _say_late,
    BalanceState.ZERO: _say_zero,
    BalanceState.CREDIT: _say_credit,
    BalanceState.WITHHELD: _say_withheld,
}
