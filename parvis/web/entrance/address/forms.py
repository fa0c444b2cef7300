"""The new courriel."""

from typing import Any

from parvis.web.entrance.first_connection.forms import EmailForm


class NewAddressForm(EmailForm):
    """« Changer de courriel »."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's own
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Nouveau courriel"
