"""§ Letters: a new one is drawn, its code to photograph opens the first connection, and the former one is dead."""

import re

import pytest
from pdfminer.high_level import extract_text
from playwright.sync_api import expect

from tests.browser.visitor import OWN_PASSWORD

pytestmark = pytest.mark.browser

LINK = re.compile(r"http://\S+/l/[a-z0-9]+")
CODE = re.compile(r"^\d(?: ?\d){5}$", re.MULTILINE)

RAISE = "from parvis.people.actions.shield import raise_shield; raise_shield(wrong_codes=51, identifiers=21)"
LOWER = "from parvis.people.models import SiteShield; SiteShield.objects.all().delete()"


@pytest.fixture
def issued(demonstration, tmp_path):
    """A client without a known address, their former letter, and the link and code of the new one."""
    former = demonstration.letter("no-email")
    paper = tmp_path / "lettre.pdf"
    demonstration.manage(
        "issue_letters", "--agency", former.agency, "--client", former.identifier, "--output", str(paper)
    )
    words = extract_text(paper)
    return former, LINK.search(words).group(), CODE.search(words).group().replace(" ", "")


def test_new_letter_starts_again_and_the_former_one_is_dead(alice, issued, demonstration, size):
    former, link, code = issued

    alice.opens(link)
    alice.is_on("Première Connexion")
    expect(alice.page.get_by_label("Identifiant", exact=True)).to_have_value(former.identifier)
    alice.keeps("lien-de-la-lettre")
    alice.types("Mot de passe", former.password)
    alice.presses("Connexion")
    alice.does_not_read("Votre courriel")
    alice.types("Mot de passe", code)
    alice.presses("Connexion")
    alice.is_on("Votre courriel")
    alice.confirms(alice.gives_address(f"nouvelle.lettre.{size}@exemple.fr"))
    alice.chooses(OWN_PASSWORD)

    alice.arrives()
    alice.opens(link)
    alice.does_not_read(former.identifier)


def test_while_codes_are_tried_at_random_the_key_is_asked_and_the_qr_code_is_enough(alice, issued, demonstration):
    former, link, code = issued
    demonstration.manage("shell", "-c", RAISE)
    try:
        alice.opens("/premiere-connexion/")
        alice.reads("Les 4\u00a0signes imprimés à côté de votre identifiant, sur la lettre.")
        alice.keeps("cle-de-la-lettre")
        alice.types("Identifiant", former.identifier)
        alice.types("Mot de passe", code)
        alice.presses("Connexion")
        alice.reads("Renseignez la clé de 4\u00a0signes.")

        alice.opens(link)
        alice.types("Mot de passe", code)
        alice.presses("Connexion")

        alice.is_on("Votre courriel")
    finally:
        demonstration.manage("shell", "-c", LOWER)
