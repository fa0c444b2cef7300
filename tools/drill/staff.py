"""The staff in front of the product: the password, the code of their telephone, then their own gestures."""

import re
import time

import pyotp

from tools.drill.browser import Page
from tools.drill.notebook import Notebook
from tools.drill.patient import Actor, Patient
from tools.drill.people import DOOR, Nonsense, words_of

BY_APPLICATION = "/connexion/verification/application/"
DESK = "/gestion/"


class Member(Actor):
    """A member of the staff, who signs in before anything is killed."""

    def __init__(self, known: dict[str, str], *, port: int, notebook: Notebook, seed: int) -> None:
        super().__init__(notebook=notebook, seed=f"{seed}-{known['name']}")
        self.who = known["name"]
        self.known = known
        self.browser = Patient(port=port, address="10.250.0.1")

    def sign_in(self) -> None:
        """Raises Nonsense when the password and the code of the telephone do not lead to the desk."""
        page = self.browser.get(DOOR)
        answer = self.browser.submit(page, identifier=self.known["email"], password=self.known["password"])
        page = self.browser.get(BY_APPLICATION) if answer.leads_on else answer
        code = pyotp.TOTP(self.known["secret"]).at(int(time.time()))
        answer = self.browser.submit(page, code=code)
        if not answer.leads_on or not self.opened(DESK).path.startswith(DESK):
            raise Nonsense(f"{self.who} does not come in: {words_of(answer)}")

    def opened(self, path: str) -> Page:
        page = self.browser.get(path)
        if page.path.startswith(DOOR):
            raise Nonsense(f"{self.who}: the session is lost")
        return page


def first(pattern: "re.Pattern[str]", page: Page) -> str:
    """What the page holds there, or nothing."""
    found = pattern.search(page.text)
    return found.group(1) if found else ""
