"""A password in place of another."""

from parvis.web.entrance.forms import NewPasswordForm, PresentPasswordForm


class ChangePasswordForm(PresentPasswordForm, NewPasswordForm):
    """The present password, then the new one twice."""

    field_order = ("password", "new_password", "new_password_again")
