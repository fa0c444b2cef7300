"""Whether the product answers, asked all the time."""

import dataclasses
import threading
import time
from collections.abc import Callable

from tools.drill.browser import Browser, NoAnswer, Page

EVERY = 0.1  # seconds


@dataclasses.dataclass(frozen=True, kw_only=True)
class Visit:
    """One request: when it was sent (seconds since 1970), how long it took, whether it was served."""

    at: float
    seconds: float
    is_good: bool


class Probe(threading.Thread):
    """Asks for one page again and again, until told to stop."""

    def __init__(self, ask: Callable[[], Page], *, every: float = EVERY) -> None:
        super().__init__(daemon=True)
        self.ask = ask
        self.every = every
        self.visits: list[Visit] = []
        self.is_over = threading.Event()

    def run(self) -> None:
        while not self.is_over.wait(self.every):
            self.visits.append(measured(self.ask))

    def stop(self) -> list[Visit]:
        self.is_over.set()
        self.join()
        return self.visits


def measured(ask: Callable[[], Page]) -> Visit:
    at, started = time.time(), time.monotonic()
    try:
        page = ask()
        is_good = page.status < 400
    except NoAnswer:
        is_good = False
    return Visit(at=at, seconds=time.monotonic() - started, is_good=is_good)


def readiness(port: int) -> Probe:
    """« Can clients be served? », as a supervisor asks it."""
    browser = Browser(port=port, address="10.255.0.1")
    return Probe(lambda: browser.ask("GET", "/sante/prete"))
