"""What a person may choose on Mon profil."""

from django import forms

from parvis.web.ui.forms import PageForm
from parvis.web.ui.themes import THEMES


class ThemeForm(PageForm):
    """Affichage: follow the device, or always light, or always dark."""

    theme = forms.ChoiceField(choices=THEMES, required=False)
