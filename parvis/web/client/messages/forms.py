"""What a client writes to the agency."""

import math
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from parvis.threads.models import Thread
from parvis.threads.rules import LONGEST_BODY
from parvis.web.ui.fields import SendingKeyField
from parvis.web.ui.forms import PageForm
from parvis.web.ui.places import Place

MEGABYTE = 1_000_000
LARGEST_ATTACHMENT = 10 * MEGABYTE
TAKEN = (".pdf", ".jpg", ".jpeg", ".png")
NO_PLACE = "Aucun bien en particulier"


class ReplyForm(PageForm):
    """A message, and the key drawn with its form: sent twice, it arrives once."""

    status = 200

    body = forms.CharField(
        label="Message",
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": "Écrivez votre message.",
            "max_length": "Votre message dépasse 5\u202f000\u00a0signes\u00a0: raccourcissez-le.",
        },
    )
    sending_key = SendingKeyField()

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        return body.replace("\r\n", "\n").replace("\r", "\n")


class WriteForm(ReplyForm):
    """About what, about which property, then the message."""

    subject = forms.ChoiceField(
        label="Sujet",
        choices=[("", "Choisissez un sujet"), *Thread.Subject.choices],
        error_messages={
            "required": "Choisissez un sujet.",
            "invalid_choice": "Choisissez un sujet de la liste.",
        },
    )
    place = forms.ChoiceField(
        label="Bien concerné (facultatif)",
        required=False,
        error_messages={"invalid_choice": "Choisissez un bien de la liste."},
    )
    attachment = forms.FileField(
        label="Pièce jointe (facultatif)",
        required=False,
        help_text="Un PDF ou une photo (JPEG, PNG), 10\u00a0Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={
            "empty": "Ce fichier est vide. Choisissez une photo (JPEG, PNG) ou un PDF.",
            "invalid": "Ce fichier n’est pas arrivé. Choisissez-le à nouveau.",
            "missing": "Ce fichier n’est pas arrivé. Choisissez-le à nouveau.",
        },
    )
    field_order = ("subject", "place", "body", "attachment")

    def __init__(self, *args: Any, places: Mapping[str, Place], **kwargs: Any) -> None:  # Any: as Django's forms
        super().__init__(*args, **kwargs)
        self.places = places
        choices = [("", NO_PLACE), *((key, place.label) for key, place in places.items())]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean_attachment(self) -> "UploadedFile[bytes] | None":
        file: UploadedFile[bytes] | None = self.cleaned_data["attachment"]
        if file and (file.size or 0) > LARGEST_ATTACHMENT:
            heavy = math.ceil((file.size or 0) / MEGABYTE)
            raise forms.ValidationError(f"Ce fichier pèse {heavy}\u00a0Mo. Le maximum est de 10\u00a0Mo.")
        if file and not (file.name or "").lower().endswith(TAKEN):
            raise forms.ValidationError("Ce fichier n’est pas accepté. Choisissez une photo (JPEG, PNG) ou un PDF.")
        return file

    @property
    def chosen_place(self) -> Place | None:
        return self.places.get(self.cleaned_data["place"])
