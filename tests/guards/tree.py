"""The files of the project and the code in them, for the guards that read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("config", "parvis", "tools", "bench", "tests")
NOT_OURS = {
    ".git",
    ".venv",
    ".venv-uv",
    "var",
    "node_modules",
    "staticfiles",
    "test-results",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".import_linter_cache",
    ".hypothesis",
}


def walk(folder: Path) -> Iterator[Path]:
    """Every file of the project under `folder`, but what tools leave behind."""
    for path in sorted(folder.iterdir()):
        if path.name in NOT_OURS or path.is_symlink():
            continue
        if path.is_dir():
            yield from walk(path)
        else:
            yield path


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def modules(*folders: str) -> dict[str, ast.Module]:
    """The syntax tree of each Python file under these folders, by its path from the root."""
    found = {}
    for folder in folders:
        for path in walk(ROOT / folder) if (ROOT / folder).is_dir() else ():
            if path.suffix == ".py" and path.parent.name != "migrations":
                found[str(path.relative_to(ROOT))] = parsed(path)
    return found


def texts(*suffixes: str) -> Iterator[tuple[str, str]]:
    """Path and text of each file of the project with one of these suffixes (of any file, with none)."""
    for path in walk(ROOT):
        if suffixes and path.suffix not in suffixes:
            continue
        try:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
