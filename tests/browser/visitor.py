"""Somebody in front of the portal, whatever their browser: the steps they take, in the words that they read."""

from abc import ABC, abstractmethod

from tests.browser.demonstration import Demonstration, Letter, Message

OWN_PASSWORD = "Tramway-Orange-42"
CONFIRM = "Confirmer mon adresse email"
CODE_SENT = "Votre code de connexion"
WHO = "Confirmez que c’est vous"
OFFER = "Voulez-vous vous connecter plus facilement\u202f?"


class Visitor(ABC):
    """One browser with its own cookies. A driver gives it hands and eyes; the steps below are written once."""

    demonstration: Demonstration

    # Looking

    @abstractmethod
    def opens(self, address: str) -> None:
        """Go to a path of the portal, or to a full address as it stands in a message."""

    @abstractmethod
    def reads(self, words: str) -> None:
        """The page shows these words, or soon will."""

    @abstractmethod
    def is_on(self, title: str) -> None:
        """The page's one main heading says so."""

    @abstractmethod
    def is_home(self) -> None:
        """The Accueil greets them."""

    @abstractmethod
    def keeps(self, name: str) -> None:
        """Keep a picture of the page among the artefacts."""

    # Doing

    @abstractmethod
    def presses(self, name: str) -> None:
        """Press the button of that name."""

    @abstractmethod
    def follows(self, name: str) -> None:
        """Follow the first link of that name."""

    @abstractmethod
    def goes_to(self, address: str) -> None:
        """Follow the first link of the page that leads to that address."""

    @abstractmethod
    def types(self, label: str, words: str) -> None:
        """Fill the field of that label."""

    # Whole steps

    def signs_in(self, identifier: str, password: str) -> None:
        self.opens("/connexion/")
        self.types("Identifiant", identifier)
        self.types("Mot de passe", password)
        self.presses("Connexion")

    def gives_code(self, email: str, *, after: int) -> None:
        """The second step: wait for the message, copy its code."""
        self.is_on(WHO)
        self.types("Code à 8 chiffres", self.demonstration.message(email, CODE_SENT, after=after).code)
        self.presses("Continuer")

    def comes_in(self, letter: Letter, password: str = "") -> None:
        """Sign in from a browser that is not known: the password, then the code of the message."""
        received = len(self.demonstration.arrived(letter.email, CODE_SENT))
        self.signs_in(letter.identifier, password or letter.password)
        self.gives_code(letter.email, after=received)

    def comes_to_work(self, letter: Letter) -> None:
        """Sign in as a member of the staff: the password, then the code that their telephone shows."""
        self.signs_in(letter.identifier, letter.password)
        self.is_on(WHO)
        self.follows("Utiliser le code de mon application")
        self.types("Code à 6 chiffres", self.demonstration.telephone_code(letter.identifier))
        self.presses("Continuer")

    def begins(self, letter: Letter) -> None:
        """From the first screen, with nothing typed there, to the question of the courriel."""
        self.opens("/connexion/")
        self.follows("Première Connexion")
        self.is_on("Première Connexion")
        self.types("Identifiant", letter.identifier)
        self.types("Mot de passe", letter.password)
        self.presses("Connexion")
        self.is_on("Votre courriel")

    def gives_address(self, email: str) -> Message:
        """Submit the courriel and wait for the message: another one, where that address has received some."""
        received = len(self.demonstration.arrived(email, "Confirmez votre adresse email"))
        self.types("Courriel", email)
        self.presses("Soumettre")
        self.is_on("Consultez votre boîte mail")
        return self.demonstration.message(email, "Confirmez votre adresse email", after=received)

    def confirms(self, message: Message) -> None:
        self.opens(message.link)
        self.is_on(CONFIRM)
        self.presses(CONFIRM)

    def arrives(self) -> None:
        """The end of a first connection: something easier is offered, which can wait; then the Accueil."""
        self.is_on(OFFER)
        self.follows("Plus tard")
        self.is_home()

    def chooses(self, password: str, again: str | None = None) -> None:
        self.types("Nouveau mot de passe", password)
        self.types("Confirmez le nouveau mot de passe", password if again is None else again)
        self.presses("Soumettre")
