"""Mes documents: by month, under their headings, found by words, chosen for a ZIP."""

import datetime as dt
import io
import zipfile

import pytest
from django.utils import timezone

from parvis.compliance.models import LegalState
from parvis.documents.models import Archive, StoredFile
from tests.documents.factories import NAUGHTY, many, published
from tests.factories import AccountFactory, ClientFactory

PATH = "/documents/"


def page_of(browser, **asked):
    return " ".join(browser.get(PATH, asked).content.decode().replace("\xa0", " ").replace("\u202f", " ").split())


@pytest.fixture
def papers(alice, home):
    """Three of Alice's, and one of somebody else's."""
    published(client=ClientFactory(agency=alice.agency), title="Bail de Charlie", kind="lease")
    return [
        published(
            b"%PDF-1.4\n" + bytes(96_000), client=alice, title="Appel de charges, 1er trimestre 2027", kind="funds_call"
        ),
        published(building=home.building, title="Carnet d’entretien de l’immeuble", kind="maintenance_log"),
        published(
            building=home.building,
            title="Procès-verbal de l’assemblée générale",
            dated_on=dt.date(2025, 12, 9),
            published_at=timezone.now() - dt.timedelta(days=30),
        ),
    ]


def test_documents_stand_by_month_with_what_they_are(signed_in, papers):
    page = page_of(signed_in)

    months = [page.index(month) for month in ("Novembre 2026</h2>", "Décembre 2025</h2>")]
    assert months == sorted(months)
    assert f'href="/documents/{papers[0].public_id}/">Appel de charges, 1er trimestre 2027</a>' in page
    assert "18 novembre 2026</time>. PDF, 96 Ko." in page
    assert "Bail de Charlie" not in page


def test_what_is_new_says_so_for_ten_days(signed_in, papers):
    assert page_of(signed_in).count("Nouveau.") == 2


def test_headings_count_and_narrow(signed_in, papers):
    page = page_of(signed_in)
    narrowed = page_of(signed_in, categorie="immeuble")

    for heading in ("Tous", "Appels de fonds", "Immeuble"):
        assert f"{heading} <span" in page
    assert "Gestion locative" not in page
    assert "Carnet d’entretien de l’immeuble</a>" in narrowed
    assert "Appel de charges, 1er trimestre 2027</a>" not in narrowed


@pytest.mark.parametrize(
    "query", ["carnet", "CARNETS", "entretien immeuble", "acacias carnet", "carnet 2026", "carnt", "imeuble entretien"]
)
def test_words_find_titles_headings_places_and_years(signed_in, papers, query):
    page = page_of(signed_in, q=query)

    assert "Carnet d’entretien de l’immeuble</a>" in page
    assert "Appel de charges, 1er trimestre 2027</a>" not in page


def test_a_mistake_is_forgiven_and_said(signed_in, papers):
    page = page_of(signed_in, q="asemblée")

    assert "Aucun document pour « asemblée ». Vouliez-vous dire <a" in page
    assert "« assemblée »</a> ?" in page
    assert "Procès-verbal de l’assemblée générale</a>" in page


def test_words_of_the_text_are_found_too(signed_in, papers):
    StoredFile.objects.filter(pk=papers[0].file_id).update(words=" chaudiere vanne ")

    assert "Appel de charges, 1er trimestre 2027</a>" in page_of(signed_in, q="chaudières")


def test_nothing_found_shows_the_way_back(signed_in, papers):
    page = page_of(signed_in, q="piscine")

    assert "Aucun document pour « piscine »." in page
    assert "Voir tous les documents" in page


def test_a_word_of_somebody_else_is_never_suggested(signed_in, papers, alice):
    published(client=ClientFactory(agency=alice.agency), title="Sommation de payer")

    assert "sommation" not in page_of(signed_in, q="somation")


def test_no_document_yet(signed_in):
    assert "Vos documents apparaîtront ici dès que votre agence les publiera." in page_of(signed_in)


def test_a_scanned_document_says_so(signed_in, papers):
    StoredFile.objects.filter(pk=papers[0].file_id).update(is_scanned=True)

    assert page_of(signed_in).count("Document scanné, version lisible sur demande.") == 1


def test_what_the_law_wants_and_is_missing_keeps_its_heading(signed_in, alice, home):
    published(client=alice, kind="funds_call")
    AccountFactory(client=alice, building=home.building)
    LegalState.objects.create(
        agency=alice.agency,
        building=home.building,
        code="maintenance_log",
        status="missing",
        began_on=dt.date(2026, 1, 1),
    )

    assert "Immeuble <span" in page_of(signed_in)
    assert "Le carnet d’entretien n’est pas encore en ligne. Demandez-le à votre agence." in page_of(
        signed_in, categorie="immeuble"
    )


def test_older_ones_are_a_page_away(signed_in, papers):
    many(30, like=papers[0])

    assert "Afficher les documents plus anciens" in page_of(signed_in)
    assert "Procès-verbal de l’assemblée générale</a>" in page_of(signed_in, page="2")
    assert "Procès-verbal de l’assemblée générale</a>" in page_of(signed_in, page="999999999999999999999")


@pytest.mark.parametrize("asked", [{}, {"q": "appel"}, {"q": "apel"}, {"categorie": "appels"}])
def test_the_cost_does_not_grow(signed_in, papers, assert_flat, asked):
    path = PATH + "?" + "&".join(f"{name}={value}" for name, value in asked.items())

    assert_flat(path, lambda: many(1_000, like=papers[0]))


def test_naughty_words_do_no_harm(signed_in, alice):
    document = published(client=alice)
    for text in NAUGHTY:
        type(document).objects.filter(pk=document.pk).update(title=text[:200])
        assert signed_in.get(PATH, {"q": text, "categorie": text, "page": text}).status_code == 200
        assert "<script>alert" not in page_of(signed_in)


def test_a_selection_is_one_zip_with_real_names(signed_in, papers):
    response = signed_in.post("/documents/selection/", {"document": [paper.public_id for paper in papers]})

    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == [
            "2025-12-09 Procès-verbal de l’assemblée générale.pdf",
            "2026-11-18 Appel de charges, 1er trimestre 2027.pdf",
            "2026-11-18 Carnet d’entretien de l’immeuble.pdf",
        ]
    assert response["Content-Disposition"].startswith("attachment; filename")


def test_two_of_one_name_are_both_there(signed_in, papers):
    many(1, like=papers[0])
    ids = [papers[0].public_id, type(papers[0]).objects.get(reference__endswith="-0").public_id]

    response = signed_in.post("/documents/selection/", {"document": ids})

    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        assert [name[-8:] for name in archive.namelist()] == ["2027.pdf", " (2).pdf"]


def test_nothing_chosen_asks_to_choose(signed_in, papers):
    assert "Choisissez au moins un document." in signed_in.post(
        "/documents/selection/", follow=True
    ).content.decode().replace("\xa0", " ")


def test_somebody_elses_paper_is_left_out_of_a_selection(signed_in, alice):
    others = published(client=ClientFactory(agency=alice.agency))

    signed_in.post("/documents/selection/", {"document": [others.public_id]})

    assert not Archive.objects.exists()
    assert signed_in.post("/documents/selection/", {"document": [others.public_id]}).status_code == 302
