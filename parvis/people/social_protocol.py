"""Speaking with a provider of sign-in: OpenID Connect and OAuth 2, by Authlib. Each call is bounded in time.

What a provider says is believed only after: the state of this browser, the code's exchange over TLS with our
secret (and PKCE), and for OpenID Connect the signature of the id_token by a discovered key, its issuer, its
audience, its time and its nonce.
"""

import dataclasses
import functools
import secrets
import ssl
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from django.core.cache import cache
from django.utils.crypto import constant_time_compare
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from parvis.people.social_catalogue import Provider

TIME_LIMIT = 5.0
KEPT_SECONDS = 3600
CLOCK_DIFFERENCE = 60
SIGNATURES = ["RS256", "ES256"]
LOOPBACK = ("localhost", "127.0.0.1", "::1")
LONGEST_SUBJECT = 255


class ProviderFailed(Exception):
    """The provider did not answer, refused, or said something that cannot be believed."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Departure:
    """A browser leaves for a provider: where to, and what it must bring back."""

    address: str
    state: str
    nonce: str = dataclasses.field(repr=False)
    verifier: str = dataclasses.field(repr=False)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Expected:
    """What the session kept of a departure."""

    state: str
    nonce: str = dataclasses.field(repr=False)
    verifier: str = dataclasses.field(repr=False)
    redirect_uri: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Profile:
    """Who signed in at the provider. The pair (issuer, subject) is the account; the e-mail is only a hint."""

    provider: str
    issuer: str
    subject: str
    email: str = ""
    is_email_verified: bool = False


def depart(provider: Provider, *, redirect_uri: str) -> Departure:
    """The address that the browser goes to. Raises ProviderFailed when the provider cannot be discovered."""
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    extra: dict[str, str] = {}
    if provider.is_openid:
        extra["nonce"] = nonce
    if provider.has_pkce:
        extra["code_verifier"] = verifier
    with client_of(provider, redirect_uri=redirect_uri) as client:
        address, _ = client.create_authorization_url(endpoints(provider)["authorize"], state=state, **extra)
    return Departure(address=address, state=state, nonce=nonce, verifier=verifier)


def arrive(provider: Provider, *, expected: Expected, answer: dict[str, str]) -> Profile:
    """Who came back with `answer`, the parameters of the return. Raises ProviderFailed for anything amiss."""
    if not constant_time_compare(answer.get("state", ""), expected.state):
        raise ProviderFailed("state")
    if "error" in answer or not answer.get("code"):
        raise ProviderFailed("refused there" if "error" in answer else "no code")
    if answer.get("iss", provider.issuer) != provider.issuer:
        raise ProviderFailed("issuer of the answer")
    try:
        with client_of(provider, redirect_uri=expected.redirect_uri) as client:
            token = exchange(client, provider=provider, code=answer["code"], verifier=expected.verifier)
            if provider.is_openid:
                return read_id_token(provider, token=token, nonce=expected.nonce)
            return read_profile(client, provider=provider)
    except (httpx2.HTTPError, OAuthError, JoseError, ValueError, KeyError, TypeError) as error:
        raise ProviderFailed(type(error).__name__) from error


def client_of(provider: Provider, *, redirect_uri: str) -> Any:  # Any: Authlib publishes no types
    return OAuth2Client(
        provider.client_id,
        provider.client_secret,
        scope=provider.scope,
        redirect_uri=redirect_uri,
        token_endpoint_auth_method=provider.client_authentication,
        code_challenge_method="S256" if provider.has_pkce else None,
        timeout=TIME_LIMIT,
        follow_redirects=False,
        verify=trusted(),
    )


@functools.cache
def trusted() -> ssl.SSLContext:
    """The authorities of the machine, read once: it takes longer than a sign-in."""
    return httpx2.create_ssl_context()


def exchange(client: Any, *, provider: Provider, code: str, verifier: str) -> dict[str, Any]:  # Any: Authlib's
    """The tokens against the code, our secret and the proof of possession."""
    proof = {"code_verifier": verifier} if provider.has_pkce else {}
    url = endpoints(provider)["token"]
    return dict(client.fetch_token(url, grant_type="authorization_code", code=code, **proof))


def read_id_token(provider: Provider, *, token: dict[str, Any], nonce: str) -> Profile:  # Any: what JSON holds
    """The claims of the id_token, once its signature, issuer, audience, time and nonce are right."""
    decoded = verified(provider, id_token=token["id_token"])
    essential = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
    }
    parameters = {"client_id": provider.client_id, "access_token": token.get("access_token")}
    if provider.has_nonce or "nonce" in decoded.claims:
        parameters["nonce"] = nonce
    claims = CodeIDToken(decoded.claims, decoded.header, essential, parameters)
    claims.validate(leeway=CLOCK_DIFFERENCE)
    return Profile(
        provider=provider.name,
        issuer=provider.issuer,
        subject=sound_subject(claims["sub"]),
        email=str(claims.get("email") or ""),
        is_email_verified=claims.get("email_verified") is True,
    )


def verified(provider: Provider, *, id_token: str) -> jwt.Token:
    """The token, its signature checked by a key of the provider; fetched anew once, since keys turn."""
    try:
        return jwt.decode(id_token, keys(provider), algorithms=SIGNATURES)
    except (JoseError, ValueError):
        cache.delete(f"social-keys:{provider.discovery_url}")
        return jwt.decode(id_token, keys(provider), algorithms=SIGNATURES)


def read_profile(client: Any, *, provider: Provider) -> Profile:  # Any: Authlib's
    """Who it is, for a provider without id_token: its e-mail, if it gives one, is never held for verified."""
    answer = client.get(provider.profile_url)
    answer.raise_for_status()
    content = answer.json()
    person = content.get("data", content)
    return Profile(
        provider=provider.name,
        issuer=provider.issuer,
        subject=sound_subject(person["id"]),
        email=str(person.get("email") or ""),
    )


def sound_subject(subject: object) -> str:
    """The account's own name at the provider: a text that fits, never empty."""
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise ValueError("subject")
    return subject


def endpoints(provider: Provider) -> dict[str, str]:
    """The addresses of the provider: its own, or those of its discovery document."""
    if not provider.is_openid:
        return {"authorize": provider.authorize_url, "token": provider.token_url}
    document = discovered(provider)
    return {"authorize": document["authorization_endpoint"], "token": document["token_endpoint"]}


def keys(provider: Provider) -> KeySet:
    document = kept(f"social-keys:{provider.discovery_url}", url=discovered(provider)["jwks_uri"])
    return KeySet.import_key_set({"keys": document["keys"]})


def discovered(provider: Provider) -> dict[str, Any]:  # Any: what JSON holds
    """The discovery document, which must speak for the issuer that we expect and name safe addresses."""
    document = kept(f"social-discovery:{provider.discovery_url}", url=provider.discovery_url)
    addresses = [document.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if document.get("issuer") != provider.issuer or not all(map(is_safe, addresses)):
        raise ProviderFailed("discovery")
    return document


def kept(name: str, *, url: str) -> dict[str, Any]:  # Any: what JSON holds
    """A JSON document of the provider, kept for an hour."""
    known = cache.get(name)
    if isinstance(known, dict):
        return known
    try:
        document = answer_of(url).json()
    except (httpx2.HTTPError, ValueError) as error:
        raise ProviderFailed(f"{urlsplit(url).netloc} does not answer") from error
    if not isinstance(document, dict):
        raise ProviderFailed("discovery")
    cache.set(name, document, KEPT_SECONDS)
    return document


def answer_of(url: str) -> httpx2.Response:
    return httpx2.get(url, timeout=TIME_LIMIT, follow_redirects=False, verify=trusted()).raise_for_status()


def is_safe(address: object) -> bool:
    """HTTPS, or this machine for a trial."""
    url = urlsplit(address if isinstance(address, str) else "")
    return url.scheme == "https" or (url.scheme == "http" and url.hostname in LOOPBACK)
