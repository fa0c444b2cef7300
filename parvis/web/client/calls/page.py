"""The calls of an account, one of them taken apart, and what is said where the agency has not said enough."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from parvis.kit.french_dates import long_date
from parvis.kit.typography import typographic
from parvis.ledger.building_books import BuildingBooks, CannotExplain, Gap
from parvis.ledger.explanation_document import difference_words, totals
from parvis.ledger.models import Account, Call, CallPart, FiscalYear
from parvis.ledger.rules.explained import Explanation
from parvis.ledger.rules.explained_words import label_of, sentences
from parvis.people.models import Viewer
from parvis.web.ui.holders import of_holder

YEARS_SHOWN = 3
WITHHELD = "Les chiffres de ce compte sont en cours de correction par votre agence."
GAPS = {
    Gap.NO_DETAIL: "Votre agence n’a pas transmis le détail de cet appel.",
    Gap.NO_BUDGET: "Votre agence n’a pas transmis le budget dont cet appel dépend.",
    Gap.SHARES: "Les parts des lots ne font pas le total de l’immeuble : le calcul ne peut pas être montré.",
    Gap.NO_LOT: "Votre agence n’a pas transmis le lot que vous déteniez à cette date.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountHead:
    """Whose account it is and where, as every page of it begins."""

    account: Account
    of_holder: str

    @property
    def place(self) -> str:
        return self.account.building.name if self.account.building else self.account.get_kind_display()

    @property
    def is_of_co_owner(self) -> bool:
        return self.account.is_with_syndicat and self.account.building_id is not None


class CallLine(NamedTuple):
    """A call in the list."""

    public_id: str
    label: str
    due_on: dt.date
    amount_cents: int
    is_told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallsPage:
    """The calls of the last three years, the latest first (décret 2019-502, art. 2)."""

    head: AccountHead
    calls: list[CallLine]
    is_withheld: bool

    @property
    def explains_nothing(self) -> bool:
        return self.head.is_of_co_owner and bool(self.calls) and not any(call.is_told for call in self.calls)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedLine:
    """A step in words."""

    label: str
    sentences: list[str]
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPage:
    """One call: its steps and their total, or why there are none."""

    head: AccountHead
    call: Call
    explanation: Explanation | None
    gap: str
    states: list[str]

    @property
    def lines(self) -> list[ExplainedLine]:
        steps = self.explanation.steps if self.explanation else ()
        return [ExplainedLine(label=label_of(step), sentences=sentences(step), cents=step.cents) for step in steps]

    @property
    def totals(self) -> list[tuple[str, int]]:
        return totals(self.explanation) if self.explanation else []

    @property
    def difference(self) -> str:
        return typographic(difference_words(self.explanation)) if self.explanation else ""


def head_of(viewer: Viewer, account: Account) -> AccountHead:
    return AccountHead(account=account, of_holder=of_holder(account.client, viewer=viewer))


def calls_page(viewer: Viewer, account: Account, *, today: dt.date) -> CallsPage:
    """A withheld account shows no figure at all."""
    if account.is_withheld:
        return CallsPage(head=head_of(viewer, account), calls=[], is_withheld=True)
    told = CallPart.objects.visible_to(viewer).filter(call=OuterRef("pk"))
    calls = Call.objects.visible_to(viewer).filter(account=account, due_on__gte=years_before(today))
    rows = calls.annotate(is_told=Exists(told)).order_by("-due_on", "-pk").values_list(*CallLine._fields)
    return CallsPage(head=head_of(viewer, account), calls=[CallLine(*row) for row in rows], is_withheld=False)


def years_before(day: dt.date) -> dt.date:
    """The first day of the oldest year whose calls are shown."""
    return dt.date(day.year - YEARS_SHOWN, 1, 1)


def call_page(viewer: Viewer, call: Call) -> CallPage:
    head, parts = head_of(viewer, call.account), list(CallPart.objects.visible_to(viewer).filter(call=call))
    books = BuildingBooks.of_account(call.account)
    explanation, gap = None, WITHHELD if call.account.is_withheld else GAPS[Gap.NO_DETAIL]
    if books and not call.account.is_withheld:
        try:
            explanation, gap = books.explain(call, parts), ""
        except CannotExplain as error:
            gap = GAPS[error.gap]
    years = [books.years[part.fiscal_year_id] for part in parts if books and part.fiscal_year_id]
    return CallPage(
        head=head, call=call, explanation=explanation, gap=typographic(gap), states=states_of(years) if not gap else []
    )


def states_of(years: Iterable[FiscalYear]) -> list[str]:
    """« Comptes de l’exercice 2025 : approuvés en assemblée le 18 juin 2026. »."""
    return [typographic(f"Comptes de l’exercice {year.reference} : {state_words(year)}.") for year in years]


def state_words(year: FiscalYear) -> str:
    if year.approved_on:
        return f"approuvés en assemblée le {long_date(year.approved_on)}"
    return "provisoires" if year.status == FiscalYear.Status.PROVISIONAL else "arrêtés, à approuver en assemblée"
