"""What an administrator decides of the agency: its details, its look, its logo."""

import base64
import datetime as dt
import math
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, TimestampSigner
from django.db import models

from parvis.agencies.actions import DETAILS, LOOK
from parvis.agencies.models import Agency
from parvis.documents.examiner import FileRefused, draw
from parvis.web.ui.fields import MEGABYTE
from parvis.web.ui.shown import ShownForm

LARGEST_LOGO = 5 * MEGABYTE
DRAFT_LASTS = dt.timedelta(hours=2)
PICTURES = (b"\xff\xd8\xff", b"\x89PNG")
NOT_A_PICTURE = "Ce fichier n’est ni un JPEG ni un PNG\u00a0: enregistrez votre logo en PNG."
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
    """The hue, from which every colour follows with enough contrast, a word of welcome, another logo.

    A file cannot be put back in a form: an image seen in a preview comes back signed, `draft`, drawn again already.
    """

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
    logo = forms.FileField(
        label="Nouveau logo (facultatif)",
        required=False,
        help_text="JPEG ou PNG, 5\u00a0Mo au plus. L’image est réduite, et perd ses données cachées.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
        error_messages={"empty": "Ce fichier est vide."},
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:  # Any: as Django's forms take
        super().__init__(*args, **kwargs)
        self.signer = TimestampSigner(salt=f"logo of {agency.pk}")

    def clean_logo(self) -> bytes:
        """The small copy of the image that was chosen, or seen before; empty for none."""
        file = self.cleaned_data["logo"]
        if file:
            return small_copy(file)
        try:
            signed = str(self.data.get("draft", ""))
            return base64.b64decode(self.signer.unsign(signed, max_age=DRAFT_LASTS)) if signed else b""
        except BadSignature as error:
            raise forms.ValidationError("L’aperçu de ce logo n’est plus gardé\u00a0: choisissez l’image.") from error

    @property
    def picture(self) -> str:
        """The new logo as a page shows it without asking for it; empty for none."""
        content = self.cleaned_data.get("logo") if self.is_bound and self.is_valid() else b""
        return base64.b64encode(content or b"").decode()

    @property
    def draft(self) -> str:
        return self.signer.sign(self.picture) if self.picture else ""


def small_copy(file: "UploadedFile[bytes]") -> bytes:
    """The logo drawn again, small. A drawing that may hold a program (SVG) is refused."""
    if (file.size or 0) > LARGEST_LOGO:
        heavy = math.ceil((file.size or 0) / MEGABYTE)
        raise forms.ValidationError(f"Cette image pèse {heavy}\u00a0Mo. Le maximum est de 5\u00a0Mo.")
    content = file.read()
    try:
        drawn = draw(content)
    except FileRefused as refusal:
        message = refusal.message if content.startswith(PICTURES) else NOT_A_PICTURE
        raise forms.ValidationError(message) from refusal
    if drawn.thumbnail is None:
        raise forms.ValidationError(NOT_A_PICTURE)
    return drawn.thumbnail.content


def initial_of(agency: Agency, names: Iterable[str] = (*DETAILS, *LOOK)) -> dict[str, object]:
    return {name: getattr(agency, name) for name in names}
