"""What a reader says of an article."""

from django import forms

from parvis.help.models import LONGEST_MISSING
from parvis.web.ui.forms import PageForm


class OpinionForm(PageForm):
    """« Cet article vous a-t-il aidé ? », and what was missing."""

    answer = forms.ChoiceField(choices=[("oui", "Oui"), ("non", "Non")])
    missing = forms.CharField(required=False, max_length=LONGEST_MISSING, strip=True)
