"""Notices for tests."""

import factory
from django.utils import timezone

from parvis.notices.models import Notice
from tests.factories import UserFactory


class NoticeFactory(factory.django.DjangoModelFactory[Notice]):
    class Meta:
        model = Notice

    user = factory.SubFactory(UserFactory)
    agency = factory.SelfAttribute("user.agency")
    kind = Notice.Kind.DOCUMENT
    text = "Un document est disponible."
    event_key = factory.Sequence(lambda n: f"event-{n}")
    created_at = factory.LazyFunction(timezone.now)
