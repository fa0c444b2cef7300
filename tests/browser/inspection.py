"""What every page owes to everybody: no accessibility violation in either theme, no sideways scroll at 320 pixels."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve

from tests.browser.person import SIZES, Person

FILES = (".pdf", ".csv", ".zip")
NARROWEST = {"width": 320, "height": 640}
AXE = Axe()
PICTURES = (("phone", "light"), ("desktop", "dark"))


@dataclass
class Inspection:
    """Pages looked at so far, by the name of their address, and what is wrong with them."""

    seen: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def look(self, person: Person, state: str = "") -> None:
        """Inspect the page in front of the person; `state` names it where one address has several faces."""
        name = name_of(person.page.url)
        self.seen.add(name)
        where = f"{name} {state}".strip()
        for size, (width, height) in SIZES.items():
            person.page.set_viewport_size({"width": width, "height": height})
            for theme in ("light", "dark"):
                person.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                self.faults += [f"{where}, {size}, {theme}: {violation}" for violation in violations(person)]
                if (size, theme) in PICTURES:
                    person.keeps(f"{where.replace(':', '-').replace(' ', '-')}-{size}-{theme}", folder="pages")
        self.faults += [f"{where}: {overflow}" for overflow in sideways(person)]

    def crawl(self, person: Person, start: str) -> None:
        """Inspect every kind of page that links lead to from `start`, each once."""
        person.opens(start)
        waiting = links(person)
        while waiting:
            path = waiting.pop()
            if name_of(path) in self.seen:
                continue
            person.opens(path)
            if name_of(person.page.url) not in self.seen:
                self.look(person)
            self.seen.add(name_of(path))
            waiting += links(person)


def name_of(address: str) -> str:
    """The name of an address in the URLconf; « missing » for none."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return "missing"


def links(person: Person, origin: str = "") -> list[str]:
    """The pages of this site that the page links to; a file is saved or shown by the browser, not looked at here."""
    found: list[str] = person.page.eval_on_selector_all("a[href]:not([download])", "all => all.map(one => one.href)")
    origin = origin or person.demonstration.origin
    paths = [urlsplit(one).path for one in dict.fromkeys(found) if one.startswith(f"{origin}/")]
    return [path for path in paths if not path.endswith(FILES)]


def violations(person: Person) -> list[str]:
    """The rules of axe-core that the page breaks, with the first element of each.

    axe-core keeps the document it was read in, and a window may outlive its document: the mark is on the document.
    """
    assert person.has_script, "axe-core waits for ever on a page without scripts."
    person.page.wait_for_load_state("load")
    if not person.page.evaluate("document.hasAxe === true"):
        person.page.evaluate(AXE.axe_script)
        person.page.evaluate("document.hasAxe = true")
    found = person.page.evaluate("axe.run({resultTypes: ['violations']}).then(results => results.violations)")
    return [f"{one['id']} {one['nodes'][0]['html'][:120]} ({len(one['nodes'])})" for one in found]


def sideways(person: Person) -> list[str]:
    """How far the page spreads beyond the narrowest screen, if it does."""
    usual = person.page.viewport_size
    person.page.set_viewport_size(NARROWEST)
    spread: int = person.page.evaluate("document.documentElement.scrollWidth")
    if usual:
        person.page.set_viewport_size(usual)
    return [f"{spread} pixels wide on a screen of {NARROWEST['width']}"] if spread > NARROWEST["width"] else []
