"""What a login wants to receive by courriel."""

from django import forms

from parvis.notices.models import CHOSEN_KINDS
from parvis.web.ui.forms import PageForm


class PreferencesForm(PageForm):
    """One box a kind. What is always sent has none."""

    email = forms.MultipleChoiceField(
        choices=[(kind.value, kind.label) for kind in CHOSEN_KINDS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Ce choix n’existe pas."},
    )
