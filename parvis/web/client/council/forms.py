"""A question of the council on a line of the accounts."""

from django import forms

from parvis.compliance.models.checks import LONGEST_MESSAGE
from parvis.web.ui.forms import PageForm


class QuestionForm(PageForm):
    """What the member asks, or adds."""

    body = forms.CharField(
        label="Votre message",
        max_length=LONGEST_MESSAGE,
        help_text="Il est visible par l’agence et par tous les membres du conseil syndical.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Écrivez votre question.",
            "max_length": "Ce message est trop long\u00a0: 2\u202f000 signes au plus.",
        },
    )
