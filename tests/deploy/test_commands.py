"""What the units and the operations guide type exists, with those options."""

import re
import shlex
from argparse import _SubParsersAction

import pytest
from django.core.management import get_commands, load_command_class

from tests.deploy.site import SHIPPED
from tests.guards.tree import ROOT

UNITS = sorted((SHIPPED / "systemd").glob("*.service"))
GUIDE = (ROOT / "docs" / "operations.md").read_text()
TYPED = sorted(set(re.findall(r"^parvis ([a-z_]+ ?[^\n#]*?)(?: +#.*)?$", GUIDE, re.MULTILINE)))
OPTION = re.compile(r"--[a-z-]+")


def options_of(command, words):
    """The options that the command takes, and those of the gestures named in `words` (« next », « show »…)."""
    loaded = load_command_class(get_commands()[command], command)
    return set(options_in(loaded.create_parser("manage.py", command), words))


def options_in(parser, words):
    for action in parser._actions:
        yield from action.option_strings
        for gesture, inner in (action.choices or {}).items() if isinstance(action, _SubParsersAction) else ():
            if gesture in words:
                yield from options_in(inner, words)


def unknown_in(words):
    command, *rest = shlex.split(words)
    assert command in get_commands(), f"there is no command {command}"
    return {word for word in rest if OPTION.fullmatch(word)} - options_of(command, rest)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_units_run_commands_that_exist(unit):
    for words in re.findall(r"manage\.py (.+)$", unit.read_text(), re.MULTILINE):
        assert unknown_in(words) == set()


@pytest.mark.parametrize("words", TYPED)
def test_guide_types_commands_that_exist(words):
    assert unknown_in(words) == set()


def test_guide_names_every_shipped_file():
    told = {
        path.name for path in SHIPPED.rglob("*") if path.is_file() and f"deploy/{path.relative_to(SHIPPED)}" in GUIDE
    }
    by_folder = {path.name for path in SHIPPED.glob("systemd/*")} | {
        path.name for path in SHIPPED.glob("nginx/erreurs/*")
    }

    assert {path.name for path in SHIPPED.rglob("*") if path.is_file()} - told - by_folder == set()
