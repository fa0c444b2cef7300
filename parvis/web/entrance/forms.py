"""Fields of the entrance: whatever is typed or pasted in them gets a sentence, never an error of the server."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from parvis.people.rules import is_code, is_mailable, missing_in, normalise_secret
from parvis.web.ui.forms import PageForm

LONGEST_TYPED = 254


class TypedField(forms.CharField):
    """A text without the invisible signs that a paste brings along."""

    def to_python(self, value: Any) -> str:  # Any: as Django gives it
        text = super().to_python(value) or ""
        return "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cs")).strip()


class TypedEmailField(forms.EmailField):
    """The same, for an address."""

    def to_python(self, value: Any) -> str:  # Any: as Django gives it
        text = super().to_python(value) or ""
        return "".join(sign for sign in text if unicodedata.category(sign)[0] != "C").strip()

    def run_validators(self, value: Any) -> None:  # Any: as Django gives it
        super().run_validators(value)
        if value and not is_mailable(value):
            raise ValidationError(self.error_messages["invalid"])


class SecretField(forms.CharField):
    """A password: every sign counts, and no length is an error here (the comparison refuses it)."""

    default_validators = []

    def __init__(self, *, label: str, autocomplete: str, **options: Any) -> None:  # Any: those of Django's field
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        super().__init__(label=label, strip=False, widget=widget, **options)
        self.validators = []


class GivenSecretField(SecretField):
    """The same at a door: among the 6 digits of a provisional password, the spaces of who copies it do not count."""

    def to_python(self, value: Any) -> str:  # Any: as Django gives it
        typed: str = super().to_python(value) or ""
        digits = "".join(typed.split())
        return digits if is_code(digits) else typed


def identifier_field() -> TypedField:
    """« Identifiant », as on the letter and on the calls."""
    attributes = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
    return TypedField(
        label="Identifiant",
        max_length=LONGEST_TYPED,
        widget=forms.TextInput(attrs=attributes),
        error_messages={
            "required": "Renseignez votre identifiant.",
            "max_length": "Cet identifiant est trop long. Recopiez celui de votre appel de fonds.",
        },
    )


class EntranceForm(PageForm):
    """A form whose fields come once each: twice the same field is nobody's answer."""

    def clean(self) -> dict[str, Any] | None:  # Any: what fields hold
        data = self.data
        if isinstance(data, MultiValueDict) and any(len(data.getlist(name)) > 1 for name in self.fields):
            raise ValidationError("Cette demande n’est pas lisible. Remplissez le formulaire à nouveau.")
        return super().clean()


class PresentPasswordForm(EntranceForm):
    """The password of a person who is signed in: a session left open is not enough."""

    password = SecretField(
        label="Mot de passe actuel",
        autocomplete="current-password",
        help_text="Celui que vous utilisez aujourd’hui.",
        error_messages={"required": "Renseignez votre mot de passe."},
    )


class NewPasswordForm(EntranceForm):
    """The same password twice, by the rules of the help page."""

    new_password = SecretField(
        label="Nouveau mot de passe",
        autocomplete="new-password",
        error_messages={"required": "Renseignez votre nouveau mot de passe."},
    )
    new_password_again = SecretField(
        label="Confirmez le nouveau mot de passe",
        autocomplete="new-password",
        error_messages={"required": "Confirmez le nouveau mot de passe."},
    )

    def clean(self) -> dict[str, Any] | None:  # Any: what fields hold
        cleaned = super().clean()
        password, again = self.cleaned_data.get("new_password"), self.cleaned_data.get("new_password_again")
        if password is not None:
            for sentence in missing_in(normalise_secret(password)):
                self.add_error("new_password", sentence)
        if again is not None and password is not None and password != again:
            self.add_error("new_password_again", "Les 2\u00a0mots de passe ne sont pas identiques.")
        return cleaned
