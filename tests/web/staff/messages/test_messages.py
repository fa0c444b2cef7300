"""Messages of the clients: those that wait first, an answer that leaves, files that are saved."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.kit.identifiers import new_public_id
from parvis.mail.models import OutboxMessage
from parvis.people.models import ClientRead
from parvis.threads.models import Thread
from tests.documents.factories import published
from tests.factories import AgencyFactory, ClientFactory, GrantFactory
from tests.threads.factories import MessageFactory, ThreadFactory

pytestmark = pytest.mark.django_db
PAGE = "/gestion/messages/"


@pytest.fixture
def thread(agency):
    grant = GrantFactory(client=ClientFactory(agency=agency), user__email="alice@exemple.fr")
    thread = ThreadFactory(client=grant.client)
    MessageFactory(thread=thread, author=grant.user)
    return thread


def named(agency, name, **facts):
    return ThreadFactory(client=ClientFactory(agency=agency, last_name=name), **facts)


def test_those_that_wait_come_first_the_oldest_at_the_top(diane, agency):
    now, day = timezone.now(), dt.timedelta(days=1)
    named(agency, "Recent", opened_at=now)
    named(agency, "Ancien", opened_at=now - 9 * day)
    named(agency, "Repondu", opened_at=now, state="answered")

    page = diane.get(PAGE).content.decode()

    assert page.index("Ancien") < page.index("Recent") < page.index("Repondu")
    assert page.count("En retard") == 1
    assert "2 conversations attendent une réponse." in page


def test_the_first_page_of_the_staff_shows_those_that_wait(diane, thread):
    link = f"{PAGE}{thread.public_id}/"
    assert link in diane.get("/gestion/").content.decode()

    Thread.objects.update(state="answered")
    assert link not in diane.get("/gestion/").content.decode()


def test_an_answer_leaves_and_the_thread_waits_no_more(diane, thread):
    answer = diane.post(f"{PAGE}{thread.public_id}/", {"body": "Il est en ligne.", "sending_key": new_public_id()})

    thread.refresh_from_db()
    assert answer.url == PAGE
    assert thread.state == Thread.State.ANSWERED
    assert thread.messages.last().author_name == "Diane Hamon"
    assert OutboxMessage.objects.get().to_address == "alice@exemple.fr"


def test_an_empty_answer_is_refused_on_its_page(diane, thread):
    page = diane.post(f"{PAGE}{thread.public_id}/", {"body": "", "sending_key": new_public_id()}).content.decode()

    assert "Écrivez votre réponse." in page
    assert not OutboxMessage.objects.exists()


def test_a_thread_closed_meanwhile_says_so_and_keeps_the_answer(diane, thread):
    Thread.objects.update(state="closed")

    page = diane.post(f"{PAGE}{thread.public_id}/", {"body": "Bonjour.", "sending_key": new_public_id()})

    assert "Cette conversation est close." in page.content.decode()


def test_a_thread_is_closed_once(diane, thread):
    for _ in range(2):
        diane.post(f"{PAGE}{thread.public_id}/clore/")

    thread.refresh_from_db()
    assert thread.state == Thread.State.CLOSED


def test_a_file_is_saved_and_never_opened_in_the_page(diane, thread):
    document = published(client=thread.client, kind="sent_by_client", audience="account")
    MessageFactory(thread=thread, attachment=document)

    answer = diane.get(f"{PAGE}pieces-jointes/{document.public_id}/")

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.content.startswith(b"%PDF")


def test_the_client_sees_who_at_the_agency_read_their_messages(diane, thread):
    diane.get(f"{PAGE}{thread.public_id}/")

    read = ClientRead.objects.get()
    assert (read.client, read.part, read.quality) == (thread.client, "Messages", "staff")


def test_other_documents_are_not_reached_by_the_same_way(diane, thread):
    document = published(client=thread.client)

    assert diane.get(f"{PAGE}pieces-jointes/{document.public_id}/").status_code == 404


def test_threads_of_another_agency_do_not_exist(diane):
    other = named(AgencyFactory(), "Ailleurs")

    assert "Ailleurs" not in diane.get(PAGE).content.decode()
    assert diane.get(f"{PAGE}{other.public_id}/").status_code == 404


@pytest.mark.usefixtures("diane")
def test_cost_is_the_same_with_one_thread_and_with_a_thousand(assert_flat, thread):
    now = timezone.now()
    facts = {"agency": thread.agency, "client": thread.client, "subject": "other", "opened_at": now, "latest_at": now}

    assert_flat(PAGE, lambda: Thread.objects.bulk_create([Thread(**facts) for _ in range(1_000)]))
