"""What the staff say before they act for a client."""

from typing import Any

from django import forms

from parvis.people.actions.visits import LONGEST_REASON
from parvis.people.letter_files import Content
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


class LettersForm(PageForm):
    """What the letters are handed over as."""

    content = forms.ChoiceField(
        label="Fichier",
        choices=[
            (Content.PDF.value, "PDF à imprimer ici"),
            (Content.CSV.value, "Fichier chiffré pour un routeur"),
        ],
        initial=Content.PDF.value,
    )
    recipient = forms.CharField(
        label="Clé publique du routeur (pour le fichier chiffré)",
        required=False,
        max_length=200,
        help_text="Elle commence par «\u00a0age1\u00a0». Le routeur seul pourra lire le fichier.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:  # Any: what a form holds
        cleaned = self.cleaned_data
        if cleaned.get("content") == Content.CSV and not cleaned.get("recipient"):
            self.add_error("recipient", "Donnez la clé publique du routeur\u00a0: ce fichier est toujours chiffré.")
        return cleaned
