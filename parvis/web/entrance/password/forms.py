"""Whose password was forgotten."""

from typing import Any

from parvis.web.entrance.forms import EntranceForm, identifier_field


class ForgottenForm(EntranceForm):
    """Identifiant."""

    identifier = identifier_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(*args, **kwargs)
        self.fields["identifier"].help_text = "Celui qui est sur vos appels de fonds ou de loyer."
