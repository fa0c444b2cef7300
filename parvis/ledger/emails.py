"""The messages about accounts."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from parvis.kit.french_dates import long_date
from parvis.kit.money import format_cents
from parvis.ledger.models import Account
from parvis.mail import frame
from parvis.notices.emails import Told


@dataclass(frozen=True, kw_only=True)
class Due:
    """What one account asks for, and when."""

    account: Account
    due_on: dt.date
    cents: int

    @property
    def title(self) -> str:
        """« Solde copropriétaire, Résidence Les Acacias »."""
        place = self.account.building.name if self.account.building else ""
        return ", ".join(filter(None, (self.account.get_kind_display(), place)))

    @property
    def words(self) -> str:
        """« 412,35 € avant le 1er décembre 2026 », « prélèvement de 412,35 € le 1er décembre 2026 »."""
        amount, day = format_cents(self.cents), long_date(self.due_on)
        if self.account.payment_mode == Account.PaymentMode.DIRECT_DEBIT:
            return f"prélèvement de {amount} le {day}. Vous n’avez rien à faire."
        return f"{amount} avant le {day}"


def due_soon(dues: Sequence[Due]) -> Told:
    """The sums of the coming week, account by account, with how to pay. The amounts stand here alone: no link."""
    days = sorted({due.due_on for due in dues})
    return Told(
        subject="Une échéance approche" if len(dues) == 1 else "Des échéances approchent",
        preview=f"À prévoir le {long_date(days[0])}.",
        parts=[
            "Dans les sept jours :" if len(dues) > 1 else "Dans sept jours au plus :",
            frame.Facts(rows=[(due.title, due.words) for due in dues]),
            *(part for due in dues for part in way_to_pay(due)),
            "Vous venez de payer ? Ne tenez pas compte de ce message.",
        ],
        names_amount=True,
    )


def way_to_pay(due: Due) -> list[frame.Part]:
    """The beneficiary, its account and what to copy, for who pays by transfer or by cheque."""
    account, creditor = due.account, due.account.creditor
    if account.payment_mode == Account.PaymentMode.DIRECT_DEBIT:
        return []
    rows = [("Bénéficiaire", creditor.name), ("Référence à recopier", account.payment_reference)]
    if creditor.cheque_order:
        rows.append(("Chèque à l’ordre de", creditor.cheque_order))
    return [
        f"Pour payer « {due.title} » par virement, l’IBAN est dans « Comptes », dans votre espace client.",
        frame.Facts(rows=[row for row in rows if row[1]]),
    ]
