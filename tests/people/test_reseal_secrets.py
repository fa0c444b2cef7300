"""A new secret key: what the former one sealed is sealed again, then the former one may go."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from parvis.exchange.actions.webhooks import SECRET
from parvis.exchange.models import Webhook
from parvis.kit.sealing import seal, unseal
from parvis.mail.actions import read_body
from parvis.people.actions.authenticators import SEALED_FOR
from parvis.people.models import Authenticator
from tests.factories import UserFactory
from tests.mail.factories import TEXT, queued

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed_before(settings):
    """A message and an application's secret, under the former key; then a new key takes over."""
    message = queued()
    application = Authenticator.objects.create(
        agency=message.agency,
        user=UserFactory(agency=message.agency),
        sealed_secret=seal("JBSWY3DP", purpose=SEALED_FOR),
        last_step=0,
        confirmed_at=timezone.now(),
    )
    webhook = Webhook.objects.create(
        agency=message.agency,
        url="https://erp.exemple.fr/",
        sealed_secret=seal("whsec_", purpose=SECRET),
        position=0,
        made_at=timezone.now(),
    )
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, drawn since " * 3
    return message, application, webhook


def test_nothing_needs_the_former_key_any_more(sealed_before, settings):
    message, application, webhook = sealed_before

    call_command("reseal_secrets")

    settings.SECRET_KEY_FALLBACKS = []
    message.refresh_from_db()
    application.refresh_from_db()
    webhook.refresh_from_db()
    assert unseal(webhook.sealed_secret, purpose=SECRET) == "whsec_"
    assert read_body(message)[0] == TEXT
    assert unseal(application.sealed_secret, purpose=SEALED_FOR) == "JBSWY3DP"


def test_key_that_is_missing_is_said(sealed_before, settings):
    settings.SECRET_KEY_FALLBACKS = []

    with pytest.raises(CommandError, match="ni SECRET_KEY ni SECRET_KEY_FALLBACKS"):
        call_command("reseal_secrets")


def test_every_sealed_column_is_sealed_again():
    sealed = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.name.startswith("sealed_")
    }

    assert sealed == {"OutboxMessage.sealed_body", "Authenticator.sealed_secret", "Webhook.sealed_secret"}
