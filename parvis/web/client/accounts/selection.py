"""What the address asks for of an account’s entries, in words, as a choice, and as the fields of the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from parvis.ledger.rules.entries import Choice
from parvis.web.client.accounts.forms import KINDS, ChoiceForm
from parvis.web.client.accounts.periods import BETWEEN_DATES, LAST_MONTHS, Period, between

ASKED = ("periode", "operations", "du", "au", "mot")
FOLDED = ("du", "au", "mot")


@dataclass(frozen=True, kw_only=True)
class Selection:
    """`asked` is what the address says, as it was typed. Without anything, no form is needed to understand it."""

    asked: Mapping[str, str]
    periods: tuple[Period, ...]
    account_kind: str

    @cached_property
    def form(self) -> ChoiceForm | None:
        """The form that judges what is asked; nothing on the first view of an account."""
        if not self.asked:
            return None
        return ChoiceForm(self.asked, periods=self.periods, account_kind=self.account_kind)

    @property
    def is_refused(self) -> bool:
        return self.form is not None and not self.form.is_valid()

    @cached_property
    def values(self) -> dict[str, Any]:  # Any: the values of the fields
        """What is asked, once it was judged; nothing of what is refused."""
        return self.form.cleaned_data if self.form and not self.is_refused else {}

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the first view of an account is asked for."""
        return bool({**self.asked, "periode": ""} != {"periode": ""}) or self.period_asked != LAST_MONTHS

    @property
    def period_asked(self) -> str:
        return self.asked.get("periode") or LAST_MONTHS

    @cached_property
    def period(self) -> Period:
        """The period asked for; that of the first view while something is refused."""
        value = self.values.get("periode") or LAST_MONTHS
        days = self.values.get("du"), self.values.get("au")
        if any(days) and value in (LAST_MONTHS, BETWEEN_DATES):
            return between(*days)
        return next(period for period in self.periods if period.value == value)

    @cached_property
    def choice(self) -> Choice:
        """What to keep of the entries."""
        return Choice(
            begins_on=self.period.begins_on,
            ends_on=self.period.ends_on,
            kind=self.values.get("operations", ""),
            words=self.values.get("mot", ""),
            account_kind=self.account_kind,
        )

    @property
    def caption(self) -> str:
        """« Appels de fonds de l’exercice 2025, avec « toiture » »: the choice in words."""
        labels = {"": "Opérations"} | dict(KINDS[self.account_kind])
        words = f", avec «\u00a0{self.choice.words}\u00a0»" if self.choice.words else ""
        return f"{labels[self.choice.kind]} {self.period.of_period}{words}"

    @property
    def fields(self) -> SafeString:
        """The fields of the form, with what was typed."""
        if self.form is None:
            return untouched_fields(tuple((period.value, period.label) for period in self.periods), self.account_kind)
        return draw_fields(self.form, is_open=any(self.asked.get(name) for name in FOLDED))


@lru_cache(maxsize=512)
def untouched_fields(periods: tuple[tuple[str, str], ...], account_kind: str) -> SafeString:
    """Those of the first view: the same for every account of a building, so made once."""
    offered = [Period(value, label, "") for value, label in periods]
    return draw_fields(ChoiceForm({}, periods=offered, account_kind=account_kind), is_open=False)


def draw_fields(form: ChoiceForm, *, is_open: bool) -> SafeString:
    return render_to_string("client/accounts/choice_fields.html", {"form": form, "is_open": is_open})
