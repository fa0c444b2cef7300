"""The two addresses of the demonstration's mailbox, which exist there only."""

import datetime as dt
import subprocess
import sys
from email.message import EmailMessage

import pytest

from parvis.demo import mailbox
from tests.factories import AgencyFactory


@pytest.fixture
def in_demonstration(settings, tmp_path):
    settings.ROOT_URLCONF = "tests.web.demo.addresses"
    settings.DATA_DIR = tmp_path


def deliver(subject, *, text="Bonjour", at):
    message = EmailMessage()
    message["Subject"] = subject
    message.set_content(text)
    message.add_alternative(f'<p>{text} <a href="http://testserver/c/abc">Confirmer</a></p>', subtype="html")
    mailbox.keep(message.as_bytes(), to="alice@exemple.fr", received_at=dt.datetime(2026, 11, 23, at, tzinfo=dt.UTC))


@pytest.mark.django_db
def test_page_shows_messages_and_their_links(client, in_demonstration):
    AgencyFactory(host="testserver")
    deliver("Confirmez votre adresse", text="Voici <b>le lien</b>", at=10)

    page = client.get("/demo/boite/").content.decode()

    assert "Confirmez votre adresse" in page
    assert 'href="http://testserver/c/abc">Confirmer</a>' in page
    assert "<b>le lien</b>" not in page


@pytest.mark.django_db
def test_empty_page_says_what_will_come(client, in_demonstration):
    assert "Aucun message pour l’instant" in client.get("/demo/boite/").content.decode()


@pytest.mark.django_db
def test_json_lists_the_newest_first(client, in_demonstration):
    deliver("Premier", at=10)
    deliver("Second", at=11)

    received = client.get("/demo/boite/messages.json").json()

    assert [message["subject"] for message in received] == ["Second", "Premier"]
    assert received[0].keys() == {"to", "subject", "text", "html", "sent_at"}
    assert dt.datetime.fromisoformat(received[0]["sent_at"]) == dt.datetime(2026, 11, 23, 11, tzinfo=dt.UTC)


@pytest.mark.parametrize("path", ["/demo/boite/", "/demo/boite/messages.json"])
@pytest.mark.django_db
def test_neither_exists_elsewhere(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(("mode", "is_there"), [("demonstration", True), ("development", False)])
def test_the_mode_decides(mode, is_there, tmp_path):
    ask = "from django.urls import reverse; import django; django.setup(); reverse('demo:mailbox')"
    environment = {"PARVIS_ENV": mode, "DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}

    run = subprocess.run([sys.executable, "-c", ask], env=environment, capture_output=True, check=False)

    assert (run.returncode == 0) == is_there
