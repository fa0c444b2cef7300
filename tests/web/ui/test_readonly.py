"""A page that is only shown cannot change a row."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from parvis.web.ui.readonly import ReadOnlyPagesMiddleware, WriteOnGet, is_read, writes_on_get

CHANGES = [
    "INSERT INTO notes (text) VALUES ('x')",
    "  update notes set text = 'x'",
    "DELETE FROM notes",
    "WITH old AS (SELECT 1) DELETE FROM notes",
    " (WITH old AS (SELECT 1) DELETE FROM notes)",
    "WITH gone AS (DELETE FROM notes RETURNING *) SELECT * FROM gone",
    "TRUNCATE notes",
    "COPY notes FROM STDIN",
    "MERGE INTO notes USING other ON true WHEN MATCHED THEN DELETE",
    "CREATE TABLE notes (text text)",
    "PRAGMA user_version = 3",
]
READS = [
    "SELECT 1",
    "(SELECT 1) UNION ALL (SELECT 2)",
    "WITH recent AS (SELECT 1) SELECT * FROM recent",
    "SAVEPOINT s1",
    "RELEASE SAVEPOINT s1",
]


@pytest.fixture
def notes(db):
    """A table of the test alone."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE notes (text varchar(10))")
        yield
        cursor.execute("DROP TABLE notes")


def add_note(_request):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO notes (text) VALUES ('x')")
    return HttpResponse("fait")


@writes_on_get
def add_note_when_asked(request):
    return add_note(request)


def answer(view, *, method):
    """Send one request through the middleware, as Django does."""
    request = RequestFactory().generic(method, "/")
    middleware = ReadOnlyPagesMiddleware(
        lambda asked: middleware.process_view(asked, view, (), {}) or view(asked),
    )
    return middleware(request)


@pytest.mark.parametrize("statement", CHANGES)
def test_statement_that_changes_rows_is_recognised(statement):
    assert not is_read(statement)


@pytest.mark.parametrize("statement", READS)
def test_statement_that_reads_is_recognised(statement):
    assert is_read(statement)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_page_that_is_shown_cannot_write(notes, method):
    with pytest.raises(WriteOnGet, match="INSERT INTO notes"):
        answer(add_note, method=method)


def test_form_that_is_sent_writes(notes):
    response = answer(add_note, method="POST")

    assert response.status_code == 200


def test_marked_view_writes(notes):
    response = answer(add_note_when_asked, method="GET")

    assert response.status_code == 200


def test_next_request_is_not_held_back(notes):
    with pytest.raises(WriteOnGet):
        answer(add_note, method="GET")

    assert answer(add_note, method="POST").status_code == 200
