"""Fields of forms for what people type or paste: days, and texts without invisible signs."""

import unicodedata
from typing import Any

from django import forms

DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y"]
WHOLE_DATE = "Renseignez une date complète, par exemple 31/12/2025."


class DayField(forms.DateField):
    """A day as browsers send it, or as people type it."""

    def __init__(self, *, label: str, required: bool = True, help_text: str = "") -> None:
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            input_formats=DAY_FORMATS,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"required": WHOLE_DATE, "invalid": WHOLE_DATE},
        )


class TypedField(forms.CharField):
    """A text without the invisible signs that a paste brings along."""

    def to_python(self, value: Any) -> str:  # Any: as Django gives it
        text = super().to_python(value) or ""
        return "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cs")).strip()
