"""§ Forced change and « Mot de passe oublié »: four rules, a live checklist, a link that works once."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import CODE_SENT, OWN_PASSWORD

pytestmark = pytest.mark.browser

RULES = ("Au moins 8 caractères", "Au moins 1 majuscule", "Au moins 1 chiffre", "Au moins 1 caractère spécial")
TOO_EASY = "Ce mot de passe est trop facile à deviner. Choisissez-en un autre."


@pytest.fixture
def choosing(alice, demonstration, size, request):
    """Alice, in front of the page where the password must be changed, and her letter."""
    letter = demonstration.letter("letter")
    alice.begins(letter)
    alice.confirms(alice.gives_address(f"{request.node.originalname[5:40]}.{size}@exemple.fr"))
    alice.reads("Vous devez changer votre mot de passe.")
    return alice, letter


def test_checklist_follows_what_is_typed(choosing):
    alice, _ = choosing
    for rule in RULES:
        alice.reads(rule)

    alice.types("Nouveau mot de passe", "longueur")
    expect(alice.page.get_by_text("(respecté)")).to_have_count(1)
    alice.types("Nouveau mot de passe", "Longueur4")
    expect(alice.page.get_by_text("(respecté)")).to_have_count(3)
    alice.reads("3 règles sur 4 respectées.")
    alice.types("Nouveau mot de passe", "Longueur4#")

    expect(alice.page.get_by_text("(respecté)")).to_have_count(4)
    alice.keeps("nouveau-mot-de-passe-respecte")


def test_two_different_passwords_are_not_saved(choosing):
    alice, _ = choosing

    alice.chooses(OWN_PASSWORD, again=OWN_PASSWORD + "!")

    alice.reads("Les 2 mots de passe ne sont pas identiques.")
    alice.keeps("nouveau-mot-de-passe-differents")
    alice.opens("/")
    alice.does_not_read("Vos comptes")


def test_weak_passwords_are_refused_with_a_reason(choosing):
    alice, letter = choosing

    for password, reason in (
        ("Tramway-Orange", "Ajoutez au moins 1 chiffre."),
        ("tramway-orange-42", "Ajoutez au moins 1 majuscule."),
        ("TramwayOrange42", "Ajoutez au moins 1 caractère spécial."),
        ("Tr-42", "Utilisez au moins 8 caractères."),
        ("Azerty123!", TOO_EASY),
        (f"A-{letter.identifier}", TOO_EASY),
        (f"A-{letter.password}", TOO_EASY),
    ):
        alice.chooses(password)
        alice.reads(reason)

    alice.chooses("Ééé" + "ÉtéÀ-Ōsaka 42 " * 8)
    alice.arrives()


def test_forgotten_password_is_replaced_and_other_sessions_end(alice, elsewhere, demonstration, size):
    letter, subject = demonstration.letter("active"), "Choisissez un nouveau mot de passe"
    received = len(demonstration.arrived(letter.email, subject))
    elsewhere.comes_in(letter)
    elsewhere.is_home()
    alice.opens("/connexion/")

    alice.follows("Mot de passe oublié")
    alice.is_on("Mot de passe oublié")
    alice.types("Identifiant", letter.identifier)
    alice.keeps("mot-de-passe-oublie")
    alice.presses("Recevoir le lien")
    alice.reads("Si cet identifiant est connu et qu’une adresse mail est enregistrée, un message vient de partir.")
    alice.keeps("mot-de-passe-oublie-envoye")
    message = demonstration.message(letter.email, subject, after=received)
    alice.opens(message.link)
    alice.chooses(OWN_PASSWORD)
    alice.is_home()

    elsewhere.opens("/")
    elsewhere.is_on("Espace client")
    received = len(demonstration.arrived(letter.email, CODE_SENT))
    elsewhere.signs_in(letter.identifier, OWN_PASSWORD)
    elsewhere.gives_code(letter.email, after=received)
    elsewhere.is_home()
    demonstration.message(letter.email, "Votre mot de passe a été modifié")
    alice.opens(message.link)
    expect(alice.page.get_by_label("Nouveau mot de passe", exact=True)).to_have_count(0)


def test_unknown_identifiant_is_answered_alike(alice, demonstration):
    letter = demonstration.active()
    answers = []

    for identifier in (letter.identifier, "98 765 431"):
        alice.opens("/mot-de-passe-oublie/")
        alice.types("Identifiant", identifier)
        alice.presses("Recevoir le lien")
        alice.reads("Si cet identifiant est connu")
        answers.append(alice.page.inner_text("main").replace(identifier, "…"))

    assert answers[0] == answers[1]


def test_somebody_never_activated_still_needs_the_code(alice, demonstration):
    letter = demonstration.letter("letter", with_email=True)
    alice.opens("/mot-de-passe-oublie/")
    alice.types("Identifiant", letter.identifier)

    alice.presses("Recevoir le lien")
    message = demonstration.message(letter.email, "")
    alice.opens(message.link)

    alice.is_on("Première Connexion")
    expect(alice.page.get_by_label("Nouveau mot de passe", exact=True)).to_have_count(0)


def test_no_address_known_is_never_a_dead_end(alice, demonstration):
    letter = demonstration.letter("no-email")
    alice.opens("/mot-de-passe-oublie/")
    alice.types("Identifiant", letter.identifier)
    alice.presses("Recevoir le lien")

    alice.reads("Aucune adresse mail enregistrée ?")
    alice.follows("Nous n’avons pas votre adresse mail")

    alice.is_on("Nous n’avons pas votre adresse mail")
    alice.reads("Appelez votre agence")
    alice.reads("Vos documents restent envoyés par courrier, comme aujourd’hui.")
    alice.keeps("pas-d-adresse-mail")
    alice.page.get_by_text("Imprimer le formulaire").first.click()
    alice.page.wait_for_load_state()
    alice.keeps("formulaire-a-imprimer")
