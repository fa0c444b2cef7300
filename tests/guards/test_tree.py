"""The tree holds no secret, no address of a package registry and no path of somebody's machine."""

import re

import pytest

from tests.guards.tree import ROOT, texts

# Written in pieces, so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile(r"(?<![\w.:/~-])/(?:home|root|Users|work|opt|mnt|media)/\w|[A-Z]:\\Users|\.pyenv")
REGISTRIES = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|registry\.yarnpkg|deb\.debian|snapshot\.debian")
SECRETS = re.compile(
    "|".join(
        [
            r"-----BEGIN [A-Z ]*PRIVATE " + "KEY-----",
            r"\bAKIA[0-9A-Z]{16}\b",
            r"\bgh[pousr]_[A-Za-z0-9]{36}\b",
            r"\bsk_live_[A-Za-z0-9]{16}",
            r"\bxox[abprs]-[A-Za-z0-9-]{10}",
            r"\bAIza[0-9A-Za-z_-]{35}\b",
        ]
    )
)
LOCKS = sorted(path.name for path in (ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("pattern", [MACHINE_PATHS, REGISTRIES, SECRETS], ids=["path", "registry", "secret"])
def test_no_file_holds(pattern):
    this_file = "tests/guards/test_tree.py"
    found = [
        f"{path}:{number}: {line.strip()[:80]}"
        for path, text in texts()
        if path != this_file
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]

    assert found == []


@pytest.mark.parametrize("name", LOCKS)
def test_lock_holds_hashes_and_no_address(name):
    text = (ROOT / "requirements" / name).read_text()
    packages = re.split(r"\n(?=[a-z0-9])", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE))

    assert packages
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []
    assert [package.split()[0] for package in packages if not re.match(r"[\w.\[\]-]+==\S+ ", package)] == []
    assert "://" not in text
    assert not re.search(r"--(index-url|extra-index-url|find-links|trusted-host)", text)


def test_npm_lock_names_no_host():
    locks = [(path, text) for path, text in texts(".json") if path.endswith("package-lock.json")]

    assert [path for path, text in locks if "://" in text and '"resolved"' in text] == []
