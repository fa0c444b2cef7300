"""One document: its bytes, whole or in part, its real name, and nothing that could run in it."""

import datetime as dt

import pytest

from parvis.documents.actions import withdraw
from parvis.documents.models import StoredFile
from parvis.kit.storage import CHUNK_BYTES, document_storage
from tests.documents.factories import NAUGHTY, SYSTEM, published
from tests.factories import ClientFactory, CouncilSeatFactory, LotFactory

CONTENT = b"%PDF-1.4\n" + bytes(range(256)) * 4


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def document(alice):
    return published(CONTENT, client=alice, title="Convocation AG Les Acacias", dated_on=dt.date(2026, 11, 18))


@pytest.fixture
def path(document):
    return f"/documents/{document.public_id}/"


def test_a_pdf_opens_in_place_under_its_real_name(signed_in, path):
    response = signed_in.get(path)

    assert (response.status_code, body(response)) == (200, CONTENT)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="2026-11-18 Convocation AG Les Acacias.pdf"'
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"
    assert response["Accept-Ranges"] == "bytes"


def test_accents_and_forbidden_signs_of_a_title(signed_in, alice):
    document = published(client=alice, title='Procès-verbal : "été" 2026/2027\r\nX: y', dated_on=dt.date(2026, 1, 2))

    header = signed_in.get(f"/documents/{document.public_id}/")["Content-Disposition"]

    assert (
        header == "inline; filename*=utf-8''2026-01-02%20Proc%C3%A8s-verbal%20%C3%A9t%C3%A9%202026%202027%20X%20y.pdf"
    )


def test_what_is_no_pdf_is_an_attachment(signed_in, document, path):
    StoredFile.objects.filter(pk=document.file_id).update(media_type="image/png", opens_inline=False)

    response = signed_in.get(path)

    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Type"] == "image/png"


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("0-9", 0, 10), ("10-", 10, None), ("-5", -5, None), ("0-99999", 0, None), ("5-5", 5, 6), ("-99999", 0, None)],
)
def test_a_piece_is_sent(signed_in, path, asked, start, stop):
    response = signed_in.get(path, headers={"range": f"bytes={asked}"})

    expected = CONTENT[start:stop]
    first = CONTENT.index(expected) if start >= 0 else len(CONTENT) + start
    assert (response.status_code, body(response)) == (206, expected)
    assert response["Content-Length"] == str(len(expected))
    if start >= 0:
        assert response["Content-Range"] == f"bytes {start}-{start + len(expected) - 1}/{len(CONTENT)}"
    else:
        assert response["Content-Range"] == f"bytes {first}-{len(CONTENT) - 1}/{len(CONTENT)}"


@pytest.mark.parametrize("asked", ["99999-", "9-2", "-0", "-", "0-1,4-5", "a-b", f"{'9' * 40}-"])
def test_a_piece_that_does_not_exist_is_refused(signed_in, path, asked):
    response = signed_in.get(path, headers={"range": f"bytes={asked}"})

    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(CONTENT)}"


def test_another_unit_is_passed_over(signed_in, path):
    assert signed_in.get(path, headers={"range": "pages=1-2"}).status_code == 200


def test_a_download_goes_on_only_in_the_same_file(signed_in, path):
    etag = signed_in.get(path)["ETag"]

    same = signed_in.get(path, headers={"range": "bytes=5-", "if-range": etag})
    other = signed_in.get(path, headers={"range": "bytes=5-", "if-range": '"autre"'})

    assert (same.status_code, body(same)) == (206, CONTENT[5:])
    assert (other.status_code, body(other)) == (200, CONTENT)


def test_who_has_it_is_told_so(signed_in, path):
    response = signed_in.get(path, headers={"if-none-match": signed_in.get(path)["ETag"]})

    assert (response.status_code, response.content) == (304, b"")


def test_head_gives_the_headers_alone(signed_in, path):
    response = signed_in.head(path)

    assert (response.status_code, body(response)) == (200, b"")
    assert response["Content-Length"] == str(len(CONTENT))


def test_it_leaves_in_small_pieces(signed_in, alice):
    document = published(b"%PDF-1.4\n" + bytes(5 * CHUNK_BYTES), client=alice)

    response = signed_in.get(f"/documents/{document.public_id}/")

    assert response.streaming
    assert max(map(len, response.streaming_content)) == CHUNK_BYTES


def test_a_file_that_is_gone_is_told_before_the_answer_begins(signed_in, document, path):
    document_storage().delete(document.file.storage_name)

    with pytest.raises(FileNotFoundError):
        signed_in.get(path)


def test_a_copied_link_does_not_exist_for_somebody_else(signed_in, alice):
    others = published(client=ClientFactory(agency=alice.agency))

    assert signed_in.get(f"/documents/{others.public_id}/").status_code == 404


def test_what_is_withdrawn_does_not_exist_any_more(signed_in, document, path):
    withdraw(document, by=SYSTEM)

    assert signed_in.get(path).status_code == 404


def test_a_council_paper_closes_with_the_term(signed_in, alice, today):
    seat = CouncilSeatFactory(client=alice, building=LotFactory(building__agency=alice.agency).building, ends_on=today)
    document = published(building=seat.building, audience="council")
    path = f"/documents/{document.public_id}/"

    during = signed_in.get(path).status_code
    seat.ends_on = today - dt.timedelta(days=1)
    seat.save()

    assert (during, signed_in.get(path).status_code) == (200, 404)


def test_the_cost_is_fixed(document, path, queries_of, signed_in):
    assert len(queries_of(path)) <= 4


def test_naughty_titles_stay_harmless_names(signed_in, alice):
    document = published(client=alice)
    for text in NAUGHTY:
        type(document).objects.filter(pk=document.pk).update(title=text[:200])
        header = signed_in.get(f"/documents/{document.public_id}/")["Content-Disposition"]
        assert header.startswith("inline; filename")
        assert header.isprintable()
        assert "/" not in header.removeprefix("inline; filename*=utf-8''")
