"""`make audit`: what independent tools say of the code, the headers, the forms and the pages; a failure under a bar.

Usage: python -m tools.audit [bandit] [csp_evaluator] [observatory] [lighthouse] [sqlmap] [wapiti]      all by default
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from tools.audit.code import read_code
from tools.audit.headers import grade_headers
from tools.audit.injection import inject
from tools.audit.pages import measure_pages
from tools.audit.policy import weigh_policies
from tools.audit.scan import scan
from tools.audit.site import Site, running_site
from tools.audit.verdict import REPORTS, Verdict

TOOLS: dict[str, Callable[[Site], Verdict]] = {
    "csp_evaluator": weigh_policies,
    "observatory": grade_headers,
    "lighthouse": measure_pages,
    "sqlmap": inject,
    "wapiti": scan,
}


def main(asked: list[str]) -> int:
    unknown = set(asked) - {"bandit", *TOOLS}
    if unknown:
        print(f"unknown: {', '.join(sorted(unknown))}; known: bandit, {', '.join(TOOLS)}", file=sys.stderr)
        return 2
    REPORTS.mkdir(parents=True, exist_ok=True)
    started, verdicts = time.strftime("%Y-%m-%d %H:%M"), []
    for verdict in verdicts_of(asked or ["bandit", *TOOLS]):
        verdicts.append(verdict)
        print(told(verdict), flush=True)
    summary = "\n".join([f"Audit of {started}", *map(told, verdicts)])
    (REPORTS / "summary.txt").write_text(summary + "\n")
    faults = sum(len(verdict.faults) for verdict in verdicts)
    print(f"{len(verdicts)} tools, {faults} faults; reports in {REPORTS}")
    return 1 if faults else 0


def verdicts_of(asked: list[str]) -> Iterator[Verdict]:
    """The site opens for the first tool that wants it."""
    with ExitStack() as stack:
        if "bandit" in asked:
            yield read_code()
        wanted = [tool for name, tool in TOOLS.items() if name in asked]
        site = stack.enter_context(running_site()) if wanted else None
        if site:
            yield from (tool(site) for tool in wanted)


def told(verdict: Verdict) -> str:
    lines = [f"{'FAILED' if verdict.faults else 'ok':7} {verdict.tool} {verdict.version}: {verdict.result}"]
    lines += [f"        fault: {fault}" for fault in verdict.faults]
    lines += [f"        argued: {finding}" for finding in verdict.argued]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
