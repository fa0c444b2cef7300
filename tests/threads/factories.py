"""Conversations for tests."""

import factory
from django.utils import timezone

from parvis.kit.identifiers import new_public_id
from parvis.threads.models import Message, Thread
from tests.factories import ClientFactory, UserFactory


class ThreadFactory(factory.django.DjangoModelFactory[Thread]):
    class Meta:
        model = Thread

    client = factory.SubFactory(ClientFactory)
    agency = factory.SelfAttribute("client.agency")
    subject = Thread.Subject.DOCUMENT
    opened_at = factory.LazyFunction(timezone.now)
    latest_at = factory.SelfAttribute("opened_at")


class MessageFactory(factory.django.DjangoModelFactory[Message]):
    class Meta:
        model = Message

    thread = factory.SubFactory(ThreadFactory)
    author = factory.SubFactory(UserFactory, agency=factory.SelfAttribute("..thread.agency"))
    author_name = "Alice Fontaine"
    is_from_agency = False
    body = "Bonjour, il me manque le procès-verbal de 2025."
    sending_key = factory.LazyFunction(new_public_id)
    sent_at = factory.LazyFunction(timezone.now)
