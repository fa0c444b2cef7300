"""§ Première Connexion in three engines: Chromium, Firefox ESR, WebKitGTK. One text, each with its scripts on."""

from contextlib import ExitStack

import pytest

from tests.browser.driven import DrivenVisitor
from tests.browser.engines import ENGINES
from tests.browser.visitor import CONFIRM, OWN_PASSWORD

pytestmark = pytest.mark.browser

NEXT_PASSWORD = "Funiculaire-Bleu-17"
FORGOTTEN = "Choisissez un nouveau mot de passe"


@pytest.fixture(params=["chromium", *ENGINES])
def engine(request):
    return request.param


@pytest.fixture
def somebody(engine, demonstration, request, tmp_path):
    """Make a visitor with a new profile of that engine."""
    with ExitStack() as open_browsers:

        def start():
            if engine == "chromium":
                return request.getfixturevalue("person_at")("desktop")
            profile = tmp_path / f"{engine}-{len(list(tmp_path.iterdir()))}"
            profile.mkdir()
            driver = open_browsers.enter_context(ENGINES[engine](profile))
            return DrivenVisitor(driver=driver, demonstration=demonstration, engine=engine)

        yield start


def test_from_the_letter_to_the_accueil_then_a_forgotten_password(somebody, demonstration, engine):
    letter, email = demonstration.letter("letter"), f"moteur.{engine}@exemple.fr"
    alice = somebody()

    alice.begins(letter)
    reads_the_mailbox(alice, alice.gives_address(email))
    alice.is_on(CONFIRM)
    alice.presses(CONFIRM)
    alice.is_on("Nouveau mot de passe")
    alice.types("Nouveau mot de passe", OWN_PASSWORD)
    alice.reads("4 règles sur 4 respectées.")
    alice.keeps("nouveau-mot-de-passe")
    alice.chooses(OWN_PASSWORD)
    alice.arrives()
    alice.keeps("accueil")

    elsewhere = somebody()
    forgets(elsewhere, letter)
    reads_the_mailbox(elsewhere, demonstration.message(email, FORGOTTEN))
    elsewhere.chooses(NEXT_PASSWORD)
    elsewhere.is_home()

    alice.opens("/")
    alice.is_on("Espace client")
    alice.signs_in(letter.identifier, OWN_PASSWORD)
    alice.reads("Identifiant ou mot de passe incorrect.")
    alice.signs_in(letter.identifier, NEXT_PASSWORD)
    alice.gives_code(email, after=0)
    alice.is_home()


def reads_the_mailbox(visitor, message):
    """Open the mailbox of the demonstration as a person would, and the link of that message."""
    visitor.opens("/demo/boite/")
    visitor.reads(message.to)
    visitor.goes_to(message.link)


def forgets(visitor, letter):
    visitor.opens("/connexion/")
    visitor.follows("Mot de passe oublié")
    visitor.is_on("Mot de passe oublié")
    visitor.types("Identifiant", letter.identifier)
    visitor.presses("Recevoir le lien")
    visitor.reads("un message vient de partir")
