"""What a tool said, and how it is run: bounded in time, its words kept."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "var" / "audit"
OUT_OF_TIME = 124


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`faults` miss the bar; `argued` are findings that stand, each with its reason."""

    tool: str
    version: str
    result: str
    faults: Sequence[str] = field(default_factory=list)
    argued: Sequence[str] = field(default_factory=list)


def sorted_out(findings: Sequence[str], reasons: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The findings that nothing argues, and the others with their reasons."""
    faults, argued = [], []
    for finding in dict.fromkeys(findings):
        reason = next((why for start, why in reasons.items() if finding.startswith(start)), "")
        if reason:
            argued.append(f"{finding}: {reason}")
        else:
            faults.append(finding)
    return faults, argued


def run(*command: str, words: Path, seconds: int) -> int:
    """Run a tool to its end, or to the end of its time; what it says goes to `words`. Its status."""
    environment = {**os.environ, "LANG": "C.UTF-8"}
    with words.open("wb") as said:
        try:
            done = subprocess.run(
                command, cwd=ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT, timeout=seconds, check=False
            )
        except subprocess.TimeoutExpired:
            return OUT_OF_TIME
    return done.returncode


def answer(*command: str, environment: Mapping[str, str] | None = None, seconds: int = 180) -> str:
    """What a tool says on standard output, or a failure with its words."""
    full = {**os.environ, **(environment or {})}
    done = subprocess.run(command, cwd=ROOT, env=full, capture_output=True, text=True, check=False, timeout=seconds)
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr or done.stdout}")
    return done.stdout


def empty_folder(name: str) -> Path:
    """A new folder among the reports, in place of the former one."""
    folder = REPORTS / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
