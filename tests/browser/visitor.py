"""Somebody in front of the portal, whatever their browser: the steps they take, in the words that they read."""

from abc import ABC, abstractmethod

from tests.browser.demonstration import Demonstration, Letter, Message

OWN_PASSWORD = "Tramway-Orange-42"
CONFIRM = "Confirmer mon adresse email"


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
        """Submit the courriel and wait for the message."""
        self.types("Courriel", email)
        self.presses("Soumettre")
        self.is_on("Consultez votre boîte mail")
        return self.demonstration.message(email, "Confirmez votre adresse email")

    def confirms(self, message: Message) -> None:
        self.opens(message.link)
        self.is_on(CONFIRM)
        self.presses(CONFIRM)

    def chooses(self, password: str, again: str | None = None) -> None:
        self.types("Nouveau mot de passe", password)
        self.types("Confirmez le nouveau mot de passe", password if again is None else again)
        self.presses("Soumettre")
