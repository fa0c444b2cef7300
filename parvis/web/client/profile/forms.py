"""What a person may choose or write on Mon profil."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from parvis.people.actions.profile_changes import LONGEST_CORRECTION
from parvis.people.models import DeliveryChoice, HouseholdAccess
from parvis.people.rules import is_mailable
from parvis.web.ui.fields import OPTIONAL, PhoneField
from parvis.web.ui.forms import PageForm
from parvis.web.ui.themes import THEMES

NOT_AN_ADDRESS = "Renseignez un courriel complet, par exemple jeanne.fontaine@exemple.fr."
NOT_A_DAY = "Renseignez une date, par exemple 15/01/2027."


def line(label: str, *, autocomplete: str, longest: int, missing: str = "") -> forms.CharField:
    """One line of text; optional unless `missing` says what to write."""
    return forms.CharField(
        label=label if missing else OPTIONAL.format(label),
        required=bool(missing),
        max_length=longest,
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": missing, "max_length": "C’est trop long. Abrégez cette ligne."},
    )


class ThemeForm(PageForm):
    """Affichage: follow the device, or always light, or always dark."""

    theme = forms.ChoiceField(choices=THEMES, required=False)


class AddressForm(PageForm):
    """The postal address, whole, and from when it counts."""

    street = line("Adresse", autocomplete="address-line1", longest=160, missing="Renseignez votre adresse.")
    address_extra = line("Complément d’adresse", autocomplete="address-line2", longest=160)
    postal_code = line("Code postal", autocomplete="postal-code", longest=12, missing="Renseignez votre code postal.")
    city = line("Commune", autocomplete="address-level2", longest=80, missing="Renseignez votre commune.")
    country = line("Pays", autocomplete="country-name", longest=60)
    effective_on = forms.DateField(
        label="À partir du",
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": NOT_A_DAY, "invalid": NOT_A_DAY},
    )

    def wanted(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name != "effective_on"}

    @property
    def effective(self) -> dt.date:
        day: dt.date = self.cleaned_data["effective_on"]
        return day


class PhonesForm(PageForm):
    """Mobile and landline."""

    mobile_phone = PhoneField(label="Téléphone mobile")
    landline_phone = PhoneField(label="Téléphone fixe")


class DeliveryForm(PageForm):
    """For each kind of document that the client receives, by courriel or by post."""

    def __init__(self, *args: Any, kinds: Sequence[DeliveryChoice.Kind], **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(*args, **kwargs)
        for kind in kinds:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                choices=DeliveryChoice.Channel.choices,
                widget=forms.RadioSelect,
                error_messages=dict.fromkeys(("required", "invalid_choice"), "Choisissez courriel ou courrier."),
            )

    def chosen(self) -> dict[DeliveryChoice.Kind, DeliveryChoice.Channel]:
        return {
            DeliveryChoice.Kind(kind): DeliveryChoice.Channel(channel) for kind, channel in self.cleaned_data.items()
        }


class InvitationForm(PageForm):
    """Who is invited, and to do what."""

    name = line("Prénom et nom", autocomplete="off", longest=120, missing="Renseignez le nom de cette personne.")
    email = forms.EmailField(
        label="Son courriel",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": NOT_AN_ADDRESS, "invalid": NOT_AN_ADDRESS},
    )
    right = forms.ChoiceField(
        label="Elle pourra",
        choices=HouseholdAccess.Right.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choisissez ce que cette personne pourra faire."),
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if not is_mailable(email):
            raise ValidationError(NOT_AN_ADDRESS)
        return email


class CorrectionForm(PageForm):
    """What is wrong, in the client's words."""

    text = forms.CharField(
        label="Ce qui est inexact, et ce qu’il faut écrire à la place",
        max_length=LONGEST_CORRECTION,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Décrivez ce qui est inexact.",
            "max_length": "Votre texte est trop long\u00a0: 4\u202f000\u00a0caractères au plus.",
        },
    )


class CopyForm(PageForm):
    """A button: nothing to fill in."""


class ClosingForm(PageForm):
    """A box to tick: the gesture is explained above it."""

    understood = forms.BooleanField(
        label="J’ai compris\u00a0: je ne pourrai plus me connecter",
        error_messages={"required": "Cochez la case pour fermer votre accès."},
    )
