"""A real Chromium, spoken to in its own protocol (CDP): what a page weighs, when it shows."""

import dataclasses
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.sites import Server
from tests.browser.chromium import ARGUMENTS, executable

PHONE = {"width": 390, "height": 844}
# Slow 3G as developers' tools have it, and a phone four times slower than this machine.
LATENCY_MS = 400
BYTES_A_SECOND = 400_000 / 8
SLOWER = 4
PATIENCE_MS = 30_000

# Ready: read to its end, and every thing that is needed can be seen and takes the focus. Usable: ready and painted.
WATCH = """
(needed => {
  const ready = () => document.readyState !== "loading" && needed.every(selector => {
    const found = document.querySelector(selector);
    if (!found || !found.checkVisibility()) return false;
    found.focus({preventScroll: true});
    return document.activeElement === found;
  });
  const look = () => { if (ready()) window.readyAt = performance.now(); else requestAnimationFrame(look); };
  requestAnimationFrame(look);
})
"""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Address:
    """A page of a server, as one visitor opens it; `needed` are the selectors of what must be usable."""

    server: Server
    path: str
    session: str = ""
    needed: tuple[str, ...] = ()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, address: Address) -> Iterator[tuple[Page, CDPSession]]:
    """A new profile, hence nothing in any cache; the page is not asked for yet."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)  # type: ignore[arg-type]  # a size
    if address.session:
        cookie: Any = {"name": "session", "value": address.session, "url": address.server.origin}
        context.add_cookies([cookie])
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        yield page, session
    finally:
        context.close()


def weight(browser: Browser, address: Address, *, encodings: str) -> tuple[int, int]:
    """Bytes and requests of the page, headers included, as they went over the wire."""
    sizes: list[int] = []
    with opened(browser, address) as (page, session):
        page.set_extra_http_headers({"Accept-Encoding": encodings})
        session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        page.goto(address.server.origin + address.path, wait_until="networkidle")
    sent = [size for size in sizes if size]  # what stands inside the page (data:) was never sent
    return sum(sent), len(sent)


def times(browser: Browser, address: Address) -> tuple[float, float]:
    """First contentful paint and usable, in milliseconds, on a slow network and a slow phone."""
    with opened(browser, address) as (page, session):
        slow = {"latency": LATENCY_MS, "downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND}
        session.send("Network.emulateNetworkConditions", {"offline": False, **slow})
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        needed = list(address.needed) or ["body"]
        page.add_init_script(f"({WATCH.strip()})({json.dumps(needed)})")
        page.goto(address.server.origin + address.path, wait_until="load")
        page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length > 0")
        painted = page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime")
        if not address.needed:
            return float(painted), float(painted)
        page.wait_for_function("() => window.readyAt", timeout=PATIENCE_MS)
        return float(painted), max(float(painted), float(page.evaluate("() => window.readyAt")))
