"""« Ne plus recevoir »: one click from the mail software, a button for people, nothing for scanners."""

import pytest
from django.test import Client

from parvis.mail.models import OutboxMessage
from parvis.notices.actions import notify
from parvis.notices.emails import Told
from parvis.notices.models import Preference
from tests.factories import AgencyFactory, ClientFactory, GrantFactory
from tests.mail.test_mime import received

pytestmark = pytest.mark.django_db


@pytest.fixture
def grant():
    agency = AgencyFactory(host="testserver")
    return GrantFactory(client=ClientFactory(agency=agency), user__email="alice@exemple.fr")


@pytest.fixture
def message(grant):
    told = Told(subject="Un document", preview="Un document", parts=["Un document."])
    notify(clients=[grant.client], kind="document", text="Un document.", written=told)
    return OutboxMessage.objects.get()


def path_of(message):
    return message.unsubscribe_url.removeprefix("http://testserver")


def test_the_message_says_where_it_is_left_in_one_click(message):
    wire, sent = received(message)

    assert f"\r\nList-Unsubscribe: <{message.unsubscribe_url}>\r\n".encode() in wire
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_mail_software_posts_without_cookie_and_it_is_done(message, grant):
    software = Client(enforce_csrf_checks=True)

    answer = software.post(path_of(message), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    chosen = Preference.objects.get()
    assert (chosen.user, chosen.kind, chosen.is_wanted) == (grant.user, "document", False)


def test_opening_the_link_changes_nothing(client, message):
    page = client.get(path_of(message)).content.decode()

    assert "Document disponible" in page
    assert not Preference.objects.exists()


def test_pressed_twice_it_says_the_same(client, message):
    pages = [client.post(path_of(message)).content.decode() for _ in range(2)]

    assert all("C’est noté" in page for page in pages)
    assert Preference.objects.count() == 1


def test_a_forged_token_is_unknown(client, message):
    assert client.post("/stop/" + "a" * 36 + "/").status_code == 404
    assert not Preference.objects.exists()
