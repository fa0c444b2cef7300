"""What attaching asks for."""

from typing import Any

from parvis.web.entrance.sign_in.forms import FirstConnectionForm


class AttachForm(FirstConnectionForm):
    """« Rattacher un autre identifiant »: its own secret, whatever it is."""

    letter = None  # type: ignore[assignment]  # how Django leaves a field out

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(*args, **kwargs)
        password = self.fields["password"]
        password.label = "Mot de passe de cet identifiant"
        password.help_text = "Le sien, son ancien ou le provisoire à 6\u00a0chiffres de sa lettre."
        password.widget.attrs["autocomplete"] = "off"
        self.fields["identifier"].widget.attrs["autocomplete"] = "off"
