"""§ « Ce n’est pas moi », several identifiants, a courriel that changes: from the messages that people receive."""

import pytest

from tests.browser.visitor import OWN_PASSWORD

pytestmark = pytest.mark.browser

OTHER_ADDRESS = "Une autre adresse vient d’être confirmée"
NOT_YOU = "Ce n’est pas vous\u202f?"
BLOCK = "Bloquer l’accès"
BLOCKED = "L’accès est bloqué"
CHANGE_ASKED = "Un changement de courriel est demandé"
CONFIRM_NEW = "Confirmer mon nouveau courriel"
CANCEL = "Annuler le changement"


def opens_an_access(person, letter, email):
    """The first connection from end to end."""
    person.begins(letter)
    person.confirms(person.gives_address(email))
    person.chooses(OWN_PASSWORD)
    person.arrives()


def begun_by_a_thief(thief, demonstration, name):
    """A letter that somebody else opened with an address of theirs; the message that its holder receives."""
    letter = demonstration.letter("letter", with_email=True)
    received = len(demonstration.arrived(letter.email, OTHER_ADDRESS))
    thief.begins(letter)
    thief.confirms(thief.gives_address(f"voleur.de.lettre.{name}@exemple.fr"))
    thief.reads("Vous devez changer votre mot de passe.")
    return letter, demonstration.message(letter.email, OTHER_ADDRESS, after=received)


def test_known_address_blocks_an_access_that_somebody_else_opens(alice, elsewhere, demonstration, size):
    letter, message = begun_by_a_thief(elsewhere, demonstration, size)
    assert len(message.link) <= 76

    alice.opens(message.link)
    alice.is_on(NOT_YOU)
    alice.keeps("ce-n-est-pas-moi")
    alice.presses(BLOCK)

    alice.is_on(BLOCKED)
    alice.keeps("acces-bloque")
    elsewhere.chooses(OWN_PASSWORD)
    elsewhere.is_on("Espace client")
    elsewhere.signs_in(letter.identifier, letter.password)
    elsewhere.reads("Identifiant ou mot de passe incorrect.")
    assert letter.identifier in demonstration.manage("frozen_accesses", "--agency", letter.agency)


def test_access_is_blocked_without_any_script(person_at, elsewhere, demonstration, size):
    _, message = begun_by_a_thief(elsewhere, demonstration, f"sans.script.{size}")
    alice = person_at(size, java_script_enabled=False)

    alice.opens(message.link)
    alice.presses(BLOCK)

    alice.is_on(BLOCKED)


def test_pages_of_the_freeze_in_the_dark(person_at, elsewhere, demonstration, size):
    _, message = begun_by_a_thief(elsewhere, demonstration, f"sombre.{size}")
    alice = person_at(size, color_scheme="dark")

    alice.opens(message.link)
    alice.keeps("ce-n-est-pas-moi-sombre")
    alice.presses(BLOCK)

    alice.is_on(BLOCKED)
    alice.keeps("acces-bloque-sombre")


def test_two_letters_open_with_one_access_until_one_is_detached(alice, demonstration, size):
    first, second = demonstration.letter("letter"), demonstration.letter("letter")
    opens_an_access(alice, first, f"deux.lettres.{size}@exemple.fr")

    alice.opens("/profil/connexion/")
    alice.goes_to("/profil/connexion/identifiants/")
    alice.follows("Rattacher un autre identifiant")
    alice.keeps("rattacher")
    alice.types("Identifiant", second.identifier)
    alice.types("Mot de passe de cet identifiant", second.password)
    alice.presses("Rattacher")

    alice.is_on("Mes identifiants")
    alice.reads(f"L’identifiant {second.identifier} est rattaché.")
    alice.keeps("identifiants")
    alice.follows(f"Détacher l’identifiant {second.identifier}")
    alice.keeps("detacher")
    alice.presses("Détacher")
    alice.reads(f"L’identifiant {second.identifier} est détaché.")


def test_wrong_secret_of_another_identifiant_attaches_nothing(alice, demonstration, size):
    first, second = demonstration.letter("letter"), demonstration.letter("letter")
    opens_an_access(alice, first, f"mauvais.secret.{size}@exemple.fr")

    alice.opens("/profil/connexion/identifiants/rattacher/")
    alice.types("Identifiant", second.identifier)
    alice.types("Mot de passe de cet identifiant", "Pas-le-bon-1")
    alice.presses("Rattacher")

    alice.reads("Identifiant ou mot de passe incorrect.")
    alice.keeps("rattacher-refuse")


def test_new_access_waits_before_its_courriel_may_change(alice, demonstration, size):
    opens_an_access(alice, demonstration.letter("letter"), f"patience.{size}@exemple.fr")

    alice.opens("/profil/connexion/courriel/")

    alice.is_on("Encore un peu de patience")
    alice.reads("sera possible à partir du")
    alice.keeps("attente-de-securite")


def test_courriel_changes_and_the_former_one_takes_it_back(alice, elsewhere, demonstration, size):
    letter, new = demonstration.letter("letter", with_email=True), f"nouveau.{size}@exemple.fr"
    opens_an_access(alice, letter, letter.email)
    received = len(demonstration.arrived(letter.email, CHANGE_ASKED))

    alice.opens("/profil/connexion/courriel/")
    alice.types("Nouveau courriel", new)
    alice.presses("Envoyer le lien")
    alice.reads("En attente de confirmation")
    alice.keeps("changer-de-courriel")
    alice.opens(demonstration.message(new, "Confirmez votre nouveau courriel").link)
    alice.is_on(CONFIRM_NEW)
    alice.keeps("confirmer-le-nouveau-courriel")
    alice.presses(CONFIRM_NEW)
    alice.reads(f"Votre courriel est désormais {new}.")
    elsewhere.opens(demonstration.message(letter.email, CHANGE_ASKED, after=received).link)
    elsewhere.is_on(CANCEL)
    elsewhere.keeps("annuler-le-changement")
    elsewhere.presses(CANCEL)

    elsewhere.is_on("Le changement est annulé")
    elsewhere.keeps("changement-annule")
    alice.opens("/profil/")
    alice.is_on("Espace client")
