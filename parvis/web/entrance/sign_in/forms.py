"""Who are you?"""

from typing import Any

from parvis.web.entrance.forms import EntranceForm, SecretField, identifier_field


class CredentialsForm(EntranceForm):
    """Identifiant and password; each door says in its own words where to find them."""

    identifier = identifier_field()
    password = SecretField(
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
    """Première Connexion."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(*args, **kwargs)
        self.fields["identifier"].help_text = "Celui qui est sur vos appels de fonds ou de loyer."
        self.fields["password"].help_text = "Votre ancien mot de passe ou le provisoire à 6\u00a0chiffres."
