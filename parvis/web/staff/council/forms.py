"""The agency's answer to a council."""

from django import forms

from parvis.compliance.models.checks import LONGEST_MESSAGE
from parvis.web.ui.forms import PageForm


class AnswerForm(PageForm):
    """What the agency answers."""

    body = forms.CharField(
        label="Votre réponse",
        max_length=LONGEST_MESSAGE,
        help_text="Tous les membres du conseil syndical la lisent.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": "Écrivez votre réponse.",
            "max_length": "Cette réponse est trop longue\u00a0: 2\u202f000 signes au plus.",
        },
    )
