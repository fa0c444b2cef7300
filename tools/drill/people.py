"""The people of the drill: each does one thing at a time, looks at the page they are on, and goes on from there."""

import dataclasses
import re
from typing import Any

from tools.drill.browser import Browser, Page
from tools.drill.notebook import Notebook
from tools.drill.postbag import Postbag

HOME, DOOR, FIRST_DOOR = "/", "/connexion/", "/premiere-connexion/"
EMAIL, MAILBOX, AGAIN = (
    "/premiere-connexion/courriel/",
    "/premiere-connexion/messagerie/",
    "/premiere-connexion/confirmee/",
)
OWN_PASSWORD, FORGOTTEN, LINK = "/premiere-connexion/mot-de-passe/", "/mot-de-passe-oublie/", "/c/"
SESSION = "__Host-session"
CODE_SUBJECT = "Votre code de connexion"
CONFIRM_SUBJECT, RESET_SUBJECT = "Confirmez votre adresse", "Choisissez un nouveau mot de passe"
ALREADY_OPEN, WRONG = "Vous en avez choisi un", "ou mot de passe incorrect"
ASKS_CODE = re.compile(r'<input[^>]* name="code"')
EIGHT_DIGITS = re.compile(r"\b(\d{4})[\s\u00a0\u202f]?(\d{4})\b")
MOST_STEPS = 12
MAIL_COMES_WITHIN = 4.0  # seconds; else the person comes back later
MOST_FORGOTTEN = 3  # an hour for one account, as the product has it


class ComeBackLater(Exception):
    """A message has not arrived yet, or a door is closed for a while."""


class Nonsense(Exception):
    """The product said what cannot be true."""


@dataclasses.dataclass(kw_only=True)
class Person:
    """A client: what opens their first connection, the courriel they give, what they have chosen since.

    `doubtful` is a password that was sent and whose answer never came; `links_before`, how many links to choose another
    had arrived when one was asked for that has not. `report_key` names a report whose answer has not come, `case` the
    last that was made.
    """

    reference: str
    secret: str
    email: str
    is_former: bool
    browser: Browser
    password: str = ""
    doubtful: str = ""
    forgot: int = 0
    links_before: int | None = None
    choices: int = 0
    reports: int = 0
    report_key: str = ""
    case: str = ""

    @property
    def is_in(self) -> bool:
        return bool(self.password)

    @property
    def is_waiting_for_link(self) -> bool:
        return self.links_before is not None and not self.doubtful

    @property
    def may_forget(self) -> bool:
        return self.forgot < MOST_FORGOTTEN and not self.doubtful

    def choose(self) -> str:
        """Another password that the rules accept."""
        self.choices += 1
        return f"Tramway-Orange-{self.choices}-{sum(map(ord, self.reference)) * 7919 + self.choices}"

    def settle(self, password: str) -> None:
        self.password, self.doubtful = password, ""


class Visit:
    """One person in front of the product. Every method raises NoAnswer when it is away."""

    def __init__(self, person: Person, *, notebook: Notebook, postbag: Postbag) -> None:
        self.person = person
        self.browser = person.browser
        self.notebook = notebook
        self.postbag = postbag
        self.steps = {
            EMAIL: self.give_address,
            MAILBOX: self.press_link,
            AGAIN: self.type_password_again,
            OWN_PASSWORD: self.choose_password,
        }

    # First connection

    def connect_first(self) -> None:
        """From the first door to the inside, from wherever an earlier visit got to."""
        page = self.browser.get(FIRST_DOOR)
        self.ask_for_access()
        answer = self.ask("start", page, identifier=self.person.reference, password=self.person.secret)
        if ALREADY_OPEN in answer.text:
            return self.believe_open()
        return self.walk(self.arrive(answer))

    def ask_for_access(self) -> None:
        """Whoever has a password of the former portal may be let in by any of the steps."""
        if self.person.is_former:
            self.notebook.asked("access", self.person.reference)
            self.notebook.asked("sign-in", self.person.reference)
            self.notebook.asked("password", self.person.reference, self.person.secret)

    def believe_open(self) -> None:
        """The code says that the access was opened: true only if a password was sent."""
        if not self.person.doubtful:
            raise Nonsense("the code is said to be spent, no password was sent")
        self.person.password = self.person.doubtful

    def walk(self, page: Page) -> None:
        """Do what each page asks, until inside."""
        for _ in range(MOST_STEPS):
            if is_inside(page.path):
                return self.person.settle(self.person.password or self.person.secret)
            if page.path == DOOR:
                raise ComeBackLater
            step = self.type_code if ASKS_CODE.search(page.text) else self.steps.get(page.path)
            if step is None:
                raise Nonsense(f"led to {page.path} ({page.status})")
            page = step(page)
        raise ComeBackLater

    def give_address(self, page: Page) -> Page:
        return self.browser.follow(self.ask("address", page, what=self.person.email, email=self.person.email))

    def press_link(self, _page: Page) -> Page:
        """Wait for the message, open its link, press its button."""
        page, token = self.open_link(CONFIRM_SUBJECT, after=0)
        if not page.path.startswith(LINK):
            return page
        self.ask_for_access()
        return self.arrive(self.ask("link", page, what=token))

    def type_password_again(self, page: Page) -> Page:
        self.ask_for_access()
        return self.arrive(self.ask("again", page, password=self.person.secret))

    def choose_password(self, page: Page) -> Page:
        self.notebook.asked("access", self.person.reference)
        return self.arrive(self.send_password("again", page))

    def arrive(self, answer: Page) -> Page:
        """Follow the answer; if it leads inside, the access was opened."""
        if answer.leads_on and is_inside(answer.location):
            person = self.person
            settled = person.secret if person.is_former else person.doubtful
            self.notebook.acknowledged("access", person.reference)
            self.notebook.acknowledged("password", person.reference, settled)
            person.settle(settled)
        return self.browser.follow(answer)

    # Sign-in

    def sign_in(self, *, is_known_browser: bool) -> None:
        """With the password, or with one whose answer never came; then the first page must open."""
        if is_known_browser:
            self.browser.cookies.pop(SESSION, None)
        else:
            self.browser = Browser(port=self.browser.port, address=self.browser.address)
        for password in filter(None, (self.person.doubtful, self.person.password)):
            page, codes = self.browser.get(DOOR), len(self.codes())
            self.notebook.asked("sign-in", self.person.reference)
            answer = self.browser.submit(page, identifier=self.person.reference, password=password)
            if answer.leads_on:
                return self.enter(answer, password=password, codes=codes)
            self.refuse_closed(answer)
            if WRONG not in answer.text:
                raise Nonsense(f"the door answers {answer.status} without a reason")
        raise Nonsense("no password opens the door")

    def enter(self, answer: Page, *, password: str, codes: int) -> None:
        """The password was right; a browser that is not known yet is asked for a code, one more than those before."""
        self.person.settle(password)
        page = None if is_inside(answer.location) else self.browser.follow(answer)
        if page is not None and ASKS_CODE.search(page.text):
            answer = self.send_code(page, after=codes)
        if not is_inside(answer.location):
            raise Nonsense(f"signed in, led to {answer.location}")
        self.notebook.acknowledged("sign-in", self.person.reference)
        self.notebook.acknowledged("password", self.person.reference, password)
        if not is_inside(self.browser.get(HOME).path):
            raise Nonsense("signed in, and the session is lost")

    def type_code(self, page: Page) -> Page:
        return self.browser.follow(self.send_code(page, after=0))

    def codes(self) -> list[dict[str, Any]]:
        """The messages that brought a code so far."""
        return [row for row in self.postbag.to(self.person.email) if CODE_SUBJECT in row["subject"]]

    def send_code(self, page: Page, *, after: int) -> Page:
        """Type the code of the newest message; it may be one that came late, and opens nothing any more."""
        found = self.postbag.wait(self.person.email, words=CODE_SUBJECT, after=after, seconds=MAIL_COMES_WITHIN)
        digits = EIGHT_DIGITS.search(found[-1]["text"]) if len(found) > after else None
        if digits is None:
            raise ComeBackLater
        self.notebook.asked("code", self.person.reference)
        answer = self.browser.submit(page, code="".join(digits.groups()))
        if not answer.leads_on:
            raise ComeBackLater
        self.notebook.acknowledged("code", self.person.reference)
        return answer

    # Forgotten password

    def forget_password(self) -> None:
        """Ask for a link, unless one is on its way; wait for it, choose another password."""
        self.browser.cookies.pop(SESSION, None)
        if self.person.links_before is None:
            page = self.browser.get(FORGOTTEN)
            links = [row for row in self.postbag.to(self.person.email) if RESET_SUBJECT in row["subject"]]
            self.person.forgot += 1
            self.ask("forgotten", page, identifier=self.person.reference)
            self.person.links_before = len(links)
        page, token = self.open_link(RESET_SUBJECT, after=self.person.links_before)
        self.person.links_before = None
        self.notebook.asked("reset", self.person.reference)
        answer = self.send_password("link", page, what=token)
        if answer.leads_on:
            self.notebook.acknowledged("reset", self.person.reference)
            self.notebook.acknowledged("password", self.person.reference, self.person.doubtful)
            self.person.settle(self.person.doubtful)

    # What the steps share

    def ask(self, verb: str, page: Page, *, what: str = "", **fields: str) -> Page:
        """Send a form; an answer that leads on acknowledges it."""
        self.notebook.asked(verb, self.person.reference, what)
        answer = self.browser.submit(page, **fields)
        self.refuse_closed(answer)
        if answer.leads_on:
            self.notebook.acknowledged(verb, self.person.reference, what)
        elif ALREADY_OPEN not in answer.text:
            raise Nonsense(f"{page.path} answers {answer.status}: {words_of(answer)}")
        return answer

    def send_password(self, verb: str, page: Page, *, what: str = "") -> Page:
        """Choose a password; until the answer comes nobody knows whether it is theirs."""
        chosen = self.person.doubtful = self.person.choose()
        self.notebook.asked("password", self.person.reference, chosen)
        return self.ask(verb, page, what=what, new_password=chosen, new_password_again=chosen)

    def refuse_closed(self, answer: Page) -> None:
        if answer.status == 429:
            raise ComeBackLater

    def open_link(self, words: str, *, after: int) -> tuple[Page, str]:
        """The page of the newest link that still leads somewhere, and its token."""
        found = self.postbag.wait(self.person.email, words=words, after=after, seconds=MAIL_COMES_WITHIN)
        for row in reversed(found[after:]):
            for token in row["links"]:
                page = self.browser.get(f"{LINK}{token}")
                if not page.path.startswith(LINK) or f'action="{page.path}"' in page.text:
                    return page, token
        raise ComeBackLater


def is_inside(path: str) -> bool:
    """Whether only a signed-in person is led there."""
    return not path.startswith((DOOR, FIRST_DOOR, FORGOTTEN, LINK))


def words_of(page: Page) -> str:
    """What a page says, in short."""
    body = page.text.partition("<main")[2] or page.text
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())[:300]
