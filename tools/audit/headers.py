"""MDN's HTTP Observatory grades what production sends with its pages."""

import json
from typing import Any

from tools.audit import node
from tools.audit.site import Site
from tools.audit.verdict import Verdict, answer, empty_folder

PAGES = ("/connexion/", "/premiere-connexion/", "/aide/connexion/")
BAR = 130  # of 145


def grade_headers(site: Site) -> Verdict:
    folder, report = node.installed(), empty_folder("observatory")
    grades, faults = [], []
    for page in PAGES:
        words = ("node", str(folder / "observatory.mjs"), str(site.secure_port), page)
        told: dict[str, Any] = json.loads(answer(*words, environment={"NODE_EXTRA_CA_CERTS": str(site.certificate)}))
        (report / f"{page.strip('/').replace('/', '-')}.json").write_text(json.dumps(told, indent=1))
        grades.append(f"{page} {told['grade']} ({told['score']})")
        faults += [f"{page}: {one['test']}: {one['result']}" for one in told["tests"] if not one["pass"]]
        if told["status"] != 200 or told["score"] < BAR:
            faults.append(f"{page}: status {told['status']}, score {told['score']}, below {BAR}")
    return Verdict(
        tool="HTTP Observatory",
        version=node.version("@mdn/mdn-http-observatory"),
        result="; ".join(grades),
        faults=faults,
    )
