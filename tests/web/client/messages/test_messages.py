"""Écrire à mon agence: what is typed arrives once, or comes back to the page; the thread stays."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from parvis.kit.identifiers import new_public_id
from parvis.people.models import Representation
from parvis.threads import actions
from parvis.threads.models import Draft, Message, Thread
from tests.documents.factories import NAUGHTY, sample
from tests.factories import ClientFactory, GrantFactory, LotFactory, OwnershipFactory
from tests.threads.factories import MessageFactory, ThreadFactory

WRITE = "/agence/messages/ecrire/"
BODY = "Il me manque le procès-verbal de 2025."


def typed(**changes):
    return {"subject": "document", "place": "", "body": BODY, "sending_key": new_public_id()} | changes


def ticket_of(page):
    return page.context["ticket"]


def test_a_message_leads_to_its_receipt(signed_in, alice, home):
    answer = signed_in.post(WRITE, typed(place=home.public_id), follow=True)

    thread = Thread.objects.get()
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"/agence/messages/{thread.public_id}/", 302)]
    assert "Message envoyé. Réponse sous 2\u00a0jours ouvrés." in page
    assert thread.reference in page
    assert "Message reçu le" in page
    assert BODY in page
    assert (thread.client, thread.lot) == (alice, home)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"subject": ""}, "Choisissez un sujet."),
        ({"subject": "autre chose"}, "Choisissez un sujet de la liste."),
        ({"body": "   "}, "Écrivez votre message."),
        ({"body": "a" * 5_001}, "Votre message dépasse"),
        ({"place": "a" * 26}, "Choisissez un bien de la liste."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(signed_in, home, changes, error):
    page = signed_in.post(WRITE, typed(**changes)).content.decode()

    assert error in page
    assert "<title>Erreur" in page
    assert ("aaaa" if changes.get("body") == "a" * 5_001 else BODY) in page or "body" in changes
    assert not Thread.objects.exists()


def test_the_same_form_sent_twice_shows_the_same_thread(signed_in, home):
    form = typed()

    paths = {signed_in.post(WRITE, form).url for _ in range(2)}

    assert len(paths) == 1
    assert Message.objects.count() == 1


def test_what_was_typed_survives_the_end_of_the_session(signed_in, alice):
    ticket = ticket_of(signed_in.get(WRITE))
    visitor = Client()

    led = visitor.post(WRITE, typed(ticket=ticket, body="Une longue lettre."))
    signed_in.force_login(alice.grants.get().user)

    assert led.url == f"/connexion/?next={WRITE}"
    assert "Une longue lettre." in signed_in.get(WRITE).content.decode()
    assert not Thread.objects.exists()


def test_a_visitor_without_the_ticket_of_a_page_keeps_nothing(client, alice):
    for ticket in ("", "forged", alice.grants.get().user.public_id):
        client.post(WRITE, typed(ticket=ticket))

    assert not Draft.objects.exists()


def test_what_was_typed_is_offered_to_its_author_alone(signed_in, client, alice):
    actions.keep_draft(user=alice.grants.get().user, subject="", place="", body="Secret.")

    client.force_login(GrantFactory(client=ClientFactory(agency=alice.agency)).user)

    assert "Secret." not in client.get(WRITE).content.decode()


def test_too_many_messages_answer_429_and_keep_what_was_typed(signed_in, home):
    for _ in range(actions.OF_AN_HOUR.allowed):
        signed_in.post(WRITE, typed())

    answer = signed_in.post(WRITE, typed(body="Le onzième."))

    assert answer.status_code == 429
    assert "Le onzième." in answer.content.decode()


def test_a_file_goes_with_the_message(signed_in, home):
    file = SimpleUploadedFile("attestation.pdf", sample("pdf_minimal.pdf"), content_type="application/pdf")

    answer = signed_in.post(WRITE, typed(attachment=file), follow=True)

    document = Message.objects.get().attachment
    assert f'href="/documents/{document.public_id}/"' in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("page.html", b"<script>alert(1)</script>", "Ce fichier n’est pas accepté."),
        ("attestation.pdf", b"", "Ce fichier est vide."),
        ("photo.jpg", b"x" * 10_000_001, "Ce fichier pèse 11\u00a0Mo. Le maximum est de 10\u00a0Mo."),
        ("attestation.pdf", b"MZ not a PDF", "fichier"),
    ],
)
def test_a_file_that_is_not_taken_is_said_beside_its_field(signed_in, home, name, content, error):
    page = signed_in.post(WRITE, typed(attachment=SimpleUploadedFile(name, content))).content.decode()

    assert error in page
    assert 'id="id_attachment_error"' in page
    assert BODY in page
    assert not Thread.objects.exists()


def test_a_cellar_goes_with_its_dwelling_and_stands_alone_without_one(signed_in, alice, home):
    OwnershipFactory(client=alice, lot=LotFactory(building=home.building, kind="annex", label="Cave"))
    OwnershipFactory(client=alice, lot=LotFactory(building__agency=alice.agency, kind="annex", label="Parking"))

    page = signed_in.get(WRITE).content.decode()

    assert "Cave" not in page
    assert "Parking" in page


def test_who_represents_another_writes_for_them_from_their_property(signed_in, alice, karine):
    lot = LotFactory(building__agency=alice.agency)
    OwnershipFactory(client=karine, lot=lot)

    signed_in.post(WRITE, typed(place=lot.public_id))

    assert Thread.objects.get().client == karine


def test_who_represents_without_the_accounts_sees_no_thread(signed_in, alice, karine):
    ThreadFactory(client=karine)
    Representation.objects.update(may_read_accounts=False)

    page = signed_in.get("/agence/messages/").content.decode()

    assert "Vous n’avez pas encore écrit" in page


def test_the_thread_of_another_does_not_exist(signed_in, alice):
    other = ThreadFactory(client=ClientFactory(agency=alice.agency))

    assert signed_in.get(f"/agence/messages/{other.public_id}/").status_code == 404
    assert signed_in.post(f"/agence/messages/{other.public_id}/", typed()).status_code == 404


def test_who_goes_on_is_read_in_the_same_thread(signed_in, alice):
    thread = ThreadFactory(client=alice, state="answered")

    signed_in.post(f"/agence/messages/{thread.public_id}/", typed(body="Merci."))

    thread.refresh_from_db()
    assert thread.messages.get().body == "Merci."
    assert thread.state == "waiting"


def test_a_closed_thread_has_no_form_and_takes_no_message(signed_in, alice):
    thread = ThreadFactory(client=alice, state="closed")
    path = f"/agence/messages/{thread.public_id}/"

    page = signed_in.get(path).content.decode()
    signed_in.post(path, typed())

    assert "Cette conversation est close." in page
    assert "<textarea" not in page
    assert not thread.messages.exists()


def test_naughty_words_are_shown_as_they_were_typed(signed_in, alice):
    thread = ThreadFactory(client=alice)
    MessageFactory(thread=thread, body="\n".join(text for text in NAUGHTY if "\0" not in text))

    page = signed_in.get(f"/agence/messages/{thread.public_id}/").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("field", ["subject", "place", "body", "sending_key"])
def test_a_naughty_word_in_any_field_never_breaks_the_page(signed_in, home, field):
    for naughty in [text for text in NAUGHTY if text.strip()][:25]:
        assert signed_in.post(WRITE, typed(**{field: naughty})).status_code in (200, 302, 429)


@pytest.mark.usefixtures("signed_in")
def test_cost_is_the_same_with_one_thread_and_with_a_thousand(assert_flat, alice):
    thread = ThreadFactory(client=alice)
    MessageFactory(thread=thread)

    for path in ("/agence/messages/", f"/agence/messages/{thread.public_id}/"):
        assert_flat(path, lambda: grow(thread))


def grow(thread):
    now = timezone.now() - dt.timedelta(days=1)
    facts = {"agency": thread.agency, "client": thread.client, "subject": "other"}
    Thread.objects.bulk_create([Thread(**facts, opened_at=now, latest_at=now) for _ in range(1_000)])
    said = {"thread": thread, "author": thread.client.grants.get().user, "is_from_agency": False, "body": "Oui."}
    Message.objects.bulk_create([Message(**said, sending_key=new_public_id(), sent_at=now) for _ in range(50)])
