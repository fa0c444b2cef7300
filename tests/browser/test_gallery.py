"""The gallery of development: every component and every page of words, those that are hard to meet included."""

import subprocess
import sys

import httpx2
import pytest

from tests.browser.demonstration import ROOT, fetch, wait_for
from tests.browser.inspection import Inspection, links
from tests.browser.person import Person
from tools.postgres import free_port

pytestmark = pytest.mark.browser


@pytest.fixture
def development(demonstration):
    """The address of a development server over the rows of the demonstration."""
    origin = f"http://localhost:{free_port()}"
    environment = {**demonstration.environment, "PARVIS_ENV": "development"}
    command = [sys.executable, "manage.py", "runserver", "--noreload", origin.removeprefix("http://")]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            yield wait_for(lambda: origin if answers(origin) else None, "The development server")
        finally:
            server.terminate()


def answers(origin):
    try:
        return fetch(f"{origin}/sante/vivante").status_code == httpx2.codes.OK
    except httpx2.TransportError:
        return False


def test_every_page_of_the_gallery_is_accessible(chromium, demonstration, development):
    with chromium.new_context() as context:
        visitor, inspection = Person(context=context, demonstration=demonstration, size="desktop"), Inspection()
        visitor.opens(f"{development}/composants/")
        inspection.look(visitor)

        shown = [path for path in links(visitor, development) if path.startswith("/composants/") and path.endswith("/")]
        for path in shown:
            visitor.opens(development + path)
            inspection.look(visitor, path.strip("/").rpartition("/")[2])

    assert "\n".join(inspection.faults) == ""
    assert shown
