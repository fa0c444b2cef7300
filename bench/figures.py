"""What was measured: the table that is printed and the file that is kept."""

import dataclasses
import datetime as dt
import json
import os
import platform
import subprocess
from pathlib import Path

import django
import psycopg

from tools import postgres

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measure, in words; `at_most` is what it must reach, where there is a target."""

    part: str
    words: str
    value: float
    unit: str
    at_most: float | None = None

    @property
    def is_reached(self) -> bool | None:
        """`None` when nothing was promised."""
        return None if self.at_most is None else self.value <= self.at_most

    @property
    def verdict(self) -> str:
        return {None: "", True: "atteint", False: "manqué"}[self.is_reached]


def number(value: float) -> str:
    """At most three digits that mean something, and no zero that means nothing."""
    if value >= 100:
        return f"{value:,.0f}".replace(",", "\u202f")
    return f"{value:.3g}".replace(".", ",")


def line(figure: Figure) -> str:
    """One row of the table."""
    target = "" if figure.at_most is None else f"≤\u00a0{number(figure.at_most)}"
    return f"{figure.words:<64.64} {number(figure.value):>9} {figure.unit:<9} {target:>9}  {figure.verdict}".rstrip()


def table(figures: list[Figure]) -> str:
    """The figures, one block a part."""
    lines: list[str] = []
    for part in dict.fromkeys(figure.part for figure in figures):
        lines += ["", part, *(line(figure) for figure in figures if figure.part == part)]
    return "\n".join(lines[1:])


def first_line_of(*command: str) -> str:
    """What a program answers, or nothing where there is no such program."""
    try:
        answer = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return answer.stdout.strip().partition("\n")[0]


def commit() -> str:
    """The commit that was measured, with a plus when files differ from it."""
    changed = first_line_of("git", "status", "--porcelain", "--untracked-files=no")
    return (first_line_of("git", "rev-parse", "--short", "HEAD") or "unknown") + ("+" if changed else "")


def processor() -> str:
    facts = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((fact.partition(":")[2].strip() for fact in facts if fact.startswith("model name")), "unknown")


def versions(*, chromium: str) -> dict[str, str]:
    """The versions of what was measured. No name of machine, no path."""
    folder = postgres.binaries()
    return {
        "python": platform.python_version(),
        "django": django.get_version(),
        "psycopg": psycopg.__version__,
        "postgresql": first_line_of(str(folder / "postgres"), "--version") if folder else "of the wheel",
        "chromium": first_line_of(chromium, "--version") if chromium else "",
    }


def save(figures: list[Figure], *, chromium: str) -> Path:
    """Write the figures and what they were measured on; other parts measured that day at that commit stay."""
    now, measured = dt.datetime.now(tz=dt.UTC), commit()
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{now:%Y-%m-%d}-{measured}.json"
    new = [dataclasses.asdict(figure) | {"is_reached": figure.is_reached} for figure in figures]
    before = json.loads(path.read_text(encoding="utf-8"))["figures"] if path.exists() else []
    again = {figure.part for figure in figures}
    content = {
        "measured_at": now.isoformat(timespec="seconds"),
        "commit": measured,
        "processor": processor(),
        "cores": os.cpu_count(),
        "versions": versions(chromium=chromium),
        "figures": [*(figure for figure in before if figure["part"] not in again), *new],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path
