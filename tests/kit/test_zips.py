"""A ZIP that leaves as it is made, and names that every system takes."""

import io
import zipfile

import pytest

from parvis.kit.zips import file_name, stream_zip


def read(members):
    return zipfile.ZipFile(io.BytesIO(b"".join(stream_zip(members))))


def test_members_come_out_as_they_went_in():
    with read([("Été.pdf", [b"un", b"deux"]), ("vide.txt", [])]) as archive:
        assert archive.testzip() is None
        assert [(name, archive.read(name)) for name in archive.namelist()] == [
            ("Été.pdf", b"undeux"),
            ("vide.txt", b""),
        ]


def test_no_member_hides_another():
    with read([("a.pdf", [b"1"]), ("A.pdf", [b"2"]), ("x/a.pdf", [b"3"]), ("a.pdf", [b"4"])]) as archive:
        assert archive.namelist() == ["a.pdf", "A (2).pdf", "x/a.pdf", "a (3).pdf"]


def test_bytes_leave_before_all_are_read():
    read_so_far = []

    def content():
        for piece in range(10):
            read_so_far.append(piece)
            yield bytes(1_000)

    pieces = stream_zip([("a.pdf", content())])
    next(pieces)

    assert len(read_so_far) == 1
    assert max(map(len, pieces)) < 2_000


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("C:\\temp\\a", "C temp a"),
        ("  . caché .  ", "caché"),
        ('a"b<c>d|e?f*', "a b c d e f"),
        ("ligne\r\nune\x00\u202e", "ligne une"),
        ("", "document"),
        ("é" * 500, "é" * 120),
    ],
)
def test_a_name_has_no_sign_that_a_system_forbids(text, name):
    assert file_name(text) == name
