"""The room of a council: its documents, the arrears in total, the exercises to check."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from parvis.compliance.models import ExpenseQuestion, ExpenseSeen
from parvis.compliance.models.arrears import Arrears, arrears_of
from parvis.documents.models import Audience, Document, Kind
from parvis.ledger.models import FiscalYear
from parvis.people.models import Viewer
from parvis.property.models import Building, CouncilSeat

SHOWN = 12
READ = 400
SECTIONS = (
    ("comptes", "Comptes du syndicat", (Kind.GENERAL_BALANCE, Kind.INCOME_EXPENSE_SUMMARY, Kind.ANNUAL_ACCOUNTS)),
    ("banque", "Relevés bancaires", (Kind.BANK_STATEMENT,)),
    ("procedures", "Assignations et décisions de justice", (Kind.WRIT, Kind.COURT_DECISION)),
    (
        "syndic",
        "Carte professionnelle, assurance et garantie du syndic",
        (Kind.PROFESSIONAL_CARD, Kind.LIABILITY_INSURANCE, Kind.FINANCIAL_GUARANTEE),
    ),
)
CONTRACTS = (Kind.SYNDIC_CONTRACT, Kind.INSURANCE_CONTRACT, Kind.MAINTENANCE_CONTRACT, Kind.SUPPLIER_CONTRACT)
KINDS = [kind for _slug, _title, kinds in SECTIONS for kind in kinds]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the room, its newest documents first; `older_count` are in Mes documents."""

    slug: str
    title: str
    documents: list[Document]
    older_count: int


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract of the syndicat, and until when it runs."""

    document: Document
    today: dt.date

    @property
    def ends(self) -> str:
        if self.document.valid_until is None:
            return "Sans date de fin"
        return "A pris fin le" if self.document.valid_until < self.today else "Prend fin le"

    @property
    def has_ended(self) -> bool:
        return self.document.valid_until is not None and self.document.valid_until < self.today


@dataclass(frozen=True, slots=True)
class YearLine:
    """An exercise, and how far the member's check of it is."""

    year: FiscalYear
    lines: int
    seen: int
    questions: int

    @property
    def progress(self) -> str:
        """« 42 lignes vues sur 120 »."""
        if not self.lines:
            return "Les dépenses ne sont pas encore en ligne"
        return f"{self.seen} ligne{'s' if self.seen > 1 else ''} vue{'s' if self.seen > 1 else ''} sur {self.lines}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilPage:
    """One building's room."""

    building: Building
    seat: CouncilSeat
    sections: list[Section]
    contracts: list[Contract]
    years: list[YearLine]
    arrears: Arrears


def council_page(viewer: Viewer, building: Building, *, seat: CouncilSeat, today: dt.date) -> CouncilPage:
    wanted = Q(building=building) | Q(audience=Audience.EVERYONE)
    documents = Document.objects.visible_to(viewer).filter(wanted, kind__in=[*KINDS, *CONTRACTS])
    found = list(documents.newest_first().with_files()[:READ])
    contracts = [Contract(document, today) for document in found if document.kind in CONTRACTS]
    return CouncilPage(
        building=building,
        seat=seat,
        sections=[section_of(slug, title, kinds, found) for slug, title, kinds in SECTIONS],
        contracts=sorted(contracts, key=lambda contract: (contract.has_ended, end_of(contract), contract.document.pk)),
        years=year_lines(viewer, building, seat=seat),
        arrears=arrears_of(building, day=today),
    )


def section_of(slug: str, title: str, kinds: tuple[Kind, ...], found: Iterable[Document]) -> Section:
    documents = [document for document in found if document.kind in kinds]
    return Section(slug, title, documents[:SHOWN], max(0, len(documents) - SHOWN))


def end_of(contract: Contract) -> dt.date:
    """The first to end comes first; without an end, last."""
    return contract.document.valid_until or dt.date.max


def year_lines(viewer: Viewer, building: Building, *, seat: CouncilSeat) -> list[YearLine]:
    """The exercises of the building, the newest first."""
    years = FiscalYear.objects.visible_to(viewer).filter(building=building)
    held = dict(years.order_by().values_list("pk").annotate(Count("expenses")))
    own = ExpenseSeen.objects.visible_to(viewer).filter(client=seat.client, fiscal_year__building=building)
    seen = dict(own.order_by().values_list("fiscal_year_id").annotate(Count("pk")))
    asked = ExpenseQuestion.objects.visible_to(viewer).filter(fiscal_year__building=building)
    questions = dict(asked.order_by().values_list("fiscal_year_id").annotate(Count("pk")))
    return [
        YearLine(year, held[year.pk], min(seen.get(year.pk, 0), held[year.pk]), questions.get(year.pk, 0))
        for year in years.order_by("-begins_on", "-pk")
    ]
