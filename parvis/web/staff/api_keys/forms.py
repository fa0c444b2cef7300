"""A new key: for which program, for what, for how long."""

from django import forms

from parvis.exchange.rules.scopes import LABELS, Scope
from parvis.web.ui.forms import PageForm

YEAR = 365
DURATIONS = ((90, "3 mois"), (YEAR, "1 an"), (2 * YEAR, "2 ans"))


class KeyForm(PageForm):
    name = forms.CharField(
        label="Programme",
        max_length=80,
        help_text="Le logiciel ou le service à qui vous la donnez, un seul par clé.",
        error_messages={"required": "Dites à quel programme cette clé est donnée."},
    )
    lasts = forms.TypedChoiceField(
        label="Durée",
        choices=DURATIONS,
        coerce=int,
        initial=YEAR,
        help_text="Passé ce temps, la clé n’ouvre plus rien\u00a0: donnez-en une nouvelle avant.",
    )
    scopes = forms.TypedMultipleChoiceField(
        label="Droits",
        choices=[(scope.value, LABELS[scope].capitalize()) for scope in Scope],
        coerce=Scope,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ne cochez que ce dont le programme a besoin.",
        error_messages={"required": "Cochez au moins un droit."},
    )
