"""No template is left behind unused, and every one of them is found where the code says."""

import re

from tests.guards.tree import ROOT, texts, walk

TEMPLATES = ROOT / "parvis" / "web" / "templates"
NAME = re.compile(r"""["']([\w./-]+\.(?:html|txt|svg|xml|js|webmanifest))["']""")
# Django looks for these by their names.
ASKED_BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}


def templates():
    return {str(path.relative_to(TEMPLATES)) for path in walk(TEMPLATES)}


def named():
    """Every template that some Python file or other template names in full."""
    return {
        name
        for path, text in texts(".py", ".html", ".txt")
        if not path.startswith("tests/")
        for name in NAME.findall(text)
    }


def test_no_template_is_unused():
    assert sorted(templates() - named() - ASKED_BY_DJANGO) == []


def test_include_receives_only_what_it_names():
    loose = [
        f"{path}: {tag}"
        for path, text in texts(".html")
        for tag in re.findall(r"{% include [^%]*%}", text)
        if not tag.endswith(" only %}")
    ]

    assert loose == []


def test_included_form_receives_its_token():
    """Without it the form is shown, and refused when it is sent."""
    with_form = {name for name in templates() if "{% csrf_token %}" in (TEMPLATES / name).read_text()}
    deprived = [
        f"{path}: {tag}"
        for path, text in texts(".html")
        for tag in re.findall(r"{% include [^%]*%}", text)
        if with_form & set(NAME.findall(tag)) and "csrf_token=" not in tag
    ]

    assert deprived == []


def test_template_trusts_no_text_and_carries_no_code():
    forbidden = re.compile(
        r"""\|\s*safe\b|{% autoescape off|<script(?![^>]*\bsrc=)|\sstyle=["']|\son[a-z]+=["']|javascript:"""
    )
    found = [f"{path}: {match}" for path, text in texts(".html") for match in forbidden.findall(text)]

    assert found == []
