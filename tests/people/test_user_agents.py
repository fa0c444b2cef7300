"""A browser is named as its holder would say it."""

import pytest

from parvis.people.user_agents import UNKNOWN, browser_name

MOZILLA = "Mozilla/5.0"
KHTML = "AppleWebKit/537.36 (KHTML, like Gecko)"
AGENTS = {
    "Safari sur iPhone": (
        f"{MOZILLA} (iPhone; CPU iPhone OS 18_5 like Mac OS X) {KHTML} Version/18.5 Mobile/15E148 Safari/604.1"
    ),
    "Chrome sur iPhone": (
        f"{MOZILLA} (iPhone; CPU iPhone OS 18_5 like Mac OS X) {KHTML} CriOS/137.0 Mobile/15E148 Safari/604.1"
    ),
    "Firefox sur iPad": f"{MOZILLA} (iPad; CPU OS 18_5 like Mac OS X) {KHTML} FxiOS/139.0 Mobile/15E148 Safari/604.1",
    "Chrome sur Android": f"{MOZILLA} (Linux; Android 10; K) {KHTML} Chrome/137.0.0.0 Mobile Safari/537.36",
    "Samsung Internet sur Android": (
        f"{MOZILLA} (Linux; Android 10; K) {KHTML} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36"
    ),
    "Edge sur Windows": f"{MOZILLA} (Windows NT 10.0; Win64; x64) {KHTML} Chrome/137.0 Safari/537.36 Edg/137.0",
    "Edge sur Android": f"{MOZILLA} (Linux; Android 10; HD1913) {KHTML} Chrome/137.0 Mobile Safari/537.36 EdgA/137.0",
    "Opera sur Mac": f"{MOZILLA} (Macintosh; Intel Mac OS X 15_5) {KHTML} Chrome/136.0 Safari/537.36 OPR/120.0",
    "Safari sur Mac": f"{MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) {KHTML} Version/18.5 Safari/605.1.15",
    "Firefox sur Windows": f"{MOZILLA} (Windows NT 10.0; Win64; x64; rv:139.0) Gecko/20100101 Firefox/139.0",
    "Firefox sur Linux": f"{MOZILLA} (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Chrome sur Chromebook": f"{MOZILLA} (X11; CrOS x86_64 14541.0.0) {KHTML} Chrome/137.0.0.0 Safari/537.36",
}


@pytest.mark.parametrize("name", AGENTS)
def test_browser_and_device_are_recognised(name):
    assert browser_name(AGENTS[name]) == name


def test_other_browser_of_a_known_device_is_named_by_the_device():
    assert browser_name("Autre/1.0 (Windows NT 10.0)") == "Navigateur sur Windows"


@pytest.mark.parametrize("said", ["", "curl/8.5", "<script>alert(1)</script>", "Bon client\r\nX-Injected: 1"])
def test_what_a_browser_says_is_never_repeated(said):
    assert browser_name(said) == UNKNOWN
