"""How a session finds its login again: with its agency and its clients, in one query."""

from django.contrib.auth.backends import BaseBackend

from parvis.people.models import Grant, User


class LoginBackend(BaseBackend):
    """Signing in is the entrance's business (`people.actions`); this only loads who is signed in."""

    def get_user(self, user_id: int) -> User | None:
        """Return the open login, its `agency` and its `open_grants` loaded."""
        grants = list(Grant.objects.of_login(user_id))
        user = grants[0].user if grants else _without_client(user_id)
        if user is None or not user.is_active:
            return None
        user.open_grants = grants
        return user


def _without_client(user_id: int) -> User | None:
    user: User | None = User.objects.select_related("agency", "staffmember").filter(pk=user_id).first()
    return user
