"""What a login can be opened with: the last way in, and the last factor of the staff, cannot be removed."""

from parvis.kit.refusals import Refusal
from parvis.people.actions.locks import hold_login
from parvis.people.models import Authenticator, Passkey, SocialAccount, User


class LastWayIn(Refusal):
    """Without a password, the last passkey or linked account is the only way in."""

    message = "Choisissez d’abord un mot de passe."


class LastFactor(Refusal):
    """Whoever works at the agency always has a second proof."""

    message = "Ajoutez d’abord un autre moyen."


def has_factor(user: User) -> bool:
    """Whether the login has a proof of its own beside the password: a passkey, or an application's codes.

    Recovery codes only stand in for one of these.
    """
    return Passkey.objects.filter(user=user).exists() or Authenticator.objects.filter(user=user).exists()


def keep_a_way_in(user: User, *, without: Passkey | SocialAccount) -> None:
    """Refuse (`LastWayIn`) when nothing else opens the login. Call it inside a transaction."""
    held = hold_login(user)
    others = [
        rows.filter(user=user).exclude(public_id=without.public_id).exists()
        for rows in (Passkey.objects.all(), SocialAccount.objects.all())
    ]
    if not any(others) and not (held.password and held.has_usable_password()):
        raise LastWayIn


def keep_a_factor(user: User, *, without: Passkey | Authenticator) -> None:
    """Refuse (`LastFactor`) when a member of the staff would have none left. Call it inside a transaction."""
    hold_login(user)
    if not user.is_staff:
        return
    passkeys = Passkey.objects.filter(user=user).exclude(public_id=without.public_id)
    applications = Authenticator.objects.filter(user=user).exclude(public_id=without.public_id)
    if not (passkeys.exists() or applications.exists()):
        raise LastFactor
