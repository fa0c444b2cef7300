"""Papers of a building, as the legal list looks at them, and the books of its syndicat."""

import datetime as dt

import factory
from django.utils import timezone

from parvis.compliance.models import ExpenseQuestion
from parvis.documents.models import Audience, Document, Kind, StoredFile
from parvis.kit.days import PARIS
from parvis.ledger.models import Expense, FiscalYear
from tests.factories import AllocationKeyFactory, BuildingFactory, ClientFactory, OwnedFactory

TO_COUNCIL = {
    Kind.GENERAL_BALANCE,
    Kind.INCOME_EXPENSE_SUMMARY,
    Kind.BANK_STATEMENT,
    Kind.WRIT,
    Kind.COURT_DECISION,
    Kind.OWNERS_LIST,
    Kind.SUPPLIER_INVOICE,
}
OF_AGENCY = {Kind.PROFESSIONAL_CARD, Kind.LIABILITY_INSURANCE, Kind.FINANCIAL_GUARANTEE}


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=PARIS)


def online(day: dt.date) -> dt.datetime:
    """Noon of that day; of today, already."""
    return min(noon(day), timezone.now()) if day == timezone.localdate() else noon(day)


class StoredFileFactory(factory.django.DjangoModelFactory[StoredFile]):
    class Meta:
        model = StoredFile

    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    received_sha256 = factory.SelfAttribute("sha256")
    size = 120_000
    media_type = "application/pdf"
    opens_inline = True


class DocumentFactory(OwnedFactory):
    """A paper of a building, put online on its date, for those to whom the law gives that kind."""

    class Meta:
        model = Document

    class Params:
        published_on = factory.SelfAttribute("dated_on")

    agency = factory.SelfAttribute("building.agency")
    building = factory.SubFactory(BuildingFactory)
    reference = factory.Sequence(lambda n: f"DOC-{n}")
    kind = Kind.BYLAWS
    title = factory.LazyAttribute(lambda document: Kind(document.kind).label)
    dated_on = factory.LazyFunction(timezone.localdate)
    audience = factory.LazyAttribute(
        lambda document: Audience.COUNCIL if document.kind in TO_COUNCIL else Audience.OWNERS
    )
    file = factory.SubFactory(StoredFileFactory)
    published_at = factory.LazyAttribute(lambda document: online(document.published_on))


class FiscalYearFactory(OwnedFactory):
    class Meta:
        model = FiscalYear

    agency = factory.SelfAttribute("building.agency")
    building = factory.SubFactory(BuildingFactory)
    begins_on = dt.date(2025, 1, 1)
    ends_on = factory.LazyAttribute(lambda year: dt.date(year.begins_on.year, 12, 31))
    reference = factory.LazyAttribute(lambda year: str(year.begins_on.year))
    status = FiscalYear.Status.CLOSED


class GeneralKeyFactory(AllocationKeyFactory):
    """The key of the general charges, once in a building."""

    class Meta:
        django_get_or_create = ("building", "code")


class ExpenseFactory(OwnedFactory):
    class Meta:
        model = Expense

    agency = factory.SelfAttribute("fiscal_year.agency")
    fiscal_year = factory.SubFactory(FiscalYearFactory)
    key = factory.SubFactory(GeneralKeyFactory, building=factory.SelfAttribute("..fiscal_year.building"))
    reference = factory.Sequence(lambda n: f"D-{n}")
    chart_account = "615"
    label = "Remplacement d’un néon"
    supplier_name = "Électricité Martin"
    booked_on = dt.date(2025, 3, 4)
    amount_cents = 12_345


class ExpenseQuestionFactory(OwnedFactory):
    """A question of a member of the council, which waits for its answer."""

    class Meta:
        model = ExpenseQuestion

    class Params:
        expense = factory.SubFactory(ExpenseFactory)

    agency = factory.SelfAttribute("expense.agency")
    fiscal_year = factory.SelfAttribute("expense.fiscal_year")
    expense_reference = factory.SelfAttribute("expense.reference")
    label = factory.SelfAttribute("expense.label")
    amount_cents = factory.SelfAttribute("expense.amount_cents")
    asked_by = factory.SubFactory(ClientFactory, agency=factory.SelfAttribute("..agency"))
    asked_at = factory.LazyFunction(timezone.now)
    waits_since = factory.SelfAttribute("asked_at")
