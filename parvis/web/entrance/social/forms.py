"""What linking an account asks for."""

from parvis.web.entrance.forms import EntranceForm, SecretField


class PasswordForm(EntranceForm):
    """The present password: a session left open is not enough to add a way in."""

    password = SecretField(
        label="Mot de passe",
        autocomplete="current-password",
        help_text="Celui que vous utilisez aujourd’hui.",
        error_messages={"required": "Renseignez votre mot de passe."},
    )
