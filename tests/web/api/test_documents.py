import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from parvis.documents import examiner
from parvis.documents.actions import storing
from parvis.documents.models import Document
from parvis.documents.scanner import Verdict
from parvis.journal.models import Record
from tests.documents.factories import sample
from tests.factories import ClientFactory


@pytest.fixture(autouse=True, scope="module")
def _end_the_process():
    yield
    examiner.stop()


@pytest.fixture
def alice(erp):
    return ClientFactory(agency=erp.agency)


def said(alice, **changed):
    return {
        "reference": "DOC-1",
        "kind": "minutes",
        "title": "Procès-verbal",
        "dated_on": "2026-10-01",
        "audience": "account",
        "client": alice.customer_reference,
        **changed,
    }


def paper(name="pdf_minimal.pdf"):
    return SimpleUploadedFile("pv.pdf", sample(name), "application/pdf")


def test_a_document_is_published_then_replaced_then_left(erp, alice):
    made = erp.send_file(said(alice), file=paper())
    renamed = erp.send_file(said(alice, title="Procès-verbal signé"), file=paper())
    again = erp.send_file(said(alice, title="Procès-verbal signé"), file=paper())

    document = Document.objects.get()
    assert [answer.json()["outcome"] for answer in (made, renamed, again)] == ["created", "changed", "unchanged"]
    assert (document.title, document.client) == ("Procès-verbal signé", alice)
    assert Record.objects.filter(verb="api.document-received", actor_id=erp.key.public_id).count() == 2


def test_what_is_said_of_it_is_checked_as_in_a_parcel(erp, alice):
    answer = erp.send_file(said(alice, client="unknown"), file=paper())

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/client"]
    assert not Document.objects.exists()


def test_a_harmful_file_is_refused(erp, alice):
    harmful = SimpleUploadedFile("pv.pdf", sample("pdfjs_js-buttons.pdf"), "application/pdf")

    answer = erp.send_file(said(alice), file=harmful)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/file"]


def test_a_file_that_the_antivirus_could_not_look_at_is_sent_again_later(erp, alice, monkeypatch):
    with monkeypatch.context() as busy:
        busy.setattr(storing, "scan", lambda _content: Verdict.UNKNOWN)
        first = erp.send_file(said(alice), file=paper(), idempotency_key="doc-1")
    second = erp.send_file(said(alice), file=paper(), idempotency_key="doc-1")

    assert (first.status_code, first.headers["Retry-After"], second.status_code) == (503, "10", 200)


def test_a_withdrawn_document_is_read_by_nobody(erp, alice):
    erp.send_file(said(alice), file=paper())

    first, second = erp.delete("documents/DOC-1"), erp.delete("documents/DOC-1")

    assert (first.status_code, second.status_code) == (204, 204)
    assert Document.objects.get().withdrawn_at is not None


def test_a_reference_may_hold_a_slash(erp, alice):
    erp.send_file(said(alice, reference="PV/2026"), file=paper())

    assert erp.delete("documents/PV%2F2026").status_code == 204
    assert Document.objects.get().withdrawn_at is not None


def test_the_same_file_sent_again_under_its_key_is_published_once(erp, alice):
    first = erp.send_file(said(alice), file=paper(), idempotency_key="doc-1")
    second = erp.send_file(said(alice), file=paper(), idempotency_key="doc-1")
    other = erp.send_file(said(alice), file=paper("pdf_form.pdf"), idempotency_key="doc-1")

    assert first.json() == second.json()
    assert second.headers["Idempotency-Replayed"] == "true"
    assert other.status_code == 409
