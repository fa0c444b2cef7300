"""csp_evaluator weighs the policies that the pages are sent with."""

import json
from typing import Any

import httpx2

from tools.audit import node
from tools.audit.site import Site
from tools.audit.verdict import Verdict, answer, empty_folder, sorted_out

PAGES = ("/connexion/", "/", "/comptes/", "/aide/connexion/", "/cette-page-n-existe-pas/")
SEVERE = ("HIGH", "SYNTAX", "MEDIUM", "HIGH_MAYBE")
REASONS = {
    "script-src 'self'": "only our own static files answer as scripts: no JSONP, no file of a client, nosniff on all",
}


def weigh_policies(site: Site) -> Verdict:
    folder, findings, policies = node.installed(), [], set()
    for page in PAGES:
        headers = httpx2.get(site.origin + page, headers={"Cookie": site.cookie}, trust_env=False).headers
        policies.add(headers["Content-Security-Policy"])
    report = []
    for policy in sorted(policies):
        found: list[dict[str, Any]] = json.loads(answer("node", str(folder / "csp.mjs"), policy))
        report.append({"policy": policy, "findings": found})
        findings += [f"{one['directive']} {one.get('value') or ''} ({one['severity']})" for one in found]
    (empty_folder("csp_evaluator") / "report.json").write_text(json.dumps(report, indent=1))
    faults, argued = sorted_out(findings, REASONS)
    return Verdict(
        tool="csp_evaluator",
        version=node.version("csp_evaluator"),
        result=f"{len(PAGES)} pages; {sum(map(is_severe, findings))} severe findings",
        faults=faults,
        argued=argued,
    )


def is_severe(finding: str) -> bool:
    return finding.endswith(tuple(f"({severity})" for severity in SEVERE))
