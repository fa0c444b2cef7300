"""The printed letter: its structure, what stands where, and whatever name a client has."""

import datetime as dt
import io
import json

import pikepdf
import pytest
import zxingcpp
from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTTextLine
from PIL import Image

from parvis.kit.pdf import compiler_of, showable
from parvis.people.actions.letters import draw_letters
from parvis.people.letter_document import TEMPLATE, address_lines, letters_content, letters_pdf
from tests.factories import AgencyFactory, ClientFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 23)
ADDRESS = {"street": "12 rue des Acacias", "postal_code": "75017", "city": "Paris"}
NARROW, WIDE = "\u202f", "\u00a0"


def printed(**client):
    agency = AgencyFactory(host="espace.exemple.fr")
    drawn = draw_letters(clients=[ClientFactory(agency=agency, **{**ADDRESS, **client})])
    return drawn[0], letters_pdf(drawn, agency=agency, day=DAY)


def lines_of(page):
    """Each line of a page with its box in millimetres from the upper left corner: text, left, top, right, bottom."""
    millimetres = 25.4 / 72
    for line in texts_in(page):
        left, low, right, high = (length * millimetres for length in line.bbox)
        yield " ".join(line.get_text().split()), left, 297 - high, right, 297 - low


def texts_in(box):
    for child in box:
        if isinstance(child, LTTextLine):
            yield child
        elif hasattr(child, "__iter__"):
            yield from texts_in(child)


def layout_of(pdf):
    return [
        list(lines_of(page))
        for page in extract_pages(io.BytesIO(pdf), laparams=LAParams(char_margin=4, word_margin=0.2))
    ]


def pages_of(pdf):
    """The text of each page, its lines joined."""
    return [" ".join(line[0] for line in page) for page in layout_of(pdf)]


def test_letter_says_all_that_opens_the_first_connection():
    drawn, pdf = printed(customer_reference="10427835")

    (text,) = pages_of(pdf)

    for piece in ("10427835", drawn.code, drawn.key, f"http://espace.exemple.fr{drawn.path}", "01 00 00 00 00"):
        assert piece in text
    assert "Bonjour Madame Fontaine," in text
    for label in ("« Première Connexion »", "« Connexion »", "« Soumettre »", "« Confirmer mon adresse email »"):
        assert label in text
    assert "du lundi au vendredi" in text
    assert "Paris, le 23 novembre 2026" in text


def test_document_is_tagged_french_and_declares_its_standards():
    _, pdf = printed()

    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_metadata() as metadata:
        root = document.Root
        declared = metadata["pdfuaid:part"], metadata["pdfaid:part"], metadata["pdfaid:conformance"]
        kinds = {str(node.S) for node in structure(root.StructTreeRoot.K)}
        alternatives = [str(node.Alt) for node in structure(root.StructTreeRoot.K) if "/Alt" in node]

    assert declared == ("1", "2", "A")
    assert root.MarkInfo.Marked
    assert str(root.Lang) == "fr-FR"
    assert root.ViewerPreferences.DisplayDocTitle
    assert {"/H1", "/H2", "/L", "/LI", "/P", "/Figure"} <= kinds
    assert [text[:19] for text in alternatives] == ["Code à photographie"]


def structure(node):
    """Every element below a node of the structure tree."""
    children = node if isinstance(node, pikepdf.Array) else [node]
    for child in children:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            if "/K" in child:
                yield from structure(child.K)


def test_each_client_has_one_page_with_their_own_secrets():
    agency = AgencyFactory(host="espace.exemple.fr")
    drawn = draw_letters(clients=ClientFactory.create_batch(3, agency=agency))

    pages = pages_of(letters_pdf(drawn, agency=agency, day=DAY))

    assert len(pages) == 3
    for each, page in zip(drawn, pages, strict=True):
        assert each.code in page
        assert all(other.token not in page for other in drawn if other is not each)


def test_address_stands_in_the_window_and_nothing_else_does():
    _, pdf = printed(address_extra="Bâtiment B, escalier 2", country="Belgique", company_name="SCI Les Acacias")
    expected = "SCI Les Acacias Madame Alice Fontaine Bâtiment B, escalier 2 12 RUE DES ACACIAS 75017 PARIS BELGIQUE"

    (page,) = layout_of(pdf)
    always_shown = [text for text, *box in page if box[0] >= 100 and box[2] <= 190 and box[1] >= 55 and box[3] <= 79]
    ever_shown = [text for text, *box in page if box[2] > 90 and box[0] < 200 and box[3] > 44 and box[1] < 90]

    assert " ".join(always_shown) == expected
    assert ever_shown == always_shown


def test_qr_code_opens_the_short_link():
    agency = AgencyFactory(host="espace.exemple.fr")
    (drawn,) = draw_letters(clients=[ClientFactory(agency=agency)])
    content = json.dumps(letters_content([drawn], agency=agency, day=DAY))

    page = compiler_of(TEMPLATE).compile(format="png", ppi=120, sys_inputs={"content": content})

    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page)))
    assert code.text == f"http://espace.exemple.fr/l/{drawn.token}"


@pytest.mark.parametrize(
    "client",
    [
        {"last_name": "d’Été-Œuvray Ġħ", "first_name": "Zoé"},
        {"last_name": "田中", "first_name": "😀"},
        {"last_name": "</text>#let x = 1 *gras* $x$ \\ `code`", "first_name": "<script>"},
        {"last_name": "N\u0001om\u202e\ufffe\u200b", "first_name": "\u0301"},
        {"last_name": "Trèslongnom " * 9, "street": "une voie au nom interminable " * 5},
        {"customer_reference": "A" * 40},
        {"civility": "", "first_name": "", "last_name": "", "company_name": "SARL " + "X" * 150},
    ],
)
def test_any_name_prints_on_one_page(client):
    drawn, pdf = printed(**client)

    (text,) = pages_of(pdf)

    assert drawn.code in text


def test_what_a_person_typed_is_text_and_never_typst():
    _, pdf = printed(last_name="#sys.inputs *gras* $x$")

    assert "#sys.inputs *gras* $x$" in pages_of(pdf)[0]


def test_sign_without_glyph_becomes_its_nearest():
    assert showable("ﬁn Ⅳ 田 e\u0301 \u202fà\u00a0b\u0000") == "fin IV ? é \u202fà\u00a0b"


def test_address_has_its_lines_and_no_empty_one():
    client = ClientFactory.build(company_name="SCI Les Acacias", civility="", first_name="", last_name="", **ADDRESS)

    assert list(address_lines(client)) == ["SCI Les Acacias", "12 RUE DES ACACIAS", "75017 PARIS"]
