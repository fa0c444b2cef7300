"""What the staff say before they act for a client."""

from typing import Any

from django import forms

from parvis.people.actions.visits import LONGEST_REASON
from parvis.web.ui.fields import SendingKeyField
from parvis.web.ui.forms import PageForm


class ConfirmForm(PageForm):
    """Nothing to fill in: the button says it."""


class OneLetterForm(PageForm):
    """One press draws one letter: `sending_key` is drawn with the form."""

    sending_key = SendingKeyField()


class KnownEmailForm(PageForm):
    """The courriel at which the agency may tell the client of what happens to their access."""

    email = forms.CharField(
        label="Nouvelle adresse connue",
        max_length=254,
        required=False,
        help_text="Laissez vide si le client n’a plus d’adresse mail.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class VisitForm(PageForm):
    """Why somebody looks."""

    reason = forms.CharField(
        label="Motif",
        max_length=LONGEST_REASON,
        help_text=(
            "Le client le lit dans «\u00a0Qui a consulté mes données\u00a0». Par exemple\u00a0: répondre à votre appel."
        ),
        error_messages={
            "required": "Dites pourquoi\u00a0: le client le lira.",
            "max_length": f"Résumez en {LONGEST_REASON}\u00a0signes.",
        },
    )


class BuildingForm(PageForm):
    """Whom letters are for, when nobody was chosen in the list."""

    def __init__(self, *arguments: Any, buildings: list[tuple[str, str]], **named: Any) -> None:  # Any: Django's own
        super().__init__(*arguments, **named)
        self.fields["immeuble"] = forms.ChoiceField(label="Immeuble", choices=[("", "Choisissez"), *buildings])
