"""The SMTP server down, slow, refusing for now or for ever, dying after DATA: what becomes of pages and messages."""

import dataclasses
import subprocess
import time

from tools.drill.browser import Browser, Page
from tools.drill.notebook import Notebook
from tools.drill.probes import Probe
from tools.drill.sink import REFUSED_FOR_EVER
from tools.drill.site import SMTP, Site

TURNS = 3  # up, down, up, down…: what slows the whole machine slows both
BACKLOG, BACKLOG_ADDRESSES = 600, 200
EXPIRING = 20
EXPIRES_IN = 2.0
DRAINS_WITHIN = 60.0


@dataclasses.dataclass(kw_only=True)
class Outages:
    """Plays the moods of the server one after the other. `seconds` is the length of each."""

    site: Site
    notebook: Notebook
    seconds: float
    backlog: int = BACKLOG
    up: list[float] = dataclasses.field(default_factory=list)
    down: list[float] = dataclasses.field(default_factory=list)
    slow: list[float] = dataclasses.field(default_factory=list)
    backlog_since: float = 0.0
    mailings: int = 0
    asked: int = 0

    def play(self) -> None:
        for _ in range(TURNS):
            self.with_letters(self.up)
            self.go_down()
            self.with_letters(self.down)
            self.come_up()
        for mood in ({"delay": 1.0}, {"answer": "451 try again later"}, {"dies": 0.2}):
            self.site.write_mood(**mood)
            self.with_letters(self.slow if "delay" in mood else [])
        self.site.write_mood()
        self.write_to_the_gone()
        self.pile_up()

    def go_down(self) -> None:
        """Killed, and not started again until further notice."""
        self.site.hold(SMTP)
        self.site.kill(SMTP)

    def come_up(self) -> None:
        self.site.hold()

    def with_letters(self, seconds_of_pages: list[float]) -> None:
        """Somebody writes to clients while somebody else asks for pages that send messages."""
        mailing = self.mailing(f"turn{self.mailings}-", messages=1_000, rate=15, lasting=self.seconds)
        probe = Probe(self.forget, every=0.02)
        probe.start()
        mailing.wait()
        seconds_of_pages += [visit.seconds for visit in probe.stop() if visit.is_good]

    def forget(self) -> Page:
        """« Mot de passe oublié », by somebody new each time."""
        self.asked += 1
        who, address = f"X{self.asked}", f"10.200.{self.asked // 250}.{self.asked % 250}"
        browser = Browser(port=self.site.port, address=address)
        page = browser.get("/mot-de-passe-oublie/")
        self.notebook.asked("forgotten", who)
        answer = browser.submit(page, identifier=who)
        if answer.leads_on:
            self.notebook.acknowledged("forgotten", who)
        return answer

    def write_to_the_gone(self) -> None:
        """Addresses that the server refuses for ever."""
        self.mailing(REFUSED_FOR_EVER, messages=10, addresses=5).wait()

    def pile_up(self) -> None:
        """A backlog while the server is down, some of it of no use after a moment; then the server is back."""
        self.go_down()
        late = self.mailing("late-", messages=EXPIRING, expires_in=EXPIRES_IN)
        heap = self.mailing("heap-", messages=self.backlog, addresses=self.backlog // 3)
        late.wait()
        heap.wait()
        time.sleep(EXPIRES_IN)
        self.backlog_since = time.time()
        self.come_up()

    def mailing(self, prefix: str, **options: float) -> "subprocess.Popen[str]":
        self.mailings += 1
        return start_mailing(self.site, prefix, **options)


def start_mailing(site: Site, prefix: str, **options: float) -> "subprocess.Popen[str]":
    """Somebody writes to clients (`mailing`); `options` are those of that program."""
    notebook = str(site.folder / f"{prefix}mailing.notebook")
    words = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
    return site.command("-m", "tools.drill.mailing", notebook, f"--prefix={prefix}", *words)
