"""What a tenant is asked and has paid, period by period, and the quittance or reçu of each."""

import datetime as dt
from dataclasses import dataclass

from parvis.ledger.models import Account, RentReceipt
from parvis.ledger.models.periods import rent_periods
from parvis.ledger.receipt_document import period_words
from parvis.ledger.rules.receipts import PeriodState
from parvis.people.delivery import channels_of
from parvis.people.models import DeliveryChoice, Viewer
from parvis.web.ui.holders import of_holder


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One period of rent and the receipt that stands for it."""

    state: PeriodState
    receipt: RentReceipt | None
    today: dt.date

    @property
    def name(self) -> str:
        words = period_words(self.state.covers_from, self.state.covers_until)
        return words[:1].upper() + words[1:]

    @property
    def month(self) -> dt.date:
        return self.state.covers_from

    @property
    def words(self) -> str:
        """« Payé », « Payé en partie », « À payer », « En retard »: never the sign alone."""
        if self.state.is_paid:
            return "Payé"
        if self.state.received.total_cents:
            return "Payé en partie"
        return "En retard" if self.state.covers_until < self.today else "À payer"

    @property
    def tone(self) -> str:
        return "ok" if self.state.is_paid else "warning"

    @property
    def paid_cents(self) -> int:
        """What the tenant paid: housing aid and credit notes are told apart."""
        return self.state.received.total_cents - self.state.housing_aid_cents - self.state.credited_cents

    @property
    def can_have_receipt(self) -> bool:
        return self.receipt is not None or self.state.receipt_kind is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptsPage:
    """The rents of one year, the quittances, whether the tenant agreed to have them online alone."""

    account: Account
    of_holder: str
    year: int
    years: list[int]
    periods: list[Period]
    cancelled: list[RentReceipt]
    is_paperless: bool

    @property
    def has_rents(self) -> bool:
        return bool(self.years)


def tenant_account(viewer: Viewer, public_id: str) -> Account | None:
    """The viewer's account of that id, if a rent is asked on it."""
    accounts = Account.objects.visible_to(viewer).filter(public_id=public_id, kind=Account.Kind.TENANT)
    return accounts.select_related("client", "agency", "lot__building", "building").first()


def receipts_page(viewer: Viewer, account: Account, *, asked_year: str, today: dt.date) -> ReceiptsPage:
    """The year asked for, or the last one that has rents. A withheld account shows its receipts, no figure."""
    receipts = list(RentReceipt.objects.visible_to(viewer).filter(account=account).newest_first())
    live = {(held.covers_from, held.covers_until): held for held in receipts if held.cancelled_at is None}
    states = [] if account.is_withheld else rent_periods([account.pk]).get(account.pk, [])
    years = sorted({state.covers_from.year for state in states} | {held.covers_from.year for held in receipts})
    year = next((known for known in years if str(known) == asked_year), years[-1] if years else today.year)
    return ReceiptsPage(
        account=account,
        of_holder=of_holder(account.client, viewer=viewer),
        year=year,
        years=years[::-1],
        periods=[
            Period(state=state, receipt=live.get((state.covers_from, state.covers_until)), today=today)
            for state in reversed(states)
            if state.covers_from.year == year
        ],
        cancelled=[held for held in receipts if held.cancelled_at and held.covers_from.year == year],
        is_paperless=is_paperless(account, today=today),
    )


def is_paperless(account: Account, *, today: dt.date) -> bool:
    """Whether the tenant has agreed to have quittances online alone (loi 89-462, art. 21)."""
    channels = channels_of([account.client_id], kind=DeliveryChoice.Kind.RECEIPTS, day=today)
    return channels[account.client_id] is DeliveryChoice.Channel.EMAIL


def period_page(account: Account, *, month: dt.date, today: dt.date) -> Period | None:
    """The period of that month, for which there is no receipt yet."""
    states = [] if account.is_withheld else rent_periods([account.pk]).get(account.pk, [])
    of_month = (state for state in states if state.covers_from.replace(day=1) == month)
    return next((Period(state=state, receipt=None, today=today) for state in of_month), None)


def live_receipt(viewer: Viewer, account: Account, *, month: dt.date) -> RentReceipt | None:
    """The receipt of a month: what « Ma quittance de novembre » opens."""
    receipts = RentReceipt.objects.visible_to(viewer).live().filter(account=account)
    of_month = receipts.filter(covers_from__year=month.year, covers_from__month=month.month)
    return of_month.select_related("account", "agency").newest_first().first()


@dataclass(frozen=True, slots=True)
class YearOfReceipts:
    year: int
    receipts: list[RentReceipt]


def all_receipts(viewer: Viewer) -> list[YearOfReceipts]:
    """Every receipt that the viewer may read, of all their homes, the newest year first."""
    receipts = RentReceipt.objects.visible_to(viewer).live().select_related("account__building").newest_first()
    years: dict[int, list[RentReceipt]] = {}
    for receipt in receipts:
        years.setdefault(receipt.covers_from.year, []).append(receipt)
    return [YearOfReceipts(year, of_year) for year, of_year in years.items()]
