"""A message that is often written."""

from django import forms

from parvis.threads.rules import LONGEST_BODY
from parvis.web.ui.shown import ShownForm


class TemplateForm(ShownForm):
    name = forms.CharField(
        label="Nom",
        help_text="Il ne se lit que dans l’agence.",
        max_length=80,
        error_messages={"required": "Renseignez le nom du modèle.", "max_length": "Ce nom est trop long."},
    )
    text = forms.CharField(
        label="Texte",
        help_text="Il se modifie encore avant chaque envoi.",
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Écrivez le texte du modèle.", "max_length": "Ce texte est trop long."},
    )
