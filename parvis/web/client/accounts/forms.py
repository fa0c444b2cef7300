"""Which operations of an account to show: a form that is sent by the address, and works without a script."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from parvis.ledger.models import Entry
from parvis.web.client.accounts.periods import BETWEEN_DATES, LAST_MONTHS, Period
from parvis.web.ui.forms import PageForm

LONGEST_WORDS = 80
OLDEST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
WHOLE_DATE = "Renseignez une date complète, par exemple 31/12/2025."
KINDS: dict[str, tuple[tuple[Entry.Kind, str], ...]] = {
    "co_owner": (
        (Entry.Kind.CALL, "Appels de fonds"),
        (Entry.Kind.PAYMENT, "Règlements"),
        (Entry.Kind.SETTLEMENT, "Régularisations"),
        (Entry.Kind.WORKS, "Travaux"),
        (Entry.Kind.FEES, "Frais et honoraires"),
    ),
    "landlord": (
        (Entry.Kind.RENT, "Loyers encaissés"),
        (Entry.Kind.FEES, "Honoraires"),
        (Entry.Kind.WORKS, "Travaux"),
        (Entry.Kind.PAYOUT, "Versements"),
        (Entry.Kind.PAYMENT, "Règlements"),
    ),
    "tenant": (
        (Entry.Kind.RENT, "Loyers et charges"),
        (Entry.Kind.PAYMENT, "Paiements"),
        (Entry.Kind.SETTLEMENT, "Régularisations"),
    ),
}


class DayField(forms.DateField):
    """A day as browsers send it, or as people type it."""

    def __init__(self, *, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y"],
            widget=forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"),
            error_messages={"invalid": WHOLE_DATE},
        )

    def clean(self, value: Any) -> dt.date | None:  # Any: what was typed
        day: dt.date | None = super().clean(value)
        if day and not OLDEST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(WHOLE_DATE)
        return day


class ChoiceForm(PageForm):
    """The period, the nature, words. Dates count once the period says so, or when it was left as it was."""

    periode = forms.ChoiceField(
        label="Période", required=False, error_messages={"invalid_choice": "Choisissez une période de la liste."}
    )
    operations = forms.ChoiceField(
        label="Opérations", required=False, error_messages={"invalid_choice": "Choisissez une nature de la liste."}
    )
    du = DayField(label="Du (facultatif)")
    au = DayField(label="Au (facultatif)")
    mot = forms.CharField(
        label="Mot ou montant (facultatif)",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={"max_length": f"Écrivez {LONGEST_WORDS} signes au plus."},
    )

    def __init__(self, asked: Mapping[str, str], *, periods: Iterable[Period], account_kind: str) -> None:
        super().__init__({"periode": LAST_MONTHS, **asked})
        self.choices_of("periode", [(period.value, period.label) for period in periods])
        self.choices_of("operations", [("", "Toutes"), *KINDS[account_kind]])

    def choices_of(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:  # Any: the values of the fields
        cleaned = self.cleaned_data
        begins_on, ends_on = cleaned.get("du"), cleaned.get("au")
        if begins_on and ends_on and ends_on < begins_on:
            self.add_error("au", "La fin de la période précède son début.")
        asks_dates = cleaned.get("periode") == BETWEEN_DATES
        if asks_dates and not (begins_on or ends_on) and not self.errors:
            self.add_error("du", "Renseignez au moins une date.")
        return cleaned
