"""Fields that several pages ask for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from parvis.kit.typography import format_phone
from parvis.people.profile_rules import phone_number

OPTIONAL = "{}\u00a0(facultatif)"
NOT_A_PHONE = "Renseignez un numéro à 10\u00a0chiffres, par exemple 06\u00a012\u00a034\u00a056\u00a078."


class PhoneField(forms.CharField):
    """A number as people type it; kept in one form."""

    def __init__(self, *, label: str) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})
        super().__init__(label=OPTIONAL.format(label), required=False, max_length=40, widget=widget)

    def clean(self, value: Any) -> str:  # Any: as Django gives it
        typed = super().clean(value)
        number = phone_number(typed) if typed else ""
        if typed and not number:
            raise ValidationError(NOT_A_PHONE)
        return number

    def prepare_value(self, value: Any) -> Any:  # Any: as Django gives it
        return format_phone(value) if isinstance(value, str) else value
