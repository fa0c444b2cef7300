"""Print the English prose of the project, one place a line, for a spell checker.

Of Python files: comments and docstrings. Of other files: every line. What stands between « » is French and left out.
"""

import ast
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
NOT_PROSE = re.compile(r"«[^»]*»|`[^`]*`|https?://\S+")
FRENCH = {"CHANGELOG.md", "desk-interventions.md", "documents-import.md", "exchange-format.md", "glossary.md"}
DESCRIBED_IN_FRENCH = Path("parvis/web/api")  # its docstrings are what the interface says of itself


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """Line number and text of each comment."""
    with tokenize.open(path) as source:
        for token in tokenize.generate_tokens(source.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def docstrings(path: Path) -> Iterator[tuple[int, str]]:
    """Line number and text of each docstring."""
    for node in ast.walk(ast.parse(path.read_text())):
        text = ast.get_docstring(node) if isinstance(node, DOCUMENTED) else None
        if text:
            yield getattr(node, "lineno", 1), text


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """Line number and text of everything in the file that a person reads in English."""
    if path.suffix == ".py":
        yield from comments(path)
        if DESCRIBED_IN_FRENCH not in path.parents:
            yield from docstrings(path)
    elif path.name not in FRENCH:
        yield from enumerate(path.read_text().splitlines(), start=1)


def main() -> None:
    for name in sys.argv[1:]:
        for line, text in prose(Path(name)):
            print(f"{name}:{line} {NOT_PROSE.sub('', ' '.join(text.split()))}")


if __name__ == "__main__":
    main()
