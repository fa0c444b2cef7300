"""The courriel of a client."""

from typing import Any

from parvis.web.entrance.forms import LONGEST_TYPED, EntranceForm, TypedEmailField

INCOMPLETE = "Renseignez un courriel complet, par exemple jeanne.fontaine@exemple.fr."


class EmailForm(EntranceForm):
    """Courriel."""

    email = TypedEmailField(
        label="Courriel",
        max_length=LONGEST_TYPED,
        help_text=("Par exemple\u00a0: jeanne.fontaine@exemple.fr. Nous y enverrons un lien de confirmation."),
        error_messages={"required": "Renseignez votre courriel.", "invalid": INCOMPLETE, "max_length": INCOMPLETE},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(*args, **kwargs)
        attributes = {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false", "inputmode": "email"}
        self.fields["email"].widget.attrs.update(attributes)


class ResendForm(EntranceForm):
    """« Renvoyer le message »: nothing to fill in."""
