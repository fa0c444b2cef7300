"""wapiti attacks the folders of the entrance."""

import json
from collections.abc import Iterator
from pathlib import Path

from tools.audit.site import Site
from tools.audit.verdict import Verdict, answer, empty_folder, run, sorted_out

FOLDERS = ("connexion", "premiere-connexion", "mot-de-passe-oublie")
# Every form answers a refusal at the next half second: a module that tries hundreds of words is cut.
SECONDS_PER_MODULE = 40
SECONDS_PER_FOLDER = 600  # some 100 on a quiet machine
# Not those that call a server elsewhere (ssrf, xxe), need a list from elsewhere (nikto, wapp) or guess names of files.
MODULES = (
    *("blindsql", "cookieflags", "crlf", "csp", "csrf", "exec", "file", "htaccess", "http_headers", "methods"),
    *("permanentxss", "redirect", "shellshock", "sql", "xss"),
)
REASONS = {
    "X-XSS-Protection is not set": "no current browser reads it; the policy of the pages refuses inline scripts",
    "Lack of anti CSRF token": "wapiti looks for other names than csrfmiddlewaretoken; a form without it is refused",
}


def scan(site: Site) -> Verdict:
    report, findings, missing = empty_folder("wapiti"), [], []
    for name in FOLDERS:
        path = report / f"{name}.json"
        run(
            *(
                "wapiti",
                "-u",
                f"{site.secure_origin}/{name}/",
                "--scope",
                "folder",
                "-d",
                "1",
                "-m",
                ",".join(MODULES),
                "-t",
                "20",
            ),
            *("--flush-session", "--no-bugreport", "--max-attack-time", str(SECONDS_PER_MODULE)),
            *("--store-session", str(report / "session"), "--store-config", str(report / "config")),
            *("-f", "json", "-o", str(path)),
            words=report / f"{name}.txt",
            seconds=SECONDS_PER_FOLDER,
        )
        if path.exists():
            findings += list(findings_in(path))
        else:
            missing.append(f"/{name}/: no report within {SECONDS_PER_FOLDER} s")
    faults, argued = sorted_out(findings, REASONS)
    return Verdict(
        tool="wapiti",
        version=answer("wapiti", "--version").split()[-1],
        result=f"{len(FOLDERS)} folders, {len(MODULES)} modules: {len(faults)} findings to mend",
        faults=missing + faults,
        argued=argued,
    )


def findings_in(report: Path) -> Iterator[str]:
    told = json.loads(report.read_text())
    for kind in ("vulnerabilities", "anomalies"):
        for category, found in told[kind].items():
            for one in found:
                yield f"{one['info']} ({category}, {one['method']} {one['path']})"
