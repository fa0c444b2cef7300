"""A message to the agency: one receipt, one thread, an answer that says it all."""

import threading

import pytest
from django.db import connection

from parvis.documents.models import Document
from parvis.kit.identifiers import new_public_id
from parvis.mail.actions import read_body
from parvis.mail.models import OutboxMessage
from parvis.notices.models import Notice
from parvis.threads import actions
from parvis.threads.actions import Author, Letter, ThreadClosed, TooManyMessages
from parvis.threads.models import Draft, Message, Thread
from tests.documents.factories import NAUGHTY, sample
from tests.factories import GrantFactory, StaffMemberFactory, UserFactory

pytestmark = pytest.mark.django_db
BODY = "Bonjour,\n\nIl me manque le procès-verbal de 2025 ; l’avez-vous ?"


@pytest.fixture
def grant():
    return GrantFactory(user__email="alice@exemple.fr")


@pytest.fixture
def alice(grant):
    return Author(user=grant.user, name="Alice Fontaine", greeting="Madame Fontaine")


@pytest.fixture
def diane(grant):
    user = UserFactory(agency=grant.client.agency)
    StaffMemberFactory(agency=user.agency, user=user)
    return Author(user=user, name="Diane Hamon")


def letter(body=BODY, **changes):
    return Letter(body=body, **({"sending_key": new_public_id()} | changes))


def write(grant, author, **changes):
    return actions.open_thread(client=grant.client, lot=None, subject="document", letter=letter(**changes), by=author)


def mails(kind):
    return [(mail.to_address, read_body(mail)[0]) for mail in OutboxMessage.objects.filter(kind=kind).order_by("pk")]


def test_the_author_has_a_dated_receipt_with_a_reference_and_the_agency_a_word(grant, alice):
    thread = write(grant, alice)

    [(address, receipt)] = mails("thread-received")
    assert address == "alice@exemple.fr"
    assert "Message reçu le" in receipt
    assert "Réponse sous 2\u00a0jours ouvrés, au plus tard le" in receipt
    assert thread.reference in receipt
    assert "Il me manque le procès-verbal" in receipt
    [(address, word)] = mails("thread-waiting")
    assert address == grant.client.agency.email
    assert "Alice Fontaine" in word


def test_the_same_form_sent_twice_is_one_message(grant, alice):
    key = new_public_id()

    first = write(grant, alice, sending_key=key)
    again = write(grant, alice, sending_key=key)

    assert again == first
    assert Message.objects.count() == 1
    assert len(mails("thread-received")) == 1


def test_the_answer_is_told_whole_and_the_thread_waits_no_more(grant, alice, diane):
    thread = write(grant, alice)

    actions.answer(thread=thread, letter=letter("Le voici :\nil est en ligne."), by=diane)

    thread.refresh_from_db()
    assert thread.state == Thread.State.ANSWERED
    [(address, text)] = mails("notice-message")
    assert address == "alice@exemple.fr"
    assert "il est en ligne." in text
    notice = Notice.objects.get()
    assert (notice.user, notice.target_id) == (grant.user, thread.public_id)


def test_an_answer_sent_twice_leaves_once(grant, alice, diane):
    thread, said = write(grant, alice), letter("Oui.")

    actions.answer(thread=thread, letter=said, by=diane)
    actions.answer(thread=thread, letter=said, by=diane)

    assert len(mails("notice-message")) == 1


def test_who_goes_on_waits_again(grant, alice, diane):
    thread = write(grant, alice)
    actions.answer(thread=thread, letter=letter("Oui."), by=diane)

    actions.add_to_thread(thread=thread, letter=letter("Merci, et celui de 2024 ?"), by=alice)

    thread.refresh_from_db()
    assert thread.state == Thread.State.WAITING
    assert len(mails("thread-received")) == 2


def test_nobody_writes_in_a_closed_thread(grant, alice, diane):
    thread = write(grant, alice)
    actions.close(thread=thread, by=diane)

    with pytest.raises(ThreadClosed):
        actions.add_to_thread(thread=thread, letter=letter(), by=alice)
    with pytest.raises(ThreadClosed):
        actions.answer(thread=thread, letter=letter(), by=diane)
    with pytest.raises(ThreadClosed):
        actions.close(thread=thread, by=diane)


def test_who_writes_without_end_is_stopped_and_the_others_are_not(grant, alice):
    for _ in range(actions.OF_AN_HOUR.allowed):
        write(grant, alice)

    with pytest.raises(TooManyMessages):
        write(grant, alice)

    other = GrantFactory()
    write(other, Author(user=other.user, name="Bob"))
    assert Message.objects.filter(author=grant.user).count() == actions.OF_AN_HOUR.allowed


def test_a_file_becomes_a_document_of_the_client_alone(grant, alice):
    thread = write(grant, alice, file_name="attestation.pdf", file_content=sample("pdf_minimal.pdf"))

    document = Document.objects.get()
    assert thread.messages.get().attachment == document
    assert (document.kind, document.audience, document.client) == ("sent_by_client", "account", grant.client)


def test_a_dangerous_file_is_refused_and_nothing_is_sent(grant, alice):
    with pytest.raises(actions.AttachmentRefused):
        write(grant, alice, file_name="attestation.pdf", file_content=b"MZ\x90\x00 not a PDF")

    assert not Thread.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_naughty_words_travel_without_harm(grant, alice, diane):
    thread = write(grant, alice)
    for naughty in [text for text in NAUGHTY if text.strip() and "\0" not in text][:60]:
        actions.answer(thread=thread, letter=letter(naughty), by=diane)

    assert len(mails("notice-message")) == thread.messages.filter(is_from_agency=True).count()


def test_a_word_without_end_is_cut_for_the_mail_alone(grant, alice):
    thread = write(grant, alice, body="é" * 4_000)

    [(_, receipt)] = mails("thread-received")
    assert max(len(line.encode()) for line in receipt.splitlines()) > 998  # one line before it is folded
    assert max(len(word.encode()) for word in receipt.split()) < 998
    assert thread.messages.get().body == "é" * 4_000


def test_what_was_typed_is_kept_until_it_is_sent(grant, alice):
    actions.keep_draft(user=grant.user, subject="document", place="", body="Bonj")
    actions.keep_draft(user=grant.user, subject="document", place="", body="Bonjour")
    assert Draft.objects.get().body == "Bonjour"

    write(grant, alice)

    assert not Draft.objects.exists()


@pytest.mark.load
@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_once_are_one_message(grant, alice):
    key = new_public_id()
    threads = [threading.Thread(target=click, args=(grant, alice, key)) for _ in range(10)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert Message.objects.count() == Thread.objects.count() == 1
    assert len(mails("thread-received")) == 1


def click(grant, author, key):
    try:
        write(grant, author, sending_key=key)
    finally:
        connection.close()
