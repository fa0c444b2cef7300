"""What the mail server of the demonstration receives is kept, whole and in order."""

import datetime as dt
import smtplib
from email.message import EmailMessage

import pytest

from parvis.demo import mailbox
from parvis.demo.post_office import LOOPBACK, free_port, open_office


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def written(subject, *, html=""):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "noreply@exemple.fr", "alice@exemple.fr", subject
    message.set_content("Bonjour Alice,\n\nCôté jardin : é à ç €.\n", cte="8bit")
    if html:
        message.add_alternative(html, subtype="html")
    return message


def test_a_message_sent_over_smtp_is_read_again():
    html = '<p><a href="http://127.0.0.1:8000/c/abc">Confirmer mon adresse email</a></p>'
    with open_office(free_port()) as port, smtplib.SMTP(LOOPBACK, port) as session:
        session.send_message(written("Côté jardin", html=html))

    (received,) = mailbox.messages()
    assert (received.to, received.subject) == ("alice@exemple.fr", "Côté jardin")
    assert "é à ç €" in received.text
    assert [(link.label, link.url) for link in received.links] == [
        ("Confirmer mon adresse email", "http://127.0.0.1:8000/c/abc")
    ]


def test_newest_first_and_one_for_each_recipient():
    noon = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    mailbox.keep(written("Premier").as_bytes(), to="alice@exemple.fr", received_at=noon)
    mailbox.keep(written("Second").as_bytes(), to="bob@exemple.fr", received_at=noon + dt.timedelta(seconds=1))

    assert [(message.subject, message.to) for message in mailbox.messages()] == [
        ("Second", "bob@exemple.fr"),
        ("Premier", "alice@exemple.fr"),
    ]
    assert mailbox.messages()[1].sent_at == noon


def test_an_empty_mailbox_holds_nothing():
    assert mailbox.messages() == []


def test_a_message_without_html_has_no_link():
    mailbox.keep(written("Texte").as_bytes(), to="alice@exemple.fr", received_at=dt.datetime.now(dt.UTC))

    assert mailbox.messages()[0].links == []
