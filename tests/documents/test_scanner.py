"""What comes in is scanned where the site has clamd: attachments, invoices, documents."""

import pytest

from parvis.documents.actions import FileRefused, keep
from tests.documents.clamd import Clamd, down
from tests.documents.factories import sample

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("word", "is_kept"), [("OK", True), ("Eicar FOUND", False), ("ERROR", False)])
def test_file_is_kept_when_the_scanner_says_so(settings, word, is_kept):
    clamd = Clamd(word)
    settings.CLAMD_ADDRESS = clamd.address

    try:
        keep(sample("pdf_minimal.pdf"), name="facture.pdf")
    except FileRefused:
        kept = False
    else:
        kept = True
    finally:
        clamd.server.close()

    assert kept is is_kept


def test_file_is_sent_again_later_while_the_scanner_is_down(settings):
    down(settings)

    with pytest.raises(FileRefused, match="renvoyez ce fichier"):
        keep(sample("pdf_minimal.pdf"), name="facture.pdf")


def test_what_parvis_makes_is_not_scanned(settings):
    down(settings)

    assert keep(b"%PDF-1.7 ours", name="quittance.pdf", is_ours=True).pk
