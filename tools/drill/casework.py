"""What the staff of the drill do with the cases that were reported: every move of the machine, messages, photos."""

import datetime as dt
import re

from tools.drill.browser import Page
from tools.drill.notebook import Notebook
from tools.drill.reporting import KEY, VERSION, Cases, judged, photo_of
from tools.drill.staff import Member, first

CASES = "/gestion/interventions/"
FIRM = re.compile(r'<option value="([a-z2-7]{26})"')
FIXED = "Le rendez-vous est fixé"
WRITING, CHOOSING = 0.12, 0.6  # how often, where it can be done
WEIGHTS = {
    "prendre-en-charge": 6,
    "mandater": 12,
    "fixer-le-rendez-vous": 1,
    "replanifier": 1,
    "commencer": 1,
    "terminer": 1,
    "reprendre": 6,
    "mettre-en-attente": 1,
    "rouvrir": 1,
    "clore": 1,
}


class Manager(Member):
    """Opens one of the cases that were reported, and makes a gesture that its page offers."""

    def __init__(self, known: dict[str, str], *, port: int, cases: Cases, notebook: Notebook, seed: int) -> None:
        super().__init__(known, port=port, notebook=notebook, seed=seed)
        self.cases = cases
        self.written = 0

    def act(self) -> None:
        case = self.cases.draw(self.dice)
        if case:
            self.take_up(case, self.opened(f"{CASES}{case}/"))

    def take_up(self, case: str, page: Page) -> None:
        """One of the gestures that the page of the case offers."""
        slots = re.findall(rf"{CASES}{case}/creneaux/([a-z2-7]{{26}})/", page.text)
        offered = [slug for slug in WEIGHTS if f"{CASES}{case}/faire/{slug}/" in page.text]
        if self.dice.random() < WRITING:
            self.write(case, page)
        elif slots and self.dice.random() < CHOOSING:
            self.choose(case, page, slot=self.dice.choice(slots))
        elif offered:
            self.move(case, slug=self.dice.choices(offered, [WEIGHTS[slug] for slug in offered])[0])

    def move(self, case: str, *, slug: str) -> None:
        page = self.opened(f"{CASES}{case}/faire/{slug}/")
        if not page.path.endswith(f"/{slug}/"):
            return  # somebody else was quicker: the page leads back to the case
        version = first(VERSION, page)
        what = f"{version} {slug}"
        self.notebook.asked("gesture", case, what)
        if judged(self.browser.submit(page, version=version, **self.typed(slug, page))):
            self.notebook.acknowledged("gesture", case, what)

    def typed(self, slug: str, page: Page) -> dict[str, str]:
        """What the page of that gesture asks."""
        day = str(dt.date.today() + dt.timedelta(days=self.dice.randint(2, 9)))  # noqa: DTZ011 -- any day to come
        return {
            "mandater": {"supplier": self.dice.choice(FIRM.findall(page.text) or [""]), "order": "Réparer la fuite."},
            "fixer-le-rendez-vous": {"on": day, "begins": "09:00", "ends": "11:00"},
            "replanifier": {"reason": "L’entreprise est retenue."},
            "mettre-en-attente": {"reason": "Pièce commandée", "until": day},
            "rouvrir": {"reason": "La fuite revient."},
        }.get(slug, {})

    def choose(self, case: str, page: Page, *, slot: str) -> None:
        """A time that the firm offered; the page that follows says whether it was taken."""
        version = first(VERSION, page)
        self.notebook.asked("gesture", case, f"{version} creneau")
        there = Page(path=f"{CASES}{case}/creneaux/{slot}/", status=200, text=page.text)
        if FIXED in self.browser.follow(self.browser.submit(there, version=version)).text:
            self.notebook.acknowledged("gesture", case, f"{version} creneau")

    def write(self, case: str, page: Page) -> None:
        """A message with a photo."""
        key, self.written = first(KEY, page), self.written + 1
        if not key:
            return
        self.notebook.asked("case-message", key)
        there = Page(path=f"{CASES}{case}/messages/", status=200, text=page.text)
        files = {"photo.jpg": photo_of(self.who, self.written, 0)}
        fields = {"audience": "everyone", "body": f"Message {self.written}", "sending_key": key}
        if judged(self.browser.send_files(there, field="photos", files=files, **fields)):
            self.notebook.acknowledged("case-message", key)
