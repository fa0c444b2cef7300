"""What the agency manages for a landlord: the dwellings of an account, its movements."""

import datetime as dt

from django.db.models import Q, QuerySet

from parvis.ledger.models.accounts import Account, Entry
from parvis.ledger.models.periods import rent_periods
from parvis.ledger.rules.property_income import Movement
from parvis.ledger.rules.receipts import PeriodState, month_bounds
from parvis.property.models import Lot, ManagementMandate

COLUMNS = (
    "booked_on",
    "kind",
    "label",
    "detail",
    "debit_cents",
    "credit_cents",
    "vat_cents",
    "charges_cents",
    "tax_line",
)


def movements_of(account: Account) -> list[Movement]:
    """The counted lines of a landlord's account, the oldest first."""
    entries = Entry.objects.counted().filter(account=account).order_by("booked_on", "pk")
    return [
        Movement(
            booked_on=booked_on,
            kind=kind,
            label=label,
            detail=detail,
            cents=credit - debit,
            vat_cents=vat or 0,
            charges_cents=charges or 0,
            tax_line=tax_line,
        )
        for booked_on, kind, label, detail, debit, credit, vat, charges, tax_line in entries.values_list(*COLUMNS)
    ]


def managed_lots(account: Account, *, first: dt.date, last: dt.date) -> QuerySet[Lot]:
    """The lots that the landlord let through the agency during a period: those of the account where it names one."""
    during = Q(starts_on__lte=last) & (Q(ends_on=None) | Q(ends_on__gte=first))
    mandates = ManagementMandate.objects.filter(during, client_id=account.client_id, agency_id=account.agency_id)
    if account.lot_id:
        numbers = ManagementMandate.objects.filter(lot_id=account.lot_id).values("number")
        mandates = mandates.filter(number__in=numbers)
    lots = Lot.objects.filter(pk__in=mandates.values("lot_id"))
    return lots.select_related("building").order_by("building__name", "building_id", "kind", "number", "pk")


def rents_of_month(account: Account, *, month: dt.date) -> list[tuple[Lot, PeriodState]]:
    """What the tenants of a landlord are asked for the periods begun that month, and what they have paid of it.

    A tenant's account that is not whole is left out: nothing sure is known of it.
    """
    first, last = month_bounds(month)
    tenants = Account.objects.filter(
        lot__in=managed_lots(account, first=first, last=last), kind=Account.Kind.TENANT, is_withheld=False
    )
    lots = {tenant.pk: tenant.lot for tenant in tenants.select_related("lot__building").order_by("lot_id", "pk")}
    states = rent_periods(lots, between=(first, last))
    return [(lot, state) for pk, lot in lots.items() if lot for state in states.get(pk, [])]
