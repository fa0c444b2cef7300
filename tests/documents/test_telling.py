"""Each morning, whoever has new documents is told: once, in one mail, of what they may read."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.documents import jobs
from parvis.documents.actions import withdraw
from parvis.mail.actions import read_body
from parvis.mail.models import OutboxMessage
from parvis.notices.models import Notice
from tests.documents.factories import SYSTEM, published
from tests.factories import ClientFactory, GrantFactory, LotFactory, OwnershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def grant():
    return GrantFactory(user__email="alice@exemple.fr")


@pytest.fixture
def home(grant):
    return OwnershipFactory(client=grant.client).lot


def texts():
    return sorted(Notice.objects.values_list("text", flat=True))


def test_the_documents_of_a_day_make_one_mail_with_their_titles(grant, home, today):
    published(client=grant.client, title="Appel de fonds", dated_on=today)
    published(building=home.building, title="Carnet d’entretien", kind="maintenance_log", dated_on=today)

    assert jobs.tell_of_new() == 2

    text, _ = read_body(OutboxMessage.objects.get())
    assert "Appel de fonds" in text
    assert "Carnet d’entretien" in text
    assert texts() == ["Document disponible : Appel de fonds", "Document disponible : Carnet d’entretien"]


def test_run_twice_it_tells_nothing_more(grant, today):
    published(client=grant.client, dated_on=today)

    assert (jobs.tell_of_new(), jobs.tell_of_new()) == (1, 0)
    assert OutboxMessage.objects.count() == 1


def test_a_later_document_is_told_alone(grant, today):
    published(client=grant.client, title="Premier", dated_on=today)
    jobs.tell_of_new()
    published(client=grant.client, title="Second", dated_on=today)

    jobs.tell_of_new()

    text, _ = read_body(OutboxMessage.objects.order_by("pk").last())
    assert "Second" in text
    assert "Premier" not in text


def test_ten_years_of_archives_are_no_news(grant, today):
    published(client=grant.client, dated_on=today - dt.timedelta(days=400))
    published(client=grant.client, kind="sent_by_client", dated_on=today)

    assert jobs.tell_of_new() == 0


def test_nobody_is_told_of_what_they_may_not_read(grant, home, today):
    neighbour = GrantFactory(client=ClientFactory(agency=grant.client.agency))
    OwnershipFactory(client=neighbour.client, lot=LotFactory(building=home.building))
    published(lot=home, title="État des lieux", kind="inventory_report", dated_on=today)
    withdraw(published(client=neighbour.client, title="Retiré", dated_on=today), by=SYSTEM)

    jobs.tell_of_new()

    assert set(Notice.objects.values_list("user", flat=True)) == {grant.user_id}


def test_many_titles_are_counted_beyond_fifteen(grant, today):
    for number in range(18):
        published(client=grant.client, title=f"Papier {number:02}", dated_on=today)

    jobs.tell_of_new()

    message = OutboxMessage.objects.get()
    assert message.subject == "18 documents sont disponibles"
    assert "3 autres" in read_body(message)[0]
