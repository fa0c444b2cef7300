"""A real Chromium in front of the real demonstration, which starts once for the session."""

import itertools
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from parvis.people.social_catalogue import WELL_KNOWN
from tests.browser.chromium import ARGUMENTS, executable
from tests.browser.demonstration import Demonstration, running_demonstration
from tests.browser.person import SIZES, Person
from tests.openid_provider import CLIENT_ID, CLIENT_SECRET, OpenIdProvider, openid_provider

# The demonstration believes the proxies of its own machine: each browser comes from an address of its own.
addresses = (f"198.51.{near}.{far}" for near in itertools.count(100) for far in range(1, 255))


@pytest.fixture(scope="session")
def google() -> Iterator[OpenIdProvider]:
    """A provider of sign-in, which the demonstration takes for Google."""
    with openid_provider() as provider:
        yield provider


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, google: OpenIdProvider) -> Iterator[Demonstration]:
    account = {"GOOGLE_CLIENT_ID": CLIENT_ID, "GOOGLE_CLIENT_SECRET": CLIENT_SECRET}
    folder = tmp_path_factory.mktemp("demo")
    with running_demonstration(folder, GOOGLE_DISCOVERY_URL=f"{google.origin}{WELL_KNOWN}", **account) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def person_at(chromium: Browser, demonstration: Demonstration) -> Iterator[Callable[..., Person]]:
    """Make somebody with a browser of their own: `person_at("phone", java_script_enabled=False)`.

    At the end no script may have failed, and the policy of the pages may have refused nothing.
    """
    people = []

    def make(size: str, **options: Any) -> Person:
        width, height = SIZES[size]
        defaults = {"viewport": {"width": width, "height": height}, "locale": "fr-FR", "is_mobile": size == "phone"}
        context = chromium.new_context(**{**defaults, **options})
        context.set_extra_http_headers({"X-Forwarded-For": next(addresses)})
        has_script = options.get("java_script_enabled", True)
        people.append(Person(context=context, demonstration=demonstration, size=size, has_script=has_script))
        return people[-1]

    yield make
    complaints = [complaint for person in people for complaint in person.complaints]
    for person in people:
        sys.stdout.write(person.last_words())  # which pytest shows beside a failure
        person.context.close()
    assert complaints == []


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


@pytest.fixture(scope="module")
def sessions() -> dict[str, list[Any]]:
    """The cookies of those who have signed in: nobody waits for their telephone's next code at each journey."""
    return {}


@pytest.fixture
def at_work(
    person_at: Callable[..., Person],
    demonstration: Demonstration,
    sessions: dict[str, list[Any]],
    size: str,
    scripts: bool,
) -> Callable[[str], Person]:
    """Make somebody of the cabinet in that role, signed in: `at_work("manager")`. The journey says its `scripts`."""

    def come(role: str) -> Person:
        person = person_at(size, java_script_enabled=scripts)
        if role in sessions:
            person.context.add_cookies(sessions[role])
            return person
        person.comes_to_work(demonstration.staff(role))
        person.page.wait_for_url(re.compile("/gestion/"))
        sessions[role] = person.context.cookies()
        return person

    return come
