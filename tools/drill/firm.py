"""The firms of the drill, who hold the link of an order: they offer times, send photos, say that it is done."""

import re
from urllib.parse import urlencode

from tools.drill.browser import Page
from tools.drill.notebook import Notebook
from tools.drill.patient import Actor, Patient
from tools.drill.population import FIRMS, firm_email
from tools.drill.postbag import Postbag
from tools.drill.reporting import judged, photo_of

LINK = re.compile(r"/o/([^/\s]+)/")
BOX = re.compile(r'name="slots" value="([^"]+)"')
GONE = 404
MOST_OFFERS, MOST_PAPERS = 2, 2
NEWEST = 6  # of the orders: those before were answered, or the agency did it
OFFERING, SENDING = 0.6, 0.25  # how often


class Firm(Actor):
    """Takes up one of the orders that came by courriel, and does what its page allows."""

    who = "firm"

    def __init__(self, *, port: int, postbag: Postbag, notebook: Notebook, seed: int) -> None:
        super().__init__(notebook=notebook, seed=f"{seed}-firm")
        self.browser = Patient(port=port, address="10.251.0.1")
        self.postbag = postbag
        self.over: set[str] = set()
        self.offers: dict[str, list[list[str]]] = {}
        self.papers: dict[str, int] = {}

    def orders(self) -> list[str]:
        """The links that are of some use still."""
        rows = [row for rank in range(FIRMS) for row in self.postbag.to(firm_email(rank))]
        tokens = dict.fromkeys(token for row in rows for token in LINK.findall(row["text"]))
        return [token for token in tokens if token not in self.over]

    def act(self) -> None:
        orders = self.orders()
        if orders:
            token = self.dice.choice(orders[-NEWEST:])
            self.take_up(token, self.browser.get(f"/o/{token}/"))

    def take_up(self, token: str, page: Page) -> None:
        """One of the things that the page of the order allows; nothing more by a link that has died."""
        boxes, papers = BOX.findall(page.text), self.papers.get(token, 0)
        if page.status == GONE:
            self.over.add(token)
        elif boxes and len(self.offers.get(token, [])) < MOST_OFFERS and self.dice.random() < OFFERING:
            self.offer(token, page, boxes)
        elif papers < MOST_PAPERS and self.dice.random() < SENDING:
            self.send_paper(token)
        elif f"/o/{token}/terminee/" in page.text:
            self.say_done(token)
        elif papers >= MOST_PAPERS:
            self.over.add(token)

    def offer(self, token: str, page: Page, boxes: list[str]) -> None:
        """Two times that were not offered yet."""
        known = {key for keys in self.offers.get(token, []) for key in keys}
        keys = self.dice.sample([key for key in boxes if key not in known], 2)
        self.offers.setdefault(token, []).append(keys)
        for key in keys:
            self.notebook.asked("slot", f"{token} {key}")
        fields = [("csrfmiddlewaretoken", page.token), *[("slots", key) for key in keys]]
        self.notebook.asked("offer", token)
        if judged(self.browser.ask("POST", page.path, body=urlencode(fields).encode())):
            self.notebook.acknowledged("offer", token)
            for key in keys:
                self.notebook.acknowledged("slot", f"{token} {key}")

    def send_paper(self, token: str) -> None:
        self.papers[token] = self.papers.get(token, 0) + 1
        self.send("paper", token, path="fichiers", rank=self.papers[token])

    def say_done(self, token: str) -> None:
        """The work is done, with a photo of it."""
        self.notebook.asked("done", token)
        if self.send("paper", token, path="terminee", rank=0):
            self.notebook.acknowledged("done", token)

    def send(self, verb: str, token: str, *, path: str, rank: int) -> bool:
        page = self.browser.get(f"/o/{token}/{path}/")
        if page.status == GONE:
            return False
        self.notebook.asked(verb, token, str(rank))
        files = {"photo.jpg": photo_of(token, 0, rank)}
        is_done = judged(self.browser.send_files(page, field="photos", files=files))
        if is_done:
            self.notebook.acknowledged(verb, token, str(rank))
        return is_done
