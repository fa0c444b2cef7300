"""Quittances and reçus: issued for what the books say is paid, cancelled when they no longer do."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction

from parvis.agencies.models import Agency
from parvis.journal.actions import record_many
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.refusals import Refusal
from parvis.ledger.actions.receipt_parties import Parties, parties_of
from parvis.ledger.models import Account, Entry, ReceiptCounter, RentReceipt
from parvis.ledger.models.periods import Between, rent_periods
from parvis.ledger.rules.receipts import (
    NO_LONGER_PAID,
    REPLACED_BY_QUITTANCE,
    REPLACED_BY_RECEIPT,
    PeriodState,
    ReceiptKind,
    month_bounds,
)

SYSTEM = ("system", "")
COUNTER = ReceiptCounter._meta.db_table


class NothingToReceipt(Refusal):
    message = "Aucun paiement n’est enregistré pour cette période."


class RentNotSplit(Refusal):
    message = (
        "Le loyer et les charges de cette période ne sont pas distingués. Demandez votre quittance à votre agence."
    )


@dataclass(kw_only=True)
class Outcome:
    """What one round has done. `unsplit` counts the periods whose demand does not tell rent from charges."""

    issued: list[RentReceipt] = field(default_factory=list)
    cancelled: list[RentReceipt] = field(default_factory=list)
    kept: int = 0
    unpaid: int = 0
    unsplit: int = 0


@transaction.atomic
def issue_receipts(
    *, agency: Agency, accounts: Sequence[Account], between: Between, by: tuple[str, str] = SYSTEM
) -> Outcome:
    """Bring the receipts of these tenants' accounts to what their books say, for the periods begun `between`.

    Run twice, it changes nothing the second time. A receipt that no longer says the truth is cancelled with its reason
    and another takes its place. Numbers follow one another in the agency without holes: they are taken here, at the end
    of a transaction that holds the counter from its start.
    """
    take_numbers(agency, count=0)
    ids = [account.pk for account in accounts]
    states = rent_periods(ids, between=between)
    live = live_receipts(ids, between=between)
    outcome, wanted = Outcome(), list[tuple[Account, PeriodState]]()
    for account in accounts:
        for state in states.get(account.pk, []):
            held = live.pop((account.pk, state.covers_from, state.covers_until), None)
            if weigh(state, held=held, outcome=outcome):
                wanted.append((account, state))
    outcome.cancelled += [cancelled(held, reason=NO_LONGER_PAID) for held in live.values()]
    write(agency=agency, wanted=wanted, outcome=outcome, by=by)
    return outcome


def weigh(state: PeriodState, *, held: RentReceipt | None, outcome: Outcome) -> bool:
    """Whether a receipt is wanted for that period; the one that stands is kept or cancelled."""
    outcome.unsplit += not state.is_split
    outcome.unpaid += state.is_split and state.receipt_kind is None
    if held and says(held, state):
        outcome.kept += 1
        return False
    if held:
        outcome.cancelled.append(cancelled(held, reason=reason_to_replace(held, state)))
    return state.receipt_kind is not None


def says(held: RentReceipt, state: PeriodState) -> bool:
    """Whether the receipt tells what the books tell. How a period was paid in full may change: the quittance stays."""
    same_sums = (held.rent_cents, held.charges_cents, held.other_cents, held.asked_cents) == (
        state.received.rent_cents,
        state.received.charges_cents,
        state.received.other_cents,
        state.asked.total_cents,
    )
    return held.kind == state.receipt_kind and same_sums


def reason_to_replace(held: RentReceipt, state: PeriodState) -> str:
    if held.is_full or state.received.total_cents < held.received_cents:
        return NO_LONGER_PAID
    return REPLACED_BY_QUITTANCE if state.receipt_kind is ReceiptKind.FULL else REPLACED_BY_RECEIPT


def cancelled(receipt: RentReceipt, *, reason: str) -> RentReceipt:
    receipt.cancelled_reason = reason
    return receipt


def write(*, agency: Agency, wanted: list[tuple[Account, PeriodState]], outcome: Outcome, by: tuple[str, str]) -> None:
    now = database_now()
    for receipt in outcome.cancelled:
        receipt.cancelled_at = now
    RentReceipt.objects.bulk_update(outcome.cancelled, ["cancelled_at", "cancelled_reason"])
    if wanted:
        last = take_numbers(agency, count=len(wanted))
        parties = parties_of(wanted)
        numbers = range(last - len(wanted) + 1, last + 1)
        outcome.issued = [
            receipt_of(account, state, number=number, parties=known, day=paris_day(now))
            for (account, state), number, known in zip(wanted, numbers, parties, strict=True)
        ]
        RentReceipt.objects.bulk_create(outcome.issued)
    journal(agency, outcome.cancelled, verb="rent_receipt_cancelled", by=by)
    journal(agency, outcome.issued, verb="rent_receipt_issued", by=by)


def journal(agency: Agency, receipts: Sequence[RentReceipt], *, verb: str, by: tuple[str, str]) -> None:
    if receipts:
        subjects = [("receipt", receipt.public_id) for receipt in receipts]
        record_many(agency_id=agency.pk, verb=verb, actor=by, subjects=subjects)


def receipt_of(account: Account, state: PeriodState, *, number: int, parties: Parties, day: dt.date) -> RentReceipt:
    payments = [{"on": paid.on.isoformat(), "means": paid.means, "cents": paid.cents} for paid in state.payments]
    return RentReceipt(
        agency_id=account.agency_id,
        account=account,
        lease_id=parties.lease_id,
        number=number,
        kind=RentReceipt.Kind.FULL if state.is_paid else RentReceipt.Kind.PARTIAL,
        covers_from=state.covers_from,
        covers_until=state.covers_until,
        asked_cents=state.asked.total_cents,
        rent_cents=state.received.rent_cents,
        charges_cents=state.received.charges_cents,
        other_cents=state.received.other_cents,
        other_label=state.other_label,
        payments=payments,
        parties=parties.kept,
        issued_on=day,
    )


def take_numbers(agency: Agency, *, count: int) -> int:
    """Take so many numbers and return the last one. The counter is held until the transaction ends."""
    statement = f"""
        INSERT INTO {COUNTER} AS kept (agency_id, last_number) VALUES (%s, %s)
        ON CONFLICT (agency_id) DO UPDATE SET last_number = kept.last_number + EXCLUDED.last_number
        RETURNING last_number
    """  # noqa: S608 -- our own names
    with connection.cursor() as cursor:
        cursor.execute(statement, [agency.pk, count])
        (last,) = cursor.fetchone()
    return int(last)


def live_receipts(account_ids: Collection[int], *, between: Between) -> dict[tuple[int, dt.date, dt.date], RentReceipt]:
    receipts = RentReceipt.objects.live().filter(account_id__in=account_ids, covers_from__range=between)
    return {(held.account_id, held.covers_from, held.covers_until): held for held in receipts.order_by("pk")}


def issue_on_request(*, account: Account, month: dt.date, by: tuple[str, str]) -> RentReceipt:
    """The quittance or reçu of a month, made at once for who asks (loi 89-462, art. 21: free, on request).

    Refuses when nothing is paid, or when nobody says what is rent and what is charges.
    """
    between = month_bounds(month)
    outcome = issue_receipts(agency=account.agency, accounts=[account], between=between, by=by)
    held = RentReceipt.objects.live().filter(account=account, covers_from__range=between).order_by("-pk").first()
    if held is None:
        raise RentNotSplit if outcome.unsplit else NothingToReceipt
    return held


def cancel_what_is_no_longer_paid(*, agency: Agency, accounts: Sequence[Account]) -> list[RentReceipt]:
    """After a rejected debit: every live receipt of these accounts that the books no longer bear out is cancelled."""
    ids = [account.pk for account in accounts]
    by_month: defaultdict[dt.date, set[int]] = defaultdict(set)
    for account_id, covers_from in (
        RentReceipt.objects.live().filter(account_id__in=ids).values_list("account_id", "covers_from")
    ):
        by_month[covers_from.replace(day=1)].add(account_id)
    gone: list[RentReceipt] = []
    for month, concerned in sorted(by_month.items()):
        among = [account for account in accounts if account.pk in concerned]
        gone += issue_receipts(agency=agency, accounts=among, between=month_bounds(month)).cancelled
    return gone


def accounts_with_rejection(agency: Agency, *, since: dt.date) -> list[Account]:
    """The tenants' accounts on which a payment was taken back since that day."""
    rejected = Entry.objects.counted().filter(kind=Entry.Kind.PAYMENT, debit_cents__gt=0, booked_on__gte=since)
    accounts = Account.objects.filter(agency=agency, kind=Account.Kind.TENANT, pk__in=rejected.values("account_id"))
    return list(accounts.select_related("client", "lot__building", "building").order_by("pk"))
