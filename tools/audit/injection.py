"""sqlmap tries to speak to the database through the forms of the entrance."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from tools.audit.site import Site
from tools.audit.verdict import OUT_OF_TIME, Verdict, answer, empty_folder, run

SECONDS_PER_FIELD = 300
FIELDS = (
    ("connexion", "identifier"),
    ("connexion", "password"),
    ("premiere-connexion", "identifier"),
    ("premiere-connexion", "password"),
    ("mot-de-passe-oublie", "identifier"),
)
NOT_INJECTABLE = "all tested parameters do not appear to be injectable"
# Each field is tried some seventy times; the identifiant that sqlmap starts from is tried again, and its door closes.
REFUSED = re.compile(r"^(?:403|429|5\d\d) \(.*\) - (\d+) times$", re.MULTILINE)
REFUSALS_ALLOWED = 10


def inject(site: Site) -> Verdict:
    report = empty_folder("sqlmap")
    faults = [fault for page, field in FIELDS for fault in inject_into(site, page=page, field=field, report=report)]
    return Verdict(
        tool="sqlmap",
        version=answer("sqlmap", "--version").split()[0],
        result=f"{len(FIELDS)} fields of the forms, level 1: " + ("see the faults" if faults else "nothing injectable"),
        faults=faults,
    )


def inject_into(site: Site, *, page: str, field: str, report: Path) -> Iterator[str]:
    """What is wrong with one field. While passwords are tried the identifiant changes, or its door would close.

    Over https a form is refused without the address it stands at.
    """
    address, words = f"{site.secure_origin}/{page}/", report / f"{page}-{field}.txt"
    form = {"identifier": site.identifier, "password": "Un-Essai-12", "csrfmiddlewaretoken": "-"}
    status = run(
        *("sqlmap", "--batch", "--disable-coloring", "--flush-session", "--level=1", "--risk=1", "-u", address),
        *("--data", urlencode(form), "-p", field, f"--output-dir={report / words.stem}"),
        *("--csrf-token=csrfmiddlewaretoken", f"--csrf-url={address}", f"--referer={address}"),
        *(["--randomize=identifier"] if field == "password" else []),
        words=words,
        seconds=SECONDS_PER_FIELD,
    )
    said = words.read_text(errors="replace")
    if status == OUT_OF_TIME:
        yield f"{words.stem}: not at its end after {SECONDS_PER_FIELD} s"
    elif NOT_INJECTABLE not in said:
        yield f"{words.stem}: {words} does not say that nothing was found"
    for refusal in REFUSED.finditer(said):
        if int(refusal[1]) > REFUSALS_ALLOWED:
            yield f"{words.stem}: did not reach the form: {refusal[0]}"
