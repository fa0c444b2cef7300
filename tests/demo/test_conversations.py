"""The active clients of the demonstration have written, once, and one of their questions is answered."""

import pytest
from django.utils import timezone

from parvis.demo.conversations import converse
from parvis.mail.models import OutboxMessage
from parvis.notices.models import Notice
from parvis.threads.models import Thread
from tests.factories import GrantFactory, StaffMemberFactory, UserFactory


@pytest.mark.django_db
def test_each_client_who_came_in_has_an_answer_and_a_question_that_waits():
    grant = GrantFactory()
    agency = grant.client.agency
    StaffMemberFactory(agency=agency, user=UserFactory(agency=agency))

    for _ in range(2):
        converse(agency, now=timezone.now())

    assert sorted(Thread.objects.values_list("state", flat=True)) == ["answered", "waiting"]
    assert Notice.objects.get().user == grant.user
    assert not OutboxMessage.objects.exists()
