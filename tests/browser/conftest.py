"""A real Chromium in front of the real demonstration, which starts once for the session."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import ARGUMENTS, executable
from tests.browser.demonstration import ROOT, Demonstration, running_demonstration
from tests.browser.person import Person

SIZES = {"phone": (390, 844), "desktop": (1280, 900)}


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    with running_demonstration(tmp_path_factory.mktemp("demo")) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def person_at(chromium: Browser, demonstration: Demonstration) -> Iterator[Callable[..., Person]]:
    """Make somebody with a browser of their own: `person_at("phone", java_script_enabled=False)`."""
    contexts = []

    def make(size: str, **options: Any) -> Person:
        width, height = SIZES[size]
        defaults = {"viewport": {"width": width, "height": height}, "locale": "fr-FR", "is_mobile": size == "phone"}
        context = chromium.new_context(**{**defaults, **options})
        contexts.append(context)
        return Person(context=context, demonstration=demonstration, artefacts=ROOT / "var" / "artefacts" / size)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> str:
    """A journey that names it is made twice: on a phone, and on a large screen."""
    name: str = request.param
    return name


@pytest.fixture
def alice(person_at: Callable[..., Person], size: str) -> Person:
    """Somebody in front of the portal."""
    return person_at(size)


@pytest.fixture
def elsewhere(person_at: Callable[..., Person], size: str) -> Person:
    """Another browser: another device of hers, or somebody else."""
    return person_at(size)
