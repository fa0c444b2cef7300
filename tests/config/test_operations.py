"""The page for those who run the site names every variable that the settings read."""

import re

from tests.guards.tree import ROOT

READ = re.compile(r'environment\.\w+\(\s*"(\w+)"|os\.environ\.get\("(\w+)"')


def test_every_variable_is_explained():
    sources = [(ROOT / "config" / name).read_text() for name in ("settings.py", "gunicorn.py")]
    read = {one or other for source in sources for one, other in READ.findall(source)} | {"SECRET_KEY"}
    explained = set(re.findall(r"`([A-Z0-9_]+)`", (ROOT / "docs" / "operations.md").read_text()))

    assert sorted(read - explained) == []
