"""What each page of a declaration asks: where, what, the description, when somebody may come."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget

from parvis.interventions.models import Intervention
from parvis.web.client.interventions.spots import Spot
from parvis.web.ui.fields import OPTIONAL, PhoneField, SendingKeyField
from parvis.web.ui.forms import PageForm

LONGEST_PLACE = 120
LONGEST_DESCRIPTION = 4_000
LONGEST_AVAILABILITY = 300
LONGEST_KEPT = 20_000  # of a description too long to be sent, for its author to shorten
MOMENTS = {
    "morning": "Le matin, de 8\u00a0h à 12\u00a0h",
    "afternoon": "L’après-midi, de 12\u00a0h à 18\u00a0h",
    "evening": "Après 18\u00a0h",
}


class EmergencyForm(PageForm):
    """One of two buttons."""

    is_urgent = forms.ChoiceField(choices=[("non", "non"), ("oui", "oui")])


class WhereForm(PageForm):
    """One's own home or the common parts of one's building; then the place."""

    spot = forms.ChoiceField(
        label="Où est le problème\u202f?",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choisissez où est le problème."),
    )
    place = forms.CharField(
        label=OPTIONAL.format("Endroit précis"),
        required=False,
        max_length=LONGEST_PLACE,
        help_text="Par exemple\u00a0: cuisine, parking niveau −1, escalier B.",
        error_messages={"max_length": "C’est trop long. Abrégez cette ligne."},
    )

    def __init__(self, *args: Any, spots: Mapping[str, Spot], **kwargs: Any) -> None:  # Any: as Django's forms
        super().__init__(*args, **kwargs)
        self.spots = spots
        self.fields["spot"].choices = [(key, spot.label) for key, spot in spots.items()]  # type: ignore[attr-defined]

    @property
    def choices(self) -> list[tuple[Spot, BoundWidget]]:
        """Each radio button beside the place it stands for."""
        return list(zip(self.spots.values(), self["spot"], strict=True))


class WhatForm(PageForm):
    """One of nine kinds of problem."""

    category = forms.ChoiceField(
        label="De quoi s’agit-il\u202f?",
        choices=Intervention.Category.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choisissez de quoi il s’agit."),
    )


class DescribeForm(PageForm):
    """The problem in the client's words."""

    description = forms.CharField(
        label="Que se passe-t-il\u202f? Depuis quand\u202f?",
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Décrivez le problème.",
            "max_length": "Votre description dépasse 4\u202f000\u00a0signes\u00a0: raccourcissez-la.",
        },
    )

    def clean_description(self) -> str:
        text: str = self.cleaned_data["description"]
        return text.replace("\r\n", "\n").replace("\r", "\n")


class WhenForm(PageForm):
    """When somebody may come, whom to call, whether the caretaker holds the key."""

    moments = forms.MultipleChoiceField(
        label=OPTIONAL.format("Moments possibles"),
        choices=list(MOMENTS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez un moment de la liste."},
    )
    availability = forms.CharField(
        label=OPTIONAL.format("Précisions"),
        required=False,
        max_length=LONGEST_AVAILABILITY,
        help_text="Par exemple\u00a0: absent le mercredi, prévenir la veille.",
        error_messages={"max_length": "C’est trop long. Abrégez cette ligne."},
    )
    leaves_key = forms.BooleanField(label="Laisser la clé au gardien", required=False)
    phone = PhoneField(label="Téléphone à rappeler")

    def __init__(self, *args: Any, asks_key: bool, known_phone: str, **kwargs: Any) -> None:  # Any: as Django's forms
        super().__init__(*args, **kwargs)
        self.fields["phone"].known = known_phone  # type: ignore[attr-defined]  # a PhoneField
        if not asks_key:
            del self.fields["leaves_key"]


class SendForm(PageForm):
    """One button, and the key of the declaration: sent twice, it is one."""

    sending_key = SendingKeyField()

    @property
    def key(self) -> str:
        """The key that was posted, where it is one."""
        return self.cleaned_data["sending_key"] if self.is_valid() else ""
