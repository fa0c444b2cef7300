"""Fields that several pages ask for."""

import math
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from parvis.kit.identifiers import PUBLIC_ID_LENGTH
from parvis.kit.typography import format_phone, phone_digits
from parvis.people.profile_rules import phone_number

OPTIONAL = "{}\u00a0(facultatif)"
MEGABYTE = 1_000_000
LARGEST_FILE = 10 * MEGABYTE
PHOTOS_AND_PDF = (".jpg", ".jpeg", ".png", ".heic", ".heif", ".pdf")
NOT_ACCEPTED = "Ce fichier n’est pas accepté. Choisissez une photo (JPEG, PNG, HEIC) ou un PDF."
NOT_ARRIVED = "Ce fichier n’est pas arrivé. Choisissez-le à nouveau."
NOT_A_PHONE = "Renseignez un numéro à 10\u00a0chiffres, par exemple 06\u00a012\u00a034\u00a056\u00a078."


class PhoneField(forms.CharField):
    """A number as people type it; kept in one form. The one that the agency has already, `known`, is never refused."""

    known = ""

    def __init__(self, *, label: str) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})
        super().__init__(label=OPTIONAL.format(label), required=False, max_length=40, widget=widget)

    def clean(self, value: Any) -> str:  # Any: as Django gives it
        typed = super().clean(value)
        if self.known and phone_digits(typed) == phone_digits(self.known):
            return self.known
        number = phone_number(typed) if typed else ""
        if typed and not number:
            raise ValidationError(NOT_A_PHONE)
        return number

    def prepare_value(self, value: Any) -> Any:  # Any: as Django gives it
        return format_phone(value) if isinstance(value, str) else value


class SendingKeyField(forms.RegexField):
    """The hidden key drawn with a form: sent twice, it is one."""

    def __init__(self) -> None:
        super().__init__(rf"^[a-z2-7]{{{PUBLIC_ID_LENGTH}}}$", widget=forms.HiddenInput)


class FilesInput(forms.FileInput):
    """A control that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Photos and PDF, `most` at once, of 10 Mo each; a list, empty when nothing was chosen."""

    def __init__(self, *, label: str, most: int, **kwargs: Any) -> None:  # Any: what a field of Django takes
        self.most = most
        widget = FilesInput(attrs={"accept": "image/*,application/pdf", "multiple": most > 1})
        super().__init__(label=OPTIONAL.format(label), required=False, widget=widget, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[bytes]"]:  # Any: as Django gives it
        files: list[UploadedFile[bytes]] = [file for file in (data or []) if file]
        if len(files) > self.most:
            raise ValidationError(f"{self.most}\u00a0fichiers au plus à la fois.")
        for file in files:
            try:
                refuse_file(file)
            except ValidationError as refusal:
                if len(files) == 1:
                    raise
                raise ValidationError(f"«\u00a0{file.name}\u00a0»\u00a0: {refusal.message}") from refusal
        return files


def refuse_file(file: "UploadedFile[bytes]") -> None:
    """By its name and its weight; what it really is, the server looks at afterwards."""
    size = file.size or 0
    if not size:
        raise ValidationError(NOT_ARRIVED)
    if size > LARGEST_FILE:
        heavy = math.ceil(size / MEGABYTE)
        raise ValidationError(f"Ce fichier pèse {heavy}\u00a0Mo. Le maximum est de 10\u00a0Mo.")
    if not (file.name or "").lower().endswith(PHOTOS_AND_PDF):
        raise ValidationError(NOT_ACCEPTED)
