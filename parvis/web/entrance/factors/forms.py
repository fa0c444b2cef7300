"""What is typed about a passkey, an application, a recovery code."""

from django import forms

from parvis.people.actions.passkeys import NAME_LENGTH
from parvis.web.entrance.forms import EntranceForm, TypedField

LONGEST_ANSWER = 100_000
LONGEST_CODE = 40


class NameForm(EntranceForm):
    """How its holder calls the device."""

    name = TypedField(
        label="Nom de cet appareil",
        max_length=NAME_LENGTH,
        help_text="Par exemple\u00a0: iPhone de Jeanne.",
        error_messages={
            "required": "Donnez un nom à cet appareil.",
            "max_length": f"Donnez un nom de {NAME_LENGTH}\u00a0caractères au plus.",
        },
    )


class NewPasskeyForm(NameForm):
    """The name, and what the device answered, which the script puts there."""

    answer = forms.CharField(
        widget=forms.HiddenInput,
        max_length=LONGEST_ANSWER,
        required=False,
    )


class CodeForm(EntranceForm):
    """The 6 digits that an application shows."""

    code = TypedField(
        label="Code à 6\u00a0chiffres",
        max_length=LONGEST_CODE,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={
            "required": "Renseignez le code que montre l’application.",
            "max_length": "Ce code est trop long. Recopiez les 6\u00a0chiffres de l’application.",
        },
    )


class RecoveryForm(CodeForm):
    """A code on paper: « 03-K7QF-2M9X »."""

    code = TypedField(
        label="Code de secours",
        max_length=LONGEST_CODE,
        help_text="Par exemple\u00a0: 03-K7QF-2M9X.",
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off"}),
        error_messages={
            "required": "Renseignez un code de secours.",
            "max_length": "Ce code est trop long. Recopiez un seul code de secours.",
        },
    )


class ConfirmForm(EntranceForm):
    """A button: nothing to fill in."""
