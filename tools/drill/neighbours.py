"""Clients who have come in before anything is killed: they report problems and follow them to the end."""

import dataclasses
import threading

from tools.drill.notebook import Notebook
from tools.drill.patient import Actor, Patient
from tools.drill.people import Person, Visit
from tools.drill.postbag import Postbag
from tools.drill.reporting import MOST_REPORTS, Cases, follow_case, report_problem

FOLLOWING = 0.65  # how often, once something was reported
OLDEST = 3  # those that may have come to their end


@dataclasses.dataclass(kw_only=True)
class Neighbour:
    """One of them, and what they have reported."""

    person: Person
    cases: list[str] = dataclasses.field(default_factory=list)


class Street:
    """Those who are not with an actor at the moment."""

    def __init__(self, people: list[Person]) -> None:
        self.free = [Neighbour(person=person) for person in people]
        self.lock = threading.Lock()
        for person in people:
            browser = Patient(port=person.browser.port, address=person.browser.address)
            browser.cookies = dict(person.browser.cookies)
            person.browser = browser

    def take(self) -> Neighbour | None:
        with self.lock:
            return self.free.pop(0) if self.free else None

    def give_back(self, neighbour: Neighbour) -> None:
        with self.lock:
            self.free.append(neighbour)


class AtHome(Actor):
    """Plays one neighbour after another."""

    who = "neighbours"

    def __init__(self, street: Street, *, cases: Cases, notebook: Notebook, postbag: Postbag, seed: str) -> None:
        super().__init__(notebook=notebook, seed=seed)
        self.street = street
        self.cases = cases
        self.postbag = postbag

    def act(self) -> None:
        neighbour = self.street.take()
        if neighbour is None:
            return
        try:
            self.play(neighbour)
        finally:
            self.street.give_back(neighbour)

    def play(self, neighbour: Neighbour) -> None:
        visit = Visit(neighbour.person, notebook=self.notebook, postbag=self.postbag)
        may_report = neighbour.person.reports < MOST_REPORTS
        if neighbour.cases and (not may_report or self.dice.random() < FOLLOWING):
            follow_case(visit, self.dice.choice(neighbour.cases[:OLDEST]), dice=self.dice)
        elif may_report:
            report_problem(visit)
            neighbour.cases.append(neighbour.person.case)
            self.cases.add(neighbour.person.case)
