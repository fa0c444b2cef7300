"""The agency's packages coming in: undisturbed, cut at any row, twice at once, the same file again."""

import random
import subprocess
import threading
import time
from pathlib import Path

from tools.drill.notebook import Notebook
from tools.drill.population import SLUG, write_package
from tools.drill.site import Site

VERB = "import"
APPLIED = 0
LONGEST_BEFORE_CUT = 2.5  # seconds; a package takes about one
PAUSE = 0.3
LONGEST_REST = 8.0  # seconds between two packages
MOST_TRIES = 40
MAY_BE_SAID = "autre import est en cours"


class Importing(threading.Thread):
    """Brings in one package after another, each until it is acknowledged; the ways of disturbing it are drawn."""

    def __init__(self, site: Site, *, notebook: Notebook, seed: int) -> None:
        super().__init__(daemon=True)
        self.site = site
        self.notebook = notebook
        self.dice = random.Random(seed)  # noqa: S311 -- no secret
        self.is_over = threading.Event()
        self.blocks = 0
        self.cuts = 0

    def run(self) -> None:
        while not self.is_over.wait(self.dice.uniform(0, LONGEST_REST)):
            self.blocks += 1
            self.bring_in(self.blocks)

    def bring_in(self, block: int) -> None:
        """One package, all the way; then perhaps the same file again."""
        package = write_package(self.site.folder / f"package-{block:03}", block=block, clients=self.site.clients)
        way = self.dice.choice([self.cut, self.twice_at_once, self.undisturbed])
        way(package)
        for _ in range(MOST_TRIES):
            if self.undisturbed(package):
                return
            time.sleep(PAUSE)
        self.notebook.nonsense(VERB, package.name, f"not applied after {MOST_TRIES} tries")

    def undisturbed(self, package: Path) -> bool:
        return self.end(self.launch(package), package)

    def cut(self, package: Path) -> bool:
        """kill -9 after any number of rows."""
        process = self.launch(package)
        time.sleep(self.dice.uniform(0.2, LONGEST_BEFORE_CUT))
        self.cuts += process.poll() is None
        process.kill()
        return self.end(process, package)

    def twice_at_once(self, package: Path) -> bool:
        first, second = self.launch(package), self.launch(package)
        is_first_applied, is_second_applied = self.end(first, package), self.end(second, package)
        return is_first_applied and is_second_applied

    def launch(self, package: Path) -> "subprocess.Popen[str]":
        self.notebook.asked(VERB, package.name)
        return self.site.command("manage.py", "import_package", str(package), "--agency", SLUG, "-v0")

    def end(self, process: "subprocess.Popen[str]", package: Path) -> bool:
        """Whether it was applied. The only refusal that makes sense is that another import runs."""
        told, _ = process.communicate()
        if process.returncode == APPLIED:
            self.notebook.acknowledged(VERB, package.name)
        elif process.returncode == 1 and "Paquet refusé" in told and MAY_BE_SAID not in told:
            self.notebook.nonsense(VERB, package.name, " ".join(told.split())[:300])
        return process.returncode == APPLIED
