"""What the agency answers."""

from django import forms

from parvis.threads.rules import LONGEST_BODY
from parvis.web.ui.fields import SendingKeyField
from parvis.web.ui.forms import PageForm


class AnswerForm(PageForm):
    """The answer, and the key drawn with its form: sent twice, it leaves once."""

    body = forms.CharField(
        label="Réponse",
        max_length=LONGEST_BODY,
        help_text="Le client la reçoit en entier par courriel, et la retrouve dans son espace.",
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": "Écrivez votre réponse.",
            "max_length": "Votre réponse dépasse 5\u202f000\u00a0signes\u00a0: raccourcissez-la.",
        },
    )
    sending_key = SendingKeyField()
