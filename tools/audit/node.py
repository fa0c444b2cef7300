"""The tools that come from npm, at the versions of the lock beside this file."""

import json
import shutil
from functools import cache
from pathlib import Path

from tools.audit.verdict import REPORTS, answer

HERE = Path(__file__).parent
FOLDER = REPORTS / "node"


@cache
def installed() -> Path:
    """The folder where they stand; no script of a package runs there."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", "csp.mjs", "observatory.mjs"):
        shutil.copy(HERE / name, FOLDER)
    answer("npm", "ci", "--prefix", str(FOLDER), "--ignore-scripts", "--no-audit", "--no-fund")
    return FOLDER


def version(package: str) -> str:
    """The one of the lock."""
    chosen: dict[str, str] = json.loads((HERE / "package.json").read_text())["dependencies"]
    return chosen[package]
