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
    """The folder where they stand; no script of a package runs there. Installed again when the lock changes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", "csp.mjs", "observatory.mjs"):
        shutil.copy(HERE / name, FOLDER)
    lock, done = (FOLDER / "package-lock.json").read_bytes(), FOLDER / "node_modules/.installed"
    if not done.exists() or done.read_bytes() != lock:
        answer("npm", "ci", "--prefix", str(FOLDER), "--ignore-scripts", "--no-audit", "--no-fund", seconds=600)
        done.write_bytes(lock)
    return FOLDER


def version(package: str) -> str:
    """The one of the lock."""
    chosen: dict[str, str] = json.loads((HERE / "package.json").read_text())["dependencies"]
    return chosen[package]
