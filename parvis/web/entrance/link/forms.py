"""The password, once more."""

from parvis.web.entrance.forms import EntranceForm, GivenSecretField


class PasswordAgainForm(EntranceForm):
    """The one typed at the first door: provisional, or of the former portal."""

    password = GivenSecretField(
        label="Mot de passe",
        autocomplete="current-password",
        help_text="Votre ancien mot de passe ou le provisoire à 6\u00a0chiffres.",
        error_messages={"required": "Renseignez votre mot de passe."},
    )
