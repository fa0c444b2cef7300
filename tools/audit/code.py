"""bandit reads our code."""

import json
import sys
from typing import Any

from tools.audit.verdict import Verdict, answer, empty_folder, run

OURS = ("config", "parvis", "tools", "manage.py")
BAR = ("MEDIUM", "HIGH")


def read_code() -> Verdict:
    report = empty_folder("bandit")
    path = report / "report.json"
    bandit = (sys.executable, "-m", "bandit")
    run(
        *bandit,
        "-c",
        "pyproject.toml",
        "-r",
        *OURS,
        "-f",
        "json",
        "-o",
        str(path),
        words=report / "words.txt",
        seconds=300,
    )
    told: dict[str, Any] = json.loads(path.read_text())
    found = [one for one in told["results"] if one["issue_severity"] in BAR]
    totals = told["metrics"]["_totals"]
    return Verdict(
        tool="bandit",
        version=answer(*bandit, "--version").split()[1],
        result=f"{totals['loc']} lines; {len(found)} of severity medium or high, {totals['SEVERITY.LOW']} low",
        faults=[f"{one['filename']}:{one['line_number']} {one['test_id']} {one['issue_text']}" for one in found],
    )
