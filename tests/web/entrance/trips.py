"""The gestures of a person with an account of a provider: leave, come back, link."""

from urllib.parse import urlsplit

import httpx2
from django.utils import timezone

from parvis.people.models import SocialAccount
from parvis.people.social_protocol import trusted

FAILED = "La connexion avec Google n’a pas abouti."


def link(user, google, *, subject):
    return SocialAccount.objects.create(
        agency=user.agency,
        user=user,
        provider="google",
        issuer=google.origin,
        subject=subject,
        linked_at=timezone.now(),
    )


def leave(browser, *, purpose="sign-in", provider="google"):
    """Press « Continuer avec … »; the address of the provider."""
    answer = browser.post(f"/connexion/avec/{provider}/", {"purpose": purpose})
    assert answer.status_code == 302
    return answer["Location"]


def return_of(address):
    """What the provider sends the browser back to: a path of the site."""
    back = httpx2.get(address, trust_env=False, verify=trusted())
    assert back.status_code == 302
    url = urlsplit(back.headers["Location"])
    return f"{url.path}?{url.query}"


def round_trip(browser, *, purpose="sign-in", provider="google"):
    """There and back, then wherever the site leads."""
    return browser.get(return_of(leave(browser, purpose=purpose, provider=provider)), follow=True)
