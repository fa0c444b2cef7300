"""Who are you?"""

from typing import Any

from django import forms

from parvis.web.entrance.forms import EntranceForm, GivenSecretField, TypedField, identifier_field

LONGEST_KEY = 40


class CredentialsForm(EntranceForm):
    """Identifiant and password; each door says in its own words where to find them."""

    identifier = identifier_field()
    password = GivenSecretField(
        label="Mot de passe",
        autocomplete="current-password",
        error_messages={"required": "Renseignez votre mot de passe."},
    )


class SignInForm(CredentialsForm):
    """Connexion."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(*args, **kwargs)
        self.fields["identifier"].help_text = "Il est imprimé sur vos appels de fonds ou de loyer."


class FirstConnectionForm(CredentialsForm):
    """Première Connexion. `letter` is the token of the short link that led here: it stands in for the key."""

    letter = TypedField(required=False, widget=forms.HiddenInput)
    key = TypedField(
        label="Clé",
        required=False,
        max_length=LONGEST_KEY,
        help_text=(
            "Les 4\u00a0signes imprimés à côté de votre identifiant, sur la lettre. "
            "Inutile avec votre ancien mot de passe."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"max_length": "Cette clé est trop longue\u00a0: elle a 4\u00a0signes."},
    )

    def __init__(self, *args: Any, asks_key: bool, **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(*args, **kwargs)
        self.asks_key = asks_key
        self.fields["identifier"].help_text = "Celui qui est sur vos appels de fonds ou de loyer."
        self.fields["password"].help_text = "Votre ancien mot de passe ou le provisoire à 6\u00a0chiffres."
