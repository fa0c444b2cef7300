"""The short link and the QR code of a letter."""

from parvis.people.models import Letter
from tests.factories import ClientFactory
from tests.web.entrance.cast import letter_for

TOKEN = "abcdefghijklmnopqrstuvwxyz"


def test_short_link_opens_the_first_connection_with_the_identifiant(browser, agency):
    letter_for(ClientFactory(agency=agency, customer_reference="10 427 999"), token=TOKEN)

    page = browser.get(f"/l/{TOKEN}").content.decode()

    assert "<h1>Première Connexion</h1>" in page
    assert 'value="10 427 999"' in page


def test_short_link_changes_nothing(browser, agency):
    letter = letter_for(ClientFactory(agency=agency), token=TOKEN)

    browser.get(f"/l/{TOKEN}")
    browser.head(f"/l/{TOKEN}")

    assert Letter.objects.values("uses", "wrong_tries", "ended_at").get(pk=letter.pk) == {
        "uses": 0,
        "wrong_tries": 0,
        "ended_at": None,
    }
    assert browser.post(f"/l/{TOKEN}").status_code == 405


def test_link_of_a_dead_letter_opens_the_same_page_without_the_identifiant(browser, agency):
    letter_for(ClientFactory(agency=agency, customer_reference="10427999"), token=TOKEN, age_days=31)

    page = browser.get(f"/l/{TOKEN}").content.decode()

    assert "Ce lien n’est plus valable." in page
    assert "10427999" not in page
