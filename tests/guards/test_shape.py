"""Functions, modules and templates stay short; imports stand at the top; nothing listens to signals.

Each allow-list may only shrink: an entry that is no longer needed fails too.
"""

import ast

from tests.guards.tree import OURS, ROOT, modules, walk

FUNCTION_LINES = 40
MODULE_LINES = 400
TEMPLATE_LINES = 120
LONG_FUNCTIONS: set[str] = set()
LONG_MODULES: set[str] = set()
LOCAL_IMPORTS: set[str] = set()
TYPES_ONLY = {"parvis/people/models/logins.py"}  # a login carries its grants, whose rows point back at it

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree):
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def is_import(node):
    return isinstance(node, ast.Import | ast.ImportFrom)


def test_no_address_takes_a_text_of_any_shape():
    """A token has the reader of its own; what names a row is a public id, which the database can hold."""
    taking = {
        (module.name, line.strip())
        for module in ROOT.glob("parvis/web/**/urls.py")
        for line in module.read_text().splitlines()
        if "<str:" in line and "<str:token>" not in line
    }

    assert taking == set()


def test_no_function_is_longer_than_forty_lines():
    long = {
        f"{path}::{node.name}"
        for path, tree in modules(*OURS).items()
        for node in functions(tree)
        if (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES
    }

    assert long == LONG_FUNCTIONS


def test_no_module_is_longer_than_four_hundred_lines():
    long = {path for path in modules(*OURS) if len((ROOT / path).read_text().splitlines()) > MODULE_LINES}

    assert long == LONG_MODULES


def test_no_template_is_longer_than_a_hundred_and_twenty_lines():
    templates = (path for path in walk(ROOT / "parvis") if path.suffix == ".html")

    assert [str(path) for path in templates if len(path.read_text().splitlines()) > TEMPLATE_LINES] == []


def test_no_import_hides_in_a_function():
    local = {
        f"{path}::{node.name}"
        for path, tree in modules(*OURS).items()
        for node in functions(tree)
        if any(is_import(inner) for inner in ast.walk(node))
    }

    assert local == LOCAL_IMPORTS


def test_no_import_hides_behind_type_checking():
    hidden = {
        path
        for path, tree in modules("config", "parvis").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
    }

    assert hidden == TYPES_ONLY


def test_nobody_listens_to_signals():
    listeners = [
        path
        for path, tree in modules("config", "parvis").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom | ast.Import) and imports_signals(node)
    ]

    assert listeners == []


def imports_signals(node):
    names = [alias.name for alias in node.names]
    origin = getattr(node, "module", None) or ""
    return any("signals" in name or "django.dispatch" in name for name in [origin, *names])
