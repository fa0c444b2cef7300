"""The desk of the drill: documents brought in, described, put online; packages brought in, previewed, applied."""

import datetime as dt
import re
import time
from pathlib import Path

from tests.exchange.packages import write_zip
from tools.drill.notebook import Notebook
from tools.drill.people import Nonsense
from tools.drill.population import write_package
from tools.drill.reporting import KEY, judged, photo_of
from tools.drill.site import Site
from tools.drill.staff import Member, first

DEPOSIT, TABLE, IMPORTS = "/gestion/documents/deposer/", "/gestion/documents/a-classer/", "/gestion/imports/"
LINE = re.compile(rf'{TABLE}([a-z2-7]{{26}})/"')
ARRIVED = re.compile(rf"{IMPORTS}arrivages/([a-z2-7]{{26}})/")
DEPOSITING, PUBLISHING = 0.4, 0.2  # how often
FIRST_BLOCK = 1001  # those before come by the command
LASTS_AT_MOST = 240.0  # seconds: a run whose worker died is told after one minute, by a clock of one minute
GLANCE = 0.5


class Archivist(Member):
    """Brings files in, says of each what it is, puts them online."""

    pause = 2.0

    def __init__(self, known: dict[str, str], *, port: int, notebook: Notebook, seed: int) -> None:
        super().__init__(known, port=port, notebook=notebook, seed=seed)
        self.files = 0
        self.described: set[str] = set()

    def act(self) -> None:
        chance = self.dice.random()
        if chance < DEPOSITING:
            return self.deposit()
        if chance < DEPOSITING + PUBLISHING:
            return self.publish()
        return self.describe()

    def deposit(self) -> None:
        names = [f"piece-{self.files + rank:04}.jpg" for rank in range(2)]
        self.files += len(names)
        files = {name: photo_of(name, 0, 0) for name in names}
        for name in names:
            self.notebook.asked("deposit", name)
        if judged(self.browser.send_files(self.opened(DEPOSIT), field="papers", files=files)):
            for name in names:
                self.notebook.acknowledged("deposit", name)

    def describe(self) -> None:
        waiting = [line for line in LINE.findall(self.opened(TABLE).text) if line not in self.described]
        if not waiting:
            return
        line = self.dice.choice(waiting)
        page = self.opened(f"{TABLE}{line}/")
        typed = {"title": f"Note {line}", "kind": "other", "audience": "everyone"}
        self.notebook.asked("describe", line)
        day = f"{dt.date.today():%d/%m/%Y}"  # noqa: DTZ011 -- any day
        if judged(self.browser.submit(page, **typed, dated_on=day)):
            self.notebook.acknowledged("describe", line)
            self.described.add(line)

    def publish(self) -> None:
        """All that was described: each is one document from now on."""
        page, described = self.opened(TABLE), sorted(self.described)
        if f"{TABLE}publier/" not in page.text or not described:
            return
        for line in described:
            self.notebook.asked("publish", f"Note {line}")
        page.path = f"{TABLE}publier/"
        if judged(self.browser.submit(page)):
            for line in described:
                self.notebook.acknowledged("publish", f"Note {line}")
            self.described.clear()


class Bookkeeper(Member):
    """Brings one package in after another by the page of imports, each until it is applied."""

    def __init__(self, known: dict[str, str], *, site: Site, notebook: Notebook, seed: int) -> None:
        super().__init__(known, port=site.port, notebook=notebook, seed=seed)
        self.site = site
        self.blocks = 0

    def act(self) -> None:
        package = self.packed(FIRST_BLOCK + self.blocks)
        self.blocks += 1
        intake = self.bring_in(package)
        if intake:
            self.apply(intake, package.name)

    def packed(self, block: int) -> Path:
        name = f"package-{block}"
        folder = write_package(self.site.folder / "desk" / name, block=block, clients=self.site.clients)
        return write_zip(self.site.folder / f"{name}.zip", folder)

    def bring_in(self, package: Path) -> str:
        page = self.opened(IMPORTS)
        key = first(KEY, page)
        self.notebook.asked("intake", key)
        files = {package.name: package.read_bytes()}
        answer = self.browser.send_files(page, field="package", files=files, sending_key=key)
        if not judged(answer):
            return ""
        self.notebook.acknowledged("intake", key)
        found = ARRIVED.search(answer.location)
        return found.group(1) if found else ""

    def apply(self, intake: str, name: str) -> None:
        """Press what the page offers until the report is there."""
        deadline, there = time.monotonic() + LASTS_AT_MOST, f"{IMPORTS}arrivages/{intake}/"
        while time.monotonic() < deadline:
            page = self.opened(there)
            if 'id="rapport"' in page.text:
                return self.notebook.acknowledged("import", name)
            if f"{there}appliquer/" in page.text:
                self.notebook.asked("import", name)
                page.path = f"{there}appliquer/"
                self.browser.submit(page)
            elif f"{there}recommencer/" in page.text:
                page.path = f"{there}recommencer/"
                self.browser.submit(page)
            time.sleep(GLANCE)
        raise Nonsense(f"{name}: brought in, and not applied in {LASTS_AT_MOST:.0f} s")
