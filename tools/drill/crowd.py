"""Several visits at a time: a person is taken from the crowd, comes back to it, and is never in two places."""

import random
import threading
from collections import deque

from tools.drill.browser import Browser, NoAnswer
from tools.drill.notebook import Notebook
from tools.drill.people import ComeBackLater, Nonsense, Person, Visit
from tools.drill.population import FORMER_PASSWORD, email_of, is_former, reference_of
from tools.drill.postbag import Postbag
from tools.drill.reporting import MOST_REPORTS, report_problem, take_back

PAUSE = 0.1
PATIENCE = (0.3, 1.0)  # seconds before one more try
MOST_PENDING = 12  # people in the middle of a first connection, before another begins
INSIDERS, UNKNOWN_BROWSERS, FORGETFUL = 0.4, 0.2, 0.4  # how often
REPORTING, TAKING_BACK = 0.5, 0.4  # of those who are inside


def people_of(codes: dict[str, str], *, clients: int, port: int) -> list[Person]:
    """Every client, in front of a browser of their own."""
    return [
        Person(
            reference=reference_of(rank),
            secret=f"{FORMER_PASSWORD}{rank}" if is_former(rank) else codes[reference_of(rank)],
            email=email_of(rank),
            is_former=is_former(rank),
            browser=Browser(port=port, address=f"10.{rank // 250}.{rank % 250}.1"),
        )
        for rank in range(clients)
    ]


class Crowd:
    """Who waits in front of the product, and the threads that play them."""

    def __init__(self, people: list[Person], *, notebook: Notebook, postbag: Postbag, seed: int, at_once: int) -> None:
        self.newcomers = deque(people)
        self.pending: deque[Person] = deque()
        self.insiders: deque[Person] = deque()
        self.notebook = notebook
        self.postbag = postbag
        self.lock = threading.Lock()
        self.is_over = threading.Event()
        self.threads = [
            threading.Thread(target=self.play, args=(random.Random(f"{seed}-{rank}"),), daemon=True)  # noqa: S311
            for rank in range(at_once)
        ]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.is_over.set()
        for thread in self.threads:
            thread.join()

    def play(self, dice: random.Random) -> None:
        while not self.is_over.is_set():
            person = self.take(dice)
            if person is not None:
                self.visit(person, dice)
                self.give_back(person)
            self.is_over.wait(dice.uniform(0, PAUSE))

    def take(self, dice: random.Random) -> Person | None:
        """Somebody who has an access, somebody in the middle of a first connection, else somebody new."""
        with self.lock:
            begun = self.pending if len(self.pending) >= MOST_PENDING else self.newcomers
            line = self.insiders if self.insiders and dice.random() < INSIDERS else begun
            return line.popleft() if line else None

    def give_back(self, person: Person) -> None:
        with self.lock:
            (self.insiders if person.is_in else self.pending).append(person)

    def let_go(self, number: int) -> list[Person]:
        """So many of those who have an access leave the crowd."""
        with self.lock:
            return [self.insiders.popleft() for _ in range(number)]

    def visit(self, person: Person, dice: random.Random) -> None:
        """One visit; what comes to nothing is taken up another time, from what the product then says."""
        visit = Visit(person, notebook=self.notebook, postbag=self.postbag)
        try:
            if not person.is_in:
                visit.connect_first()
            else:
                self.come_back(visit, dice)
        except (NoAnswer, ComeBackLater):
            self.is_over.wait(dice.uniform(*PATIENCE))
        except Nonsense as error:
            self.notebook.nonsense("visit", person.reference, str(error))

    def come_back(self, visit: Visit, dice: random.Random) -> None:
        """Somebody who has an access: a problem to report or to take back, another password, or in by the door."""
        person = visit.person
        if not person.doubtful and dice.random() < REPORTING:
            if person.case and dice.random() < TAKING_BACK:
                return take_back(visit)
            if person.report_key or person.reports < MOST_REPORTS:
                return report_problem(visit)
        if person.is_waiting_for_link or (person.may_forget and dice.random() < FORGETFUL):
            return visit.forget_password()
        return visit.sign_in(is_known_browser=dice.random() > UNKNOWN_BROWSERS)
