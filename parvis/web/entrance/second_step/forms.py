"""The code of the message."""

from django import forms

from parvis.web.entrance.forms import EntranceForm, TypedField

LONGEST_TYPED = 40


class CodeForm(EntranceForm):
    """Code à 8 chiffres, with or without its space."""

    code = TypedField(
        label="Code à 8\u00a0chiffres",
        max_length=LONGEST_TYPED,
        help_text="Par exemple\u00a0: 1234\u00a05678. Il est valable 10\u00a0minutes.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={
            "required": "Renseignez le code du message.",
            "max_length": "Renseignez les 8\u00a0chiffres du code.",
        },
    )
