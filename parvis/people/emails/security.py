"""The messages that say that a way into an access changed, so that its holder can object."""

import datetime as dt

from parvis.kit.french_dates import long_instant
from parvis.mail import frame
from parvis.people.emails.words import name_of, not_you
from parvis.people.models import User


def password_changed(*, user: User, at: dt.datetime, not_me_url: str = "") -> frame.Written:
    """The password is another one since that instant."""
    return frame.write(
        agency=user.agency,
        subject="Votre mot de passe a été modifié",
        preview="Les autres appareils sont déconnectés.",
        greeting=name_of(user),
        parts=[
            (
                f"Le mot de passe de votre espace client {user.agency.name} a été modifié. Les autres appareils sont "
                "déconnectés."
            ),
            frame.Facts(rows=[("Date", long_instant(at))]),
            *not_you(user.agency, url=not_me_url),
        ],
    )


def social_account_linked(*, user: User, provider: str, at: dt.datetime, not_me_url: str = "") -> frame.Written:
    """Another way into the login exists: an account of a provider, « Google »."""
    return frame.write(
        agency=user.agency,
        subject=f"Un compte {provider} est associé à votre espace client",
        preview="Il permet de vous connecter.",
        greeting=name_of(user),
        parts=[
            f"Un compte {provider} est associé à votre espace client {user.agency.name} et permet de vous connecter.",
            frame.Facts(rows=[("Date", long_instant(at))]),
            *not_you(user.agency, url=not_me_url),
        ],
    )


def social_account_unlinked(*, user: User, provider: str, at: dt.datetime, not_me_url: str = "") -> frame.Written:
    """A way into the login is gone: an account of a provider, « Google »."""
    return frame.write(
        agency=user.agency,
        subject=f"Un compte {provider} n’est plus associé à votre espace client",
        preview="Il ne permet plus de vous connecter.",
        greeting=name_of(user),
        parts=[
            (
                f"Un compte {provider} n’est plus associé à votre espace client {user.agency.name} et ne permet plus "
                "de vous connecter."
            ),
            frame.Facts(rows=[("Date", long_instant(at))]),
            *not_you(user.agency, url=not_me_url),
        ],
    )
