"""kill -9, at random."""

import dataclasses
import random
import threading
import time
from collections.abc import Callable

from tools.drill.site import DATABASE, SMTP, WEB, WORKER, Site, kill_all

SHORTEST_PAUSE, LONGEST_PAUSE = 0.1, 1.8  # seconds; people get something done between two kills
PATIENCE = 15.0
PAGES, MESSAGES = "pages", "messages"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Target:
    """What may be killed: a service whole, or one of its processes; `stops` names what cannot go on meanwhile."""

    name: str
    service: str
    is_whole: bool
    stops: tuple[str, ...]
    weight: int


TARGETS = (
    Target(name="web", service=WEB, is_whole=True, stops=(PAGES,), weight=2),
    Target(name="web, one worker", service=WEB, is_whole=False, stops=(PAGES,), weight=3),
    Target(name="worker", service=WORKER, is_whole=True, stops=(MESSAGES,), weight=2),
    Target(name="worker, one process", service=WORKER, is_whole=False, stops=(MESSAGES,), weight=3),
    Target(name="SMTP", service=SMTP, is_whole=True, stops=(MESSAGES,), weight=3),
    Target(name="PostgreSQL", service=DATABASE, is_whole=True, stops=(PAGES, MESSAGES), weight=2),
    Target(name="PostgreSQL, one process", service=DATABASE, is_whole=False, stops=(PAGES, MESSAGES), weight=1),
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Kill:
    """Something was killed at that second since 1970."""

    at: float
    target: Target


class Killer(threading.Thread):
    """Draws a target, kills it, waits a little; never the same service again before it has come back.

    `has_come_back` says whether pages or messages have succeeded since an instant.
    """

    def __init__(self, site: Site, *, seed: int, has_come_back: Callable[[str, float], bool]) -> None:
        super().__init__(daemon=True)
        self.site = site
        self.dice = random.Random(seed)  # noqa: S311 -- no secret
        self.has_come_back = has_come_back
        self.targets = [target for target in TARGETS if target.service in site.names]
        self.is_over = threading.Event()
        self.kills: list[Kill] = []

    def run(self) -> None:
        while not self.is_over.wait(self.dice.uniform(SHORTEST_PAUSE, LONGEST_PAUSE)):
            target = self.dice.choices(self.targets, [target.weight for target in self.targets])[0]
            self.let_come_back(target)
            at = time.time()
            if self.kill(target):
                self.kills.append(Kill(at=at, target=target))

    def let_come_back(self, target: Target) -> None:
        """What this kill would stop has worked since the last kill that stopped it, or has had its time."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and not self.is_over.is_set() and not self.is_back(target):
            time.sleep(0.05)

    def is_back(self, target: Target) -> bool:
        earlier = [kill for kill in self.kills if kill.target.service == target.service]
        return not earlier or all(self.has_come_back(what, earlier[-1].at) for what in target.stops)

    def kill(self, target: Target) -> bool:
        if target.is_whole:
            return bool(self.site.kill(target.service))
        children = self.site.children(target.service)
        return bool(children) and bool(kill_all([self.dice.choice(children)]))

    def stop(self) -> list[Kill]:
        self.is_over.set()
        self.join()
        return self.kills
