"""A message as it travels, read from a real server."""

import email.utils

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from parvis.mail import actions
from tests.factories import AgencyFactory
from tests.mail.factories import queued
from tests.mail.server import Postmaster, smtp_server
from tests.mail.test_frame import URL, written

pytestmark = pytest.mark.django_db


def received(message, *, eight_bit=True):
    postmaster = Postmaster()
    with smtp_server(postmaster, eight_bit=eight_bit):
        actions.send_waiting(now=timezone.now())
    return postmaster.taken[0], postmaster.messages()[0]


def queued_confirmation(agency=None):
    return actions.queue_written(
        agency=agency or AgencyFactory(), kind="confirm_address", to_address="alice@exemple.fr", written=written()
    )


def test_headers_are_those_of_an_automatic_message_of_the_agency():
    message = queued_confirmation()

    _, mail = received(message)

    assert mail["From"] == "Cabinet des Tilleuls <noreply@exemple.fr>"
    assert mail["Reply-To"] == "Cabinet des Tilleuls <contact@exemple.fr>"
    assert mail["To"] == "alice@exemple.fr"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == f"<{message.public_id}@exemple.fr>"
    assert email.utils.parsedate_to_datetime(mail["Date"]) == message.created_at.replace(microsecond=0)
    assert mail["List-Unsubscribe"] is None


def test_text_comes_first_then_html_both_in_eight_bits():
    _, mail = received(queued_confirmation())

    parts = list(mail.iter_parts())

    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert {part["Content-Transfer-Encoding"] for part in parts} == {"8bit"}
    assert {part.get_content_charset() for part in parts} == {"utf-8"}


def test_address_stands_whole_on_one_line_of_the_wire_and_no_line_is_long():
    raw, _ = received(queued_confirmation())

    lines = raw.split(b"\r\n")

    assert URL.encode() in lines
    assert max(len(line.decode()) for line in lines) <= 100
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_paragraphs_join_again_as_they_were_written():
    message = queued_confirmation()
    text, _ = actions.read_body(message)

    _, mail = received(message)

    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n").replace(" \n", " ").rstrip() == text.rstrip()
    assert mail.get_body(("plain",)).get_param("format") == "flowed"


def test_server_without_eight_bits_gets_base64_and_never_quoted_printable():
    raw, mail = received(queued_confirmation(), eight_bit=False)

    raw.decode("ascii")

    assert {part["Content-Transfer-Encoding"] for part in mail.iter_parts()} == {"base64"}
    assert URL in mail.get_body(("plain",)).get_content()


def test_line_ends_in_a_name_or_a_subject_never_start_a_header():
    agency = AgencyFactory(name="Cabinet\r\nBcc: eve@exemple.fr")
    message = queued(agency=agency, subject="Objet\r\nBcc: eve@exemple.fr\u2028suite")

    _, mail = received(message)

    assert mail["Bcc"] is None
    assert mail["Subject"] == "Objet Bcc: eve@exemple.fr suite"


@pytest.mark.parametrize("address", ["alice@exemple.fr\r\nBcc: eve@exemple.fr", "a@b.fr, eve@b.fr", "pas une adresse"])
def test_address_that_is_not_one_address_is_never_queued(address):
    with pytest.raises(ValidationError):
        queued(to=address)


def test_names_and_domains_with_accents_travel_in_ascii():
    agency = AgencyFactory(name="Cabinet Été & Fils", sender_email="noreply@éte.fr")

    raw, mail = received(queued(agency=agency, subject="Été\u00a0: prêt"))

    raw.partition(b"\r\n\r\n")[0].decode("ascii")
    assert mail["From"].addresses[0].display_name == "Cabinet Été & Fils"
    assert mail["From"].addresses[0].domain == "xn--te-9ia.fr"
    assert mail["Subject"] == "Été\u00a0: prêt"
