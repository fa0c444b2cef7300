"""Problems that the people of the drill report: their photos sent, the report made, sometimes taken back."""

import hashlib
import io
import random
import re
import threading

from PIL import Image

from tools.drill.browser import Page
from tools.drill.people import DOOR, ComeBackLater, Nonsense, Visit, words_of

START = "/interventions/declarer/"
WHERE, WHAT, DESCRIBE = f"{START}ou/", f"{START}quoi/", f"{START}description/"
WHEN, CHECK = f"{START}disponibilites/", f"{START}verification/"
MOST_REPORTS = 8  # an hour for one person: fewer than the product lets through
PHOTOS = 2
SPOT = re.compile(r'name="spot"[^>]* value="(parties-communes-[a-z2-7]+)"|value="(parties-communes-[a-z2-7]+)"')
KEY = re.compile(r'name="sending_key" value="([a-z2-7]{26})"')
VERSION = re.compile(r'name="version" value="(\d+)"')
SLOT = re.compile(r'name="slot" value="([a-z2-7]{26})"')
CHANGED = ("a changé", "plus possible", "pas possible", "plus libre", "plus valable")
NOT_LOOKED_AT = "pas pu être vérifié"  # who looks at files was killed too: they are sent again
MADE = re.compile(r"/interventions/([a-z2-7]{26})/enregistree/")


class Cases:
    """What was reported so far, for those who follow it."""

    def __init__(self) -> None:
        self.known: list[str] = []
        self.lock = threading.Lock()

    def add(self, case: str) -> None:
        with self.lock:
            self.known.append(case)

    def draw(self, dice: random.Random) -> str:
        """One of them, or nothing yet; the older, the more often, so that some come to their end."""
        with self.lock:
            return self.known[int(len(self.known) * dice.random() ** 3)] if self.known else ""


def report_problem(visit: Visit) -> None:
    """A whole declaration; one whose last answer never came is sent again, and is still one."""
    person = visit.person
    if not person.report_key:
        answer_questions(visit)
        person.report_key = key_of(opened(visit, CHECK))
        visit.notebook.asked("report", person.report_key)
    page = opened(visit, CHECK)
    answer = visit.browser.ask("POST", CHECK, body=page.form(sending_key=person.report_key))
    visit.refuse_closed(answer)
    made = MADE.search(answer.location)
    if made is None:
        raise Nonsense(
            f"the report {person.report_key} leads to {answer.location or answer.status}: {words_of(answer)}"
        )
    visit.notebook.acknowledged("report", person.report_key)
    person.case, person.report_key = made.group(1), ""
    person.reports += 1


def answer_questions(visit: Visit) -> None:
    """One question a page; what was answered before a cut is answered again."""
    onward(visit, opened(visit, START), is_urgent="non")
    page = opened(visit, WHERE)
    spot = SPOT.search(page.text)
    if spot is None:
        raise Nonsense(f"no place to choose: {words_of(page)}")
    onward(visit, page, spot=spot.group(1) or spot.group(2), place="parking")
    onward(visit, opened(visit, WHAT), category="water")
    page = opened(visit, DESCRIBE)
    photos = [photo_of(visit.person.reference, visit.person.reports, rank) for rank in range(PHOTOS)]
    onward_with(visit, page, photos)
    onward(visit, opened(visit, WHEN), phone="")


def follow_case(visit: Visit, case: str, *, dice: random.Random) -> None:
    """Somebody looks at what they reported and does one of the things that its page offers."""
    page = opened(visit, f"/interventions/{case}/")
    ways = {"resolu": confirm, "creneau": choose_time, "annuler": cancel}
    offered = [name for name in ways if f"/interventions/{case}/{name}/" in page.text]
    if offered:
        ways[dice.choice(offered)](visit, case)


def confirm(visit: Visit, case: str) -> None:
    """« Le problème est résolu »."""
    gesture(visit, case, "resolu", verb="solved")


def choose_time(visit: Visit, case: str) -> None:
    """The first of the times that the firm offers."""
    gesture(visit, case, "creneau", verb="gesture", choice=SLOT)


def cancel(visit: Visit, case: str) -> None:
    gesture(visit, case, "annuler", verb="cancel", reason="Réparé")


def take_back(visit: Visit) -> None:
    """The last report is cancelled, once; an answer that never came is left at that."""
    case, visit.person.case = visit.person.case, ""
    cancel(visit, case)


def gesture(
    visit: Visit, case: str, name: str, *, verb: str, choice: "re.Pattern[str] | None" = None, **fields: str
) -> None:
    """A gesture of a client, unless the agency was quicker; `choice` finds a time on the page."""
    page = opened(visit, f"/interventions/{case}/{name}/")
    version, chosen = VERSION.search(page.text), choice.search(page.text) if choice else None
    if version is None or (choice and chosen is None):
        return
    what, picked = f"{version.group(1)} {name}", {"slot": chosen.group(1)} if chosen else {}
    visit.notebook.asked(verb, case, what)
    if judged(visit.browser.submit(page, version=version.group(1), **picked, **fields)):
        visit.notebook.acknowledged(verb, case, what)


def judged(answer: Page) -> bool:
    """Whether the gesture is acknowledged. Raises Nonsense unless it was, or somebody else was quicker."""
    if answer.leads_on:
        return True
    if NOT_LOOKED_AT in answer.text:
        raise ComeBackLater
    if any(words in answer.text for words in CHANGED):
        return False
    raise Nonsense(f"{answer.path} answers {answer.status}: {words_of(answer)}")


def opened(visit: Visit, path: str) -> Page:
    """That page, for whoever is still signed in."""
    page = visit.browser.get(path)
    if page.path.startswith(DOOR):
        raise ComeBackLater
    return page


def onward(visit: Visit, page: Page, **fields: str) -> None:
    answer = visit.browser.submit(page, **fields)
    if not answer.leads_on:
        raise Nonsense(f"{page.path} answers {answer.status}: {words_of(answer)}")


def onward_with(visit: Visit, page: Page, photos: list[bytes]) -> None:
    """The description, and the photos with it."""
    files = {f"photo-{rank}.jpg": content for rank, content in enumerate(photos)}
    judged(visit.browser.send_files(page, field="photos", files=files, description="De l’eau coule au plafond."))


def key_of(page: Page) -> str:
    found = KEY.search(page.text)
    if found is None:
        raise Nonsense(f"no declaration to check on {page.path}: {words_of(page)}")
    return found.group(1)


def photo_of(reference: str, report: int, rank: int) -> bytes:
    """A picture that nobody else sends."""
    digest = hashlib.sha256(f"{reference}-{report}-{rank}".encode()).digest()
    target = io.BytesIO()
    Image.frombytes("RGB", (4, 2), digest[:24]).resize((800, 400)).save(target, "JPEG")
    return target.getvalue()
