"""Our scripts write text, never markup; they keep nothing in the browser and listen to no other window."""

import re

import pytest

from tests.guards.tree import ROOT

SCRIPTS = sorted((ROOT / "parvis/web/ui/static").rglob("*.js"))
NEVER = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|localStorage|sessionStorage"
    r"|indexedDB|postMessage|document\.cookie|setTimeout\(\s*[\"']"
)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_script_has_no_dangerous_word(script):
    assert NEVER.findall(script.read_text()) == []


def test_there_are_scripts():
    assert SCRIPTS
