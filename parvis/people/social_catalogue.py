"""The providers of sign-in that Parvis knows, and how each one differs; `settings` reads it at the start."""

import dataclasses
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings

WELL_KNOWN = "/.well-known/openid-configuration"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Provider:
    """A provider and our account with it. OpenID Connect has a `discovery_url`; OAuth 2 alone has the three others.

    `has_pkce` and `has_nonce` are false only for a provider that refuses or ignores them: there the state, which
    works once and in the browser that began, and our secret stand alone.
    """

    name: str
    label: str
    issuer: str
    scope: str
    discovery_url: str = ""
    authorize_url: str = ""
    token_url: str = ""
    profile_url: str = ""
    client_authentication: str = "client_secret_post"
    has_pkce: bool = True
    has_nonce: bool = True
    client_id: str = ""
    client_secret: str = dataclasses.field(default="", repr=False)

    @property
    def is_openid(self) -> bool:
        return bool(self.discovery_url)

    @property
    def origin(self) -> str:
        """Where a browser is sent: forms of the site may lead there."""
        url = urlsplit(self.authorize_url or self.discovery_url)
        return f"{url.scheme}://{url.netloc}"

    def with_account(self, *, client_id: str, client_secret: str) -> "Provider":
        """The provider, once it knows our site."""
        return dataclasses.replace(self, client_id=client_id, client_secret=client_secret)

    def at(self, address: str) -> "Provider":
        """The same provider elsewhere: a discovery document, or the origin of an OAuth 2 server."""
        if self.is_openid:
            return dataclasses.replace(self, discovery_url=address, issuer=address.removesuffix(WELL_KNOWN))
        origin = address.rstrip("/")
        return dataclasses.replace(
            self,
            issuer=origin,
            authorize_url=f"{origin}/authorize",
            token_url=f"{origin}/token",
            profile_url=f"{origin}/profile",
        )


# In the order of the page: Twitter, Google, LinkedIn, Facebook.
CATALOGUE = (
    Provider(
        name="twitter",
        label="Twitter (X)",
        issuer="https://x.com",
        scope="users.read tweet.read",
        authorize_url="https://x.com/i/oauth2/authorize",
        token_url="https://api.x.com/2/oauth2/token",  # noqa: S106 -- an address
        profile_url="https://api.x.com/2/users/me",
        client_authentication="client_secret_basic",
    ),
    Provider(
        name="google",
        label="Google",
        issuer="https://accounts.google.com",
        scope="openid email",
        discovery_url=f"https://accounts.google.com{WELL_KNOWN}",
    ),
    # LinkedIn answers `invalid_client` to a code_verifier, and leaves the nonce out of its id_token (2024-2026).
    Provider(
        name="linkedin",
        label="LinkedIn",
        issuer="https://www.linkedin.com/oauth",
        scope="openid profile email",
        discovery_url=f"https://www.linkedin.com/oauth{WELL_KNOWN}",
        has_pkce=False,
        has_nonce=False,
    ),
    Provider(
        name="facebook",
        label="Facebook",
        issuer="https://www.facebook.com",
        scope="email",
        authorize_url="https://www.facebook.com/v21.0/dialog/oauth",
        token_url="https://graph.facebook.com/v21.0/oauth/access_token",  # noqa: S106 -- an address
        profile_url="https://graph.facebook.com/v21.0/me?fields=id,email",
    ),
)


def offered() -> list[Provider]:
    """The providers of this site."""
    return list(settings.SOCIAL_PROVIDERS)


LABELS = {provider.name: provider.label for provider in CATALOGUE}


def configured(*, read: Callable[[str], str], refuse: Callable[[str, str], None], needs_https: bool) -> list[Provider]:
    """The providers with which the site has an account: GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET, and so on.

    `read` gives a variable, `refuse` notes one that is wrong. GOOGLE_DISCOVERY_URL (LINKEDIN_…), FACEBOOK_ORIGIN
    (TWITTER_…) name another server, for a trial.
    """
    found = []
    for known in CATALOGUE:
        prefix = known.name.upper()
        client_id, client_secret = read(f"{prefix}_CLIENT_ID"), read(f"{prefix}_CLIENT_SECRET")
        elsewhere = f"{prefix}_DISCOVERY_URL" if known.is_openid else f"{prefix}_ORIGIN"
        if bool(client_id) != bool(client_secret):
            missing = "CLIENT_SECRET" if client_id else "CLIENT_ID"
            refuse(f"{prefix}_{missing}", f"n’est pas défini : {known.label} donne un identifiant et un secret.")
        elif client_id:
            address = read(elsewhere)
            if address and needs_https and not address.startswith("https://"):
                refuse(elsewhere, f"vaut « {address} » : donnez une adresse https://.")
            provider = known.with_account(client_id=client_id, client_secret=client_secret)
            found.append(provider.at(address) if address else provider)
    return found
