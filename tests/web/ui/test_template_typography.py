"""Every text of a template is in French typography as it stands in its file."""

import re

import pytest

from tests.guards.tree import ROOT, walk

TEMPLATES = ROOT / "parvis" / "web" / "templates"
NOT_TEXT = re.compile(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}|<(?:script|style).*?</(?:script|style)>|<[^>]*>", re.DOTALL)
SPOKEN = re.compile(r'(?:aria-label|title|alt|text|label|here|older|newer)="([^"]*)"')
FAULTS = {
    "an ordinary space before ; ! ?": re.compile(r"[ \u00a0][;!?](?:\s|$)"),
    "an ordinary space before :": re.compile(r"[ \u202f]:(?:\s|$)"),
    "an ordinary space inside guillemets": re.compile(r"«[ \u202f]|[ \u202f]»"),
    "a straight apostrophe": re.compile(r"\w'\w"),
    "an ordinary space before €": re.compile(r"\d[ \u00a0]€"),
}


def texts_of(path):
    source = path.read_text(encoding="utf-8")
    return [*NOT_TEXT.split(source), *SPOKEN.findall(source)]


@pytest.mark.parametrize("path", list(walk(TEMPLATES)), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template_is_in_french_typography(path):
    found = {(fault, text.strip()) for text in texts_of(path) for fault, sign in FAULTS.items() if sign.search(text)}

    assert found == set()
