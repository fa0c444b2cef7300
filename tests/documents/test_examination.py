"""What comes in is looked at for what it is: scripts, attachments, two natures, bombs, damage."""

import contextlib
import io
import sys
import zipfile
import zlib

import pikepdf
import pytest

from parvis.documents import examiner
from parvis.documents.examiner import FileRefused, check, read_text
from tests.documents.factories import SAMPLES, sample


@pytest.fixture(autouse=True, scope="module")
def _end_the_process():
    yield
    examiner.stop()


AS_IS = {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}


def pdf_with(change):
    """A blank page, and what `change` does to the PDF."""
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate, **AS_IS)
    return written.getvalue()


def action(**said):
    def change(pdf):
        pdf.Root.OpenAction = pikepdf.Dictionary(**said)

    return change


def hidden_action(pdf):
    """A script in a list, in a dictionary, of an annotation: no reference leads to it."""
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    pdf.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=script)])


def bomb(pdf):
    packed = zlib.compress(b"\0" * (310 * 1024 * 1024), 9)
    pdf.Root.Bomb = pikepdf.Stream(pdf, packed, Filter=pikepdf.Name.FlateDecode)


def bomb_in_bomb(pdf):
    packed = zlib.compress(zlib.compress(b"\0" * 10_000_000))
    names = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
    pdf.Root.Bomb = pikepdf.Stream(pdf, packed, Filter=names)


def with_archive_behind(content):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.exe", b"MZ")
    return content + packed.getvalue()


def refusal_of(content, name="document.pdf"):
    with pytest.raises(FileRefused) as refused:
        check(content, name=name)
    return refused.value.message


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("pdf_password.pdf", "mot de passe"),
        ("pdf_form.pdf", "formulaire"),
        ("pdfjs_js-buttons.pdf", "JavaScript"),
        ("pdfjs_poppler-85140-0.pdf", "abîmé"),
        ("svg_script_1.svg", "ni un PDF"),
        ("xss.htm", "ni un PDF"),
        ("zip_symlink_etc_passwd.zip", "ni un PDF"),
    ],
)
def test_samples_that_are_refused(name, reason):
    assert reason in refusal_of(sample(name), name)


@pytest.mark.parametrize("name", ["pdf_minimal.pdf", "pdf_with_attachment.pdf", "pdfjs_helloworld-bad.pdf"])
def test_samples_that_are_taken_open_and_carry_nothing_else(name):
    checked = check(sample(name), name=name)

    with pikepdf.open(io.BytesIO(checked.content)) as pdf:
        assert len(pdf.pages) == 1
        assert not pdf.attachments
        assert not pdf.get_warnings()


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir()))
def test_no_sample_makes_any_harm(name):
    with contextlib.suppress(FileRefused):
        checked = check(sample(name), name=name)
        assert checked.media_type == "image/jpeg" or read_text(checked.content).text

    assert check(sample("pdf_minimal.pdf"), name="a.pdf").opens_inline


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (action(S=pikepdf.Name.JavaScript, JS="app.alert(1)"), "JavaScript"),
        (action(S=pikepdf.Name.Launch, F="cmd.exe"), "lance un programme"),
        (hidden_action, "JavaScript"),
        (bomb, "trop lourd"),
        (bomb_in_bomb, "trop lourd"),
    ],
)
def test_programs_and_bombs_are_refused_wherever_they_hide(change, reason):
    assert reason in refusal_of(pdf_with(change))


def test_going_to_a_page_or_to_a_site_is_fine():
    goto = pdf_with(lambda pdf: action(S=pikepdf.Name.GoTo, D=pikepdf.Array([pdf.pages[0].obj]))(pdf))
    site = pdf_with(action(S=pikepdf.Name.URI, URI="https://exemple.fr/"))

    assert check(goto, name="a.pdf").content == goto
    assert check(site, name="a.pdf").content == site


@pytest.mark.parametrize(
    "content",
    [
        with_archive_behind(pdf_with(lambda _pdf: None)),
        b"%PDF-1.4 <html><script>alert(1)</script>\n" + pdf_with(lambda _pdf: None)[9:],
        pdf_with(lambda _pdf: None) + b"\n<script>alert(1)</script>",
    ],
)
def test_a_pdf_that_is_something_else_too_is_refused(content):
    assert "cache un autre fichier" in refusal_of(content)


@pytest.mark.parametrize("name", ["document.exe", "document", "document.pdf.html", "photo.jpg"])
def test_the_name_must_tell_what_it_is(name):
    assert "ne dit pas ce qu’est ce fichier" in refusal_of(sample("pdf_minimal.pdf"), name)


def test_empty_and_too_large_are_refused():
    assert "vide" in refusal_of(b"")
    assert "100" in refusal_of(b"%PDF-" + bytes(examiner.LARGEST_BYTES))


def test_a_picture_keeps_nothing_of_where_it_was_taken():
    checked = check(sample("photo_canon_40D.jpg"), name="photo.JPG")

    assert (checked.media_type, checked.opens_inline) == ("image/jpeg", False)
    assert b"Exif" in sample("photo_canon_40D.jpg")
    assert b"Exif" not in checked.content


def test_a_page_without_words_is_told_as_scanned():
    assert read_text(pdf_with(lambda _pdf: None)).is_scanned
    assert not read_text(sample("pdf_minimal.pdf")).is_scanned
    assert "Lorem ipsum" in read_text(sample("pdf_minimal.pdf")).text


@pytest.mark.parametrize("program", ["raise SystemExit(1)", "import time; time.sleep(30)", "print('nothing of use')"])
def test_a_process_that_falls_or_takes_too_long_harms_nobody(monkeypatch, program):
    examiner.stop()
    with monkeypatch.context() as patch:
        patch.setattr(examiner, "COMMAND", [sys.executable, "-c", program])
        patch.setitem(examiner.SECONDS, "check", 0.5)
        assert "pas pu être vérifié" in refusal_of(sample("pdf_minimal.pdf"))

    assert check(sample("pdf_minimal.pdf"), name="a.pdf").opens_inline
