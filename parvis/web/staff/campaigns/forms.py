"""What a campaign of letters asks, and what came back to the agency's letter box."""

from typing import Any

from django import forms

from parvis.people.actions.bulk_letters import MOST_AT_ONCE
from parvis.web.ui.fields import SendingKeyField
from parvis.web.ui.forms import PageForm
from parvis.web.ui.letters import LettersForm

LONGEST_LIST = 20_000


class ReturnedForm(PageForm):
    """The identifiants of letters returned to sender, as typed or pasted: one a line."""

    identifiers = forms.CharField(
        label="Identifiants",
        max_length=LONGEST_LIST,
        help_text="Un par ligne, tels qu’ils sont imprimés sur les lettres revenues.",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        error_messages={
            "required": "Renseignez au moins un identifiant.",
            "max_length": "Cette liste est trop longue\u00a0: notez-la en plusieurs fois.",
        },
    )

    def lines(self) -> list[str]:
        """The identifiants, in the order in which they were typed."""
        return [line for line in self.cleaned_data["identifiers"].splitlines() if line.strip()]


class CampaignForm(PageForm):
    """A new campaign: its name and its pace."""

    name = forms.CharField(
        label="Nom de la campagne",
        max_length=80,
        help_text="Par exemple «\u00a0Ouverture 2026\u00a0». Les clients ne le lisent pas.",
        error_messages={"required": "Donnez un nom à la campagne."},
    )
    batch_size = forms.IntegerField(
        label="Lettres par lot",
        initial=MOST_AT_ONCE,
        min_value=1,
        max_value=MOST_AT_ONCE,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), f"Un lot compte de 1 à {MOST_AT_ONCE} lettres."
        ),
    )
    daily_limit = forms.IntegerField(
        label="Lettres en 24 heures, au plus",
        initial=1000,
        min_value=1,
        max_value=100_000,
        help_text="Pour que l’accueil de l’agence puisse répondre à ceux qui téléphonent.",
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Écrivez un nombre entre 1 et 100\u202f000."
        ),
    )

    def clean(self) -> dict[str, Any]:  # Any: what a form holds
        cleaned = self.cleaned_data
        size, limit = cleaned.get("batch_size"), cleaned.get("daily_limit")
        if size and limit and limit < size:
            self.add_error("daily_limit", "La limite d’un jour est au moins la taille d’un lot.")
        return cleaned


class BatchForm(LettersForm):
    """One press draws one batch: `sending_key` is drawn with the form."""

    NEXT, AGAIN = "suivant", "dernier"

    which = forms.ChoiceField(
        label="Lot",
        choices=[(NEXT, "Le lot suivant"), (AGAIN, "Le dernier lot à nouveau, si son fichier est perdu")],
        initial=NEXT,
        help_text="Un lot tiré à nouveau a d’autres mots de passe\u00a0: les lettres perdues n’ouvrent plus rien.",
    )
    sending_key = SendingKeyField()
    field_order = ("which", "content", "recipient", "sending_key")
