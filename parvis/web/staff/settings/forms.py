"""What an administrator decides of the agency: its details, its look, its logo."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db import models

from parvis.agencies.actions import DETAILS, LOOK
from parvis.agencies.models import Agency
from parvis.documents.examiner import FileRefused, draw
from parvis.web.ui.forms import PageForm
from parvis.web.ui.shown import ShownForm

LARGEST_LOGO = 5_000_000
OPTIONAL = "{} (facultatif)"
HINTS = {
    "opening_hours": "En une phrase, par exemple «\u00a0du lundi au vendredi, de 9\u00a0h à 12\u00a0h\u00a0».",
    "weekly_hours": "Par exemple\u00a0: lundi-vendredi 09:00-12:00 14:00-18:00, samedi 09:00-12:00.",
    "closures": "En plus des jours fériés, par exemple\u00a0: 2026-12-24, 2027-08-09/2027-08-20.",
    "emergency_phone": "Celui que les clients appellent hors des heures d’ouverture.",
}


def field_of(name: str) -> forms.Field:
    """The control of one column of the agency, with the words of the model."""
    column = cast("models.Field[Any, Any]", Agency._meta.get_field(name))
    label = str(column.verbose_name).capitalize()
    field = column.formfield(
        label=OPTIONAL.format(label) if column.blank else label,
        help_text=HINTS.get(name, ""),
        error_messages={"required": "Renseignez ce champ.", "max_length": "Ce texte est trop long."},
    )
    assert isinstance(field, forms.Field)  # noqa: S101 -- a column that people edit has its control
    field.validators += column.validators
    return field


class DetailsForm(ShownForm):
    """Names, telephones, address, hours, mentions of the profession."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: as Django's forms take
        super().__init__(*args, **kwargs)
        self.fields |= {name: field_of(name) for name in DETAILS}


class LookForm(ShownForm):
    """The hue, from which every colour follows with enough contrast, and a word of welcome."""

    hue = forms.IntegerField(
        label="Teinte",
        min_value=0,
        max_value=360,
        help_text="De 0 à 360\u00a0: 0 rouge, 40 orange, 140 vert, 222 bleu, 280 violet.",
        error_messages={
            "required": "Renseignez un nombre de 0 à 360.",
            "invalid": "La teinte est un nombre de 0 à 360.",
            "min_value": "La teinte est un nombre de 0 à 360.",
            "max_value": "La teinte est un nombre de 0 à 360.",
        },
    )
    welcome = forms.CharField(
        label="Mot d’accueil (facultatif)",
        required=False,
        max_length=300,
        help_text="Montré sur la page de connexion, à tout le monde.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "300\u00a0signes au plus."},
    )


class LogoForm(PageForm):
    """An image; empty takes the logo away."""

    logo = forms.FileField(
        label="Image du logo",
        help_text="JPEG ou PNG, 5\u00a0Mo au plus. Elle est réduite, et perd ses données cachées.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
        error_messages={"required": "Choisissez une image.", "empty": "Ce fichier est vide."},
    )

    def clean_logo(self) -> bytes:
        """The small copy that is shown."""
        file = self.cleaned_data["logo"]
        if file.size > LARGEST_LOGO:
            raise forms.ValidationError("Cette image pèse plus de 5\u00a0Mo.")
        try:
            drawn = draw(file.read())
        except FileRefused as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        if drawn.thumbnail is None:
            raise forms.ValidationError("Choisissez une image JPEG ou PNG.")
        return drawn.thumbnail.content


def initial_of(agency: Agency, names: Iterable[str] = (*DETAILS, *LOOK)) -> dict[str, object]:
    return {name: getattr(agency, name) for name in names}
