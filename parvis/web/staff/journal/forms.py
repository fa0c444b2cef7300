"""What one looks for in the journal."""

from typing import Any

from django import forms

from parvis.journal.rules import SAID
from parvis.web.ui.forms import PageForm

LONGEST = 80


class SearchField(forms.CharField):
    """A few words; none is what nothing was typed."""

    def __init__(self, label: str, **options: Any) -> None:  # Any: as Django's fields take
        too_long = {"max_length": "C’est trop long\u00a0: 80\u00a0signes au plus."}
        super().__init__(label=label, max_length=LONGEST, required=False, error_messages=too_long, **options)


class DayField(forms.DateField):
    def __init__(self, label: str) -> None:
        wrong = {"invalid": "Écrivez une date, comme 23/11/2026."}
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, required=False, error_messages=wrong, widget=widget)


class SearchForm(PageForm):
    """By day, by who did it, by what was done, by what it was done to. Everything may stay empty."""

    du = DayField("Du")
    au = DayField("Au")
    qui = SearchField("Qui", help_text="Nom d’un collaborateur, nom ou identifiant d’un client.")
    quoi = forms.ChoiceField(
        label="Quoi",
        required=False,
        choices=[("", "Tout"), *sorted(SAID.items(), key=lambda pair: pair[1])],
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )
    objet = SearchField("Sur quoi", help_text="Identifiant d’un client, nom d’un immeuble, numéro d’une intervention.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("du"), cleaned.get("au")
        if first and last and last < first:
            self.add_error("au", "La fin précède le début.")
        return cleaned
