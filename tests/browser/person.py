"""A visitor in Chromium, which is looked at more closely than the others: sizes, pictures, what its console says."""

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect
from playwright.sync_api import Error as PlaywrightError

from tests.browser.demonstration import ROOT, Demonstration, Letter
from tests.browser.visitor import Visitor

PATIENCE_MS = 10_000
expect.set_options(timeout=PATIENCE_MS)
ARTEFACTS = ROOT / "var" / "artefacts"
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}


class Person(Visitor):
    """One browser, with its own cookies, and what it shows."""

    def __init__(
        self, *, context: BrowserContext, demonstration: Demonstration, size: str, has_script: bool = True
    ) -> None:
        self.context = context
        self.demonstration = demonstration
        self.size = size
        self.has_script = has_script
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self.overhears)

    def overhears(self, said: ConsoleMessage) -> None:
        """Keep what Chromium reproaches the page with; a missing page is no reproach."""
        if said.type == "error" and not said.text.startswith("Failed to load resource"):
            self.complaints.append(f"{self.page.url}: {said.text}")

    # Whole steps

    def comes_in(self, letter: Letter, password: str = "") -> None:
        """Sign in, with a code the first time: later visitors borrow the browser that is known since."""
        cookie = self.demonstration.known.get(letter.identifier)
        if cookie:
            self.context.add_cookies([{"name": "browser", "value": cookie, "url": self.demonstration.origin}])
            self.signs_in(letter.identifier, password or letter.password)
            return
        super().comes_in(letter, password)
        self.page.wait_for_url(lambda url: "/connexion/verification/" not in url)
        kept = {one["name"]: one["value"] for one in self.context.cookies()}
        self.demonstration.known[letter.identifier] = kept["browser"]

    def holds_a_device(self, *, knows_holder: bool = True) -> None:
        """A device that makes passkeys and, when it `knows_holder`, answers at once as if a finger was shown."""
        devtools = self.context.new_cdp_session(self.page)
        devtools.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": knows_holder,
            "automaticPresenceSimulation": True,
        }
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    # Looking

    def opens(self, address: str) -> None:
        """Go to a path of the portal, or to a full address as it stands in a message."""
        answer = self.page.goto(address if address.startswith("http") else self.demonstration.origin + address)
        assert answer, address
        assert answer.status < 500, f"{address} answers {answer.status}"

    def reads(self, words: str) -> None:
        expect(self.page.locator("body")).to_contain_text(words, use_inner_text=True)

    def does_not_read(self, words: str) -> None:
        expect(self.page.locator("body")).not_to_contain_text(words, use_inner_text=True)

    def is_on(self, title: str) -> None:
        """The page's one main heading says so."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def is_home(self) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(re.compile("^Bonjour"))

    def last_words(self) -> str:
        """Where this visitor stands, and the beginning of what the page says there."""
        try:
            said = self.page.locator("body").inner_text(timeout=1_000)
        except PlaywrightError as error:
            said = f"({error.message})"
        return f"{self.page.url}\n{said[:1_000]}"

    def keeps(self, name: str, *, folder: str = "") -> None:
        """Keep a picture of the page among the artefacts."""
        path = ARTEFACTS / (folder or self.size) / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path, full_page=True)

    # Doing

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True).locator("visible=true").first

    def presses(self, name: str) -> None:
        self.button(name).click()

    def follows(self, name: str) -> None:
        self.link(name).click()

    def goes_to(self, address: str) -> None:
        self.page.locator(f'a[href="{address}"]').locator("visible=true").first.click()

    def types(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=True).fill(words)
