"""A visitor in an engine that Selenium drives."""

from collections.abc import Callable

from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    WebDriverException,
)
from selenium.webdriver import Remote
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from tests.browser.demonstration import Demonstration, wait_for
from tests.browser.person import ARTEFACTS, SIZES
from tests.browser.visitor import Visitor

NAMED = "normalize-space(translate(., '\u00a0\u202f', '  ')) = \"{}\""


class DrivenVisitor(Visitor):
    """One browser, with a profile of its own. What it looks for may still be on its way."""

    def __init__(self, *, driver: Remote, demonstration: Demonstration, engine: str) -> None:
        self.driver = driver
        self.demonstration = demonstration
        self.engine = engine
        driver.set_window_size(*SIZES["desktop"])

    # Looking

    def opens(self, address: str) -> None:
        self.driver.get(address if address.startswith("http") else self.demonstration.origin + address)

    def reads(self, words: str) -> None:
        self.waits_for("//body", lambda body: plain(words) in plain(self.inner_text(body)), what=f"« {words} »")

    def inner_text(self, element: WebElement) -> str:
        """Its words, those for screen readers too: drivers disagree about what is shown."""
        return str(self.driver.execute_script("return arguments[0].innerText", element))

    def is_on(self, title: str) -> None:
        self.waits_for("//h1", lambda heading: plain(heading.text) == plain(title), what=f"the page « {title} »")

    def is_home(self) -> None:
        self.waits_for("//h1", lambda heading: heading.text.startswith("Bonjour"), what="the Accueil")

    def keeps(self, name: str) -> None:
        path = ARTEFACTS / self.engine / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.driver.save_screenshot(str(path))

    # Doing

    def presses(self, name: str) -> None:
        self.clicks(f"//button[{NAMED.format(plain(name))}]")

    def follows(self, name: str) -> None:
        self.clicks(f"//a[{NAMED.format(plain(name))}]")

    def goes_to(self, address: str) -> None:
        self.clicks(f'//a[@href="{address}"]')

    def types(self, label: str, words: str) -> None:
        def fill(field: WebElement) -> bool:
            field.clear()
            field.send_keys(words)
            return True

        self.waits_for(f"//*[@id = //label[{NAMED.format(plain(label))}]/@for]", fill, what=f"the field « {label} »")

    def clicks(self, path: str) -> None:
        def click(element: WebElement) -> bool:
            """Once: a driver that complains after the button was pressed has left the page."""
            try:
                element.click()
            except (ElementClickInterceptedException, ElementNotInteractableException):
                return False
            except WebDriverException:
                return True
            return True

        self.waits_for(path, click, what=path)

    def waits_for(self, path: str, happens: Callable[[WebElement], bool], *, what: str) -> None:
        """Try again as long as the element is not there, not ready, or left with the page before.

        The visitor scrolls to it: WebKitGTK's driver refuses to press what stands below the fold.
        """

        def once() -> bool | None:
            try:
                element = self.driver.find_element(By.XPATH, path)
                self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
                return happens(element) or None
            except WebDriverException:
                return None

        wait_for(once, f"{what} at {self.driver.current_url}", seconds=10)


def plain(words: str) -> str:
    """Words with plain spaces, one at a time."""
    return " ".join(words.split())
