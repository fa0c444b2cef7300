"""Everybody at work at once: clients, neighbours, staff, firms, imports; and the killer among them."""

import dataclasses
import json
import time
from collections.abc import Callable

from tools.drill.casework import Manager
from tools.drill.crowd import Crowd, people_of
from tools.drill.desk import FIRST_BLOCK, Archivist, Bookkeeper
from tools.drill.firm import Firm
from tools.drill.importing import Importing
from tools.drill.killer import PAGES, Kill, Killer
from tools.drill.neighbours import AtHome, Street
from tools.drill.notebook import Notebook
from tools.drill.outages import start_mailing
from tools.drill.patient import Actor
from tools.drill.people import Person
from tools.drill.postbag import Postbag
from tools.drill.probes import Probe, readiness
from tools.drill.reporting import Cases
from tools.drill.site import Site, wait_until
from tools.drill.staff import Member

AT_ONCE, AT_HOME = 3, 4  # newcomers, and those who have come in
NEIGHBOURS = 12
COME_IN_WITHIN = 120.0  # seconds, nothing being killed
DAILY_RATE = 6.0
SETTLES_WITHIN = 6.0  # seconds: what comes back after the last kill is still looked at


@dataclasses.dataclass(kw_only=True)
class Storm:
    """`seconds` of load and kills on an open site."""

    site: Site
    seconds: float
    seed: int
    tell: Callable[[str], None]
    notebook: Notebook
    postbag: Postbag
    kills: list[Kill] = dataclasses.field(default_factory=list)
    answers: list[tuple[float, float]] = dataclasses.field(default_factory=list)
    neighbours: list[Person] = dataclasses.field(default_factory=list)

    def prepare(self, codes: dict[str, str]) -> None:
        """Those who have come in before, and the staff at their desks."""
        people = people_of(codes, clients=self.site.clients, port=self.site.port)
        self.crowd = Crowd(people, notebook=self.notebook, postbag=self.postbag, seed=self.seed, at_once=AT_ONCE)
        self.importing = Importing(self.site, notebook=self.notes("imports"), seed=self.seed)
        staff = json.loads(self.site.run("-m", "tools.drill.cabinet"))
        *managers, archivist, bookkeeper = staff
        self.cases = Cases()
        notebook, port, seed = self.notes("staff"), self.site.port, self.seed
        self.bookkeeper = Bookkeeper(bookkeeper, site=self.site, notebook=notebook, seed=seed)
        self.staff: list[Member] = [
            *[Manager(known, port=port, cases=self.cases, notebook=notebook, seed=seed) for known in managers],
            Archivist(archivist, port=port, notebook=notebook, seed=seed),
            self.bookkeeper,
        ]
        for member in self.staff:
            member.sign_in()
        self.firm = Firm(postbag=self.postbag, port=port, notebook=notebook, seed=seed)

    def notes(self, name: str) -> Notebook:
        return Notebook(self.site.folder / f"{name}.notebook")

    def come_home(self) -> list[Actor]:
        """Let people in, nothing being killed yet; some of them stay at home from then on."""
        wait_until(lambda: len(self.crowd.insiders) >= NEIGHBOURS, "the neighbours", seconds=COME_IN_WITHIN)
        self.neighbours = self.crowd.let_go(NEIGHBOURS)
        street, notebook = Street(self.neighbours), self.notes("neighbours")
        return [
            AtHome(street, cases=self.cases, notebook=notebook, postbag=self.postbag, seed=f"{self.seed}-home-{rank}")
            for rank in range(AT_HOME)
        ]

    def blow(self) -> None:
        """Everybody at work, and the killer among them; the bookkeeper goes on with the last package."""
        probe = readiness(self.site.port)
        self.crowd.start()
        actors = [*self.come_home(), *self.staff, self.firm]
        mailing = start_mailing(
            self.site, "daily-", messages=100_000, addresses=40, rate=DAILY_RATE, lasting=self.seconds + 8
        )
        for thread in (probe, self.importing, *actors):
            thread.start()
        killer = Killer(self.site, seed=self.seed, has_come_back=back_since(probe, self.postbag))
        self.tell(f"{self.seconds:.0f} seconds of load and kills")
        killer.start()
        time.sleep(self.seconds)
        self.kills = killer.stop()
        time.sleep(SETTLES_WITHIN)
        self.importing.is_over.set()
        for actor in actors:
            actor.is_over.set()
        self.crowd.stop()
        for thread in (self.importing, *actors):
            if thread is not self.bookkeeper:
                thread.join()
        mailing.wait()
        self.answers = [(visit.at, visit.at + visit.seconds) for visit in probe.stop() if visit.is_good]

    @property
    def blocks(self) -> list[int]:
        """The packages that must have come in, by the command and by the desk, once both have ended."""
        by_command = range(1, self.importing.blocks + 1)
        return [*by_command, *range(FIRST_BLOCK, FIRST_BLOCK + self.bookkeeper.blocks)]

    @property
    def repeated(self) -> int:
        """How often the same form was sent again, its answer having been lost."""
        browsers = [member.browser for member in self.staff] + [self.firm.browser]
        return sum(getattr(one, "repeated", 0) for one in [*browsers, *[each.browser for each in self.neighbours]])


def back_since(probe: Probe, postbag: Postbag) -> Callable[[str, float], bool]:
    """Whether a page, or a message, that was asked for since an instant has been had."""

    def has_come_back(what: str, since: float) -> bool:
        if what == PAGES:
            return any(visit.is_good and visit.at > since for visit in probe.visits[-50:])
        postbag.refresh()
        return any(row["queued_at"] > since for row in postbag.all[-50:])

    return has_come_back
