"""Somebody who presses again until they are answered, and the threads that play such people."""

import random
import threading
import time

from tools.drill.browser import URLENCODED, Browser, NoAnswer, Page
from tools.drill.notebook import Notebook
from tools.drill.people import ComeBackLater, Nonsense

INSISTS_FOR = 60.0  # seconds, far above the time without pages after a kill
BEFORE_AGAIN = 0.4


class Patient(Browser):
    """The same request, to the letter, until there is an answer: what was sent twice must have been done once."""

    repeated = 0

    def ask(self, method: str, path: str, *, body: bytes = b"", media_type: str = URLENCODED) -> Page:
        """Raises Nonsense when the product stays away, or says for ever that it cannot now."""
        deadline = time.monotonic() + INSISTS_FOR
        while True:
            try:
                return super().ask(method, path, body=body, media_type=media_type)
            except NoAnswer as error:
                if time.monotonic() > deadline:
                    raise Nonsense(f"{method} {path}: no answer in {INSISTS_FOR:.0f} s, {error}") from error
            self.repeated += method == "POST"
            time.sleep(BEFORE_AGAIN)


class Actor(threading.Thread):
    """Somebody who makes one gesture after another until it is over."""

    who = "actor"
    pause = 0.4  # seconds at most between two gestures

    def __init__(self, *, notebook: Notebook, seed: str) -> None:
        super().__init__(daemon=True)
        self.notebook = notebook
        self.dice = random.Random(seed)  # noqa: S311 -- no secret
        self.is_over = threading.Event()

    def run(self) -> None:
        while not self.is_over.wait(self.dice.uniform(0, self.pause)):
            try:
                self.act()
            except ComeBackLater:
                continue
            except Nonsense as error:
                self.notebook.nonsense("visit", self.who, str(error))

    def act(self) -> None:
        """One gesture, to its end."""
        raise NotImplementedError

    def stop(self) -> None:
        self.is_over.set()
        self.join()
