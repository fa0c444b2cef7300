"""How people pay: from what is asked of an account, what is paid, and when. Amounts in cents."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from parvis.demo import dice
from parvis.demo.months import add_months, days_after, month_of
from parvis.ledger.rules import instalment

TRANSFER, CHEQUE, DEBIT, AHEAD = "transfer", "cheque", "debit", "ahead"
SLOW, DEFAULTER, PLAN, DISPUTE = "slow", "defaulter", "plan", "dispute"
ARRANGEMENTS = {PLAN: "plan", DISPUTE: "dispute"}
LABELS = {DEBIT: "Prélèvement reçu", CHEQUE: "Chèque reçu"}
MEANS = {DEBIT: "direct_debit", CHEQUE: "cheque"}
AHEAD_BY_CENTS = 12_000
PLAN_DAY = 10
PLAN_COVERS_MONTHS = 6
PLAN_INSTALMENTS = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A line that the account is asked for (negative: in its favour). `reference` names it for ever.

    That of a rent says its parts and its period.
    """

    reference: str
    booked_on: dt.date
    due_on: dt.date
    cents: int
    kind: str
    label: str
    detail: str = ""
    issued_on: dt.date | None = None
    rent_cents: int = 0
    charges_cents: int = 0
    covers_from: dt.date | None = None
    covers_until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What the account has paid, whatever the day: the future is dropped by who writes the books."""

    reference: str
    booked_on: dt.date
    cents: int
    label: str
    means: str = "transfer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """An account and how its holder pays. Troubles begin with `trouble_on`."""

    account: str
    habit: str
    trouble_on: dt.date

    @property
    def arrangement(self) -> str:
        return ARRANGEMENTS.get(self.habit, "")

    @property
    def payment_mode(self) -> str:
        return "direct_debit" if self.habit == DEBIT else "manual"

    def payments(self, dues: list[Due], *, until: dt.date) -> list[Payment]:
        """Each line that is paid at all brings what is owed by its due date; credits are deducted by themselves."""
        in_order = sorted(dues, key=lambda due: (due.due_on, due.reference))
        settled = [due for due in in_order if due.cents < 0 or self._day_for(due)]
        owed_cents = AHEAD_BY_CENTS if self.habit == AHEAD else 0
        payments = []
        for due in settled:
            owed_cents += due.cents
            day = self._day_for(due)
            if day and owed_cents > 0 and due.cents > 0:
                payments.append(self._payment(f"R-{due.reference}", day, owed_cents))
                owed_cents = 0
        if self.habit == PLAN:
            arrears_cents = sum(due.cents for due in in_order) - sum(due.cents for due in settled)
            payments += self._plan(arrears_cents)
        return [payment for payment in payments if payment.booked_on <= until]

    def _day_for(self, due: Due) -> dt.date | None:
        """When this line is paid; None when it is not."""
        return DAYS[self.habit](self, due)

    def _plan(self, arrears_cents: int) -> list[Payment]:
        """The instalments agreed with the agency once the hard months are over; they cover the arrears."""
        first = add_months(month_of(self.trouble_on), PLAN_COVERS_MONTHS)
        days = [add_months(first, rank).replace(day=PLAN_DAY) for rank in range(PLAN_INSTALMENTS)]
        return [
            self._payment(f"P-{day:%Y-%m}", day, cents)
            for rank, day in enumerate(days, start=1)
            if (cents := instalment(annual_cents=arrears_cents, rank=rank, count=PLAN_INSTALMENTS))
        ]

    def _payment(self, reference: str, day: dt.date, cents: int) -> Payment:
        label = LABELS.get(self.habit, "Virement reçu")
        means = MEANS.get(self.habit, "transfer")
        return Payment(reference=reference, booked_on=day, cents=cents, label=label, means=means)


def before_due(payer: Payer, due: Due, *, days: int) -> dt.date:
    """Some days before the due date, never before the line is known."""
    early = dice.number(payer.account, due.reference, "early", below=days)
    return max(days_after(due.due_on, -early), due.issued_on or due.booked_on)


def by_transfer(payer: Payer, due: Due) -> dt.date:
    return before_due(payer, due, days=4)


def by_cheque(payer: Payer, due: Due) -> dt.date:
    return before_due(payer, due, days=12)


def on_the_day(_payer: Payer, due: Due) -> dt.date:
    return due.due_on


def slowly(payer: Payer, due: Due) -> dt.date:
    return days_after(due.due_on, dice.between(52, 74, payer.account, due.reference, "late"))


def until_trouble(payer: Payer, due: Due) -> dt.date | None:
    return by_transfer(payer, due) if due.due_on < payer.trouble_on else None


def but_the_hard_months(payer: Payer, due: Due) -> dt.date | None:
    """The arrears that a payment plan then covers."""
    ends = add_months(month_of(payer.trouble_on), PLAN_COVERS_MONTHS)
    return None if payer.trouble_on <= due.due_on < ends else by_transfer(payer, due)


def but_what_is_disputed(payer: Payer, due: Due) -> dt.date | None:
    is_disputed = due.kind in ("settlement", "works") and due.due_on >= payer.trouble_on
    return None if is_disputed else by_transfer(payer, due)


DAYS: dict[str, Callable[[Payer, Due], dt.date | None]] = {
    TRANSFER: by_transfer,
    CHEQUE: by_cheque,
    DEBIT: on_the_day,
    AHEAD: by_cheque,
    SLOW: slowly,
    DEFAULTER: until_trouble,
    PLAN: but_the_hard_months,
    DISPUTE: but_what_is_disputed,
}
