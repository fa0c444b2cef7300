"""What the database holds at the end: `python -m tools.drill.truth FOLDER` writes `FOLDER/truth.json`.

Run with the product's own environment. Only facts are read here; `count` judges them.
"""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db.models import Sum  # noqa: E402 -- once Django is ready

from parvis.agencies.models import Agency  # noqa: E402
from parvis.exchange.actions.importing import digest_of  # noqa: E402
from parvis.exchange.actions.packages import open_package  # noqa: E402
from parvis.exchange.models import ImportRun  # noqa: E402
from parvis.interventions.models import Intervention, InterventionEvent  # noqa: E402
from parvis.journal.models import Record  # noqa: E402
from parvis.journal.verification import read_chain  # noqa: E402
from parvis.ledger.models import Account, Entry  # noqa: E402
from parvis.mail.models import OutboxMessage  # noqa: E402
from parvis.people.hashers import is_secret  # noqa: E402
from parvis.people.models import Client, EmailLink, ForgottenPassword, Grant  # noqa: E402
from parvis.people.rules import normalise_secret  # noqa: E402
from parvis.people.tokens import token_digest  # noqa: E402
from tools.drill.count import Entries, Truth  # noqa: E402
from tools.drill.notebook import Line, read_lines  # noqa: E402
from tools.drill.work import faults_of_case, find_work  # noqa: E402


def find_truth(folder: Path) -> Truth:
    lines = read_lines(sorted(folder.glob("*.notebook")))
    grants = list(Grant.objects.filter(ended_at=None).select_related("client", "user"))
    references = dict(Client.objects.values_list("public_id", "customer_reference"))
    references |= {grant.user.public_id: grant.client.customer_reference for grant in grants}
    return Truth(
        grants=Counter(grant.client.customer_reference for grant in grants),
        verbs=verbs_of(references),
        passwords=passwords_of(grants, lines),
        forgotten=Counter(ForgottenPassword.objects.values_list("typed_key", flat=True)),
        unhandled=ForgottenPassword.objects.filter(handled_at=None).count(),
        used_links=used_among(lines),
        messages=messages(),
        runs=runs_of(folder),
        balances=dict(Account.objects.values_list("reference", "balance_cents")),
        entries=entries(),
        reports=Counter(Intervention.objects.exclude(sending_key="").values_list("sending_key", flat=True)),
        cancelled=Counter(
            InterventionEvent.objects.filter(to_state="cancelled").values_list("intervention__public_id", flat=True)
        ),
        case_faults=[fault for case in Intervention.objects.order_by("pk") for fault in faults_of_case(case)],
        work=find_work(lines),
        broken_chains=[
            str(broken) for broken in map(broken_chain, Agency.objects.values_list("pk", flat=True)) if broken
        ],
        journal_length=Record.objects.count(),
    )


def broken_chain(agency_id: int) -> str:
    return str(read_chain(agency_id).broken or "")


def verbs_of(references: dict[str, str]) -> dict[str, dict[str, int]]:
    """How often each verb was journalled for each client, by the login or by the client who does it."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for verb, actor, subject in Record.objects.values_list("verb", "actor_id", "object_id"):
        who = references.get(actor) or references.get(subject)
        if who:
            found[verb][who] += 1
    return {verb: dict(counted) for verb, counted in found.items()}


def passwords_of(grants: list[Grant], lines: list[Line]) -> dict[str, list[str]]:
    """Which of the passwords that each client ever sent opens their login now."""
    sent: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.verb == "password":
            sent[line.who].add(line.what)
    return {
        (who := grant.client.customer_reference): [
            each for each in sorted(sent[who]) if is_secret(normalise_secret(each), encoded=grant.user.password)
        ]
        for grant in grants
    }


def used_among(lines: list[Line]) -> list[str]:
    """The links that were acknowledged as used, and are."""
    tokens = {line.what for line in lines if line.verb == "link"}
    used = set(EmailLink.objects.filter(used_at__isnull=False).values_list("token_hash", flat=True))
    return [token for token in tokens if token_digest(token) in used]


def messages() -> list[dict[str, Any]]:
    """Every message, in the order in which they were queued."""
    columns = ("message_id", "kind", "to_address", "subject", "state", "attempts")
    rows = OutboxMessage.objects.order_by("pk").values(*columns, "created_at")
    return [{**row, "created_at": row["created_at"].timestamp()} for row in rows]


def runs_of(folder: Path) -> dict[str, list[int]]:
    """For each package, the rows that each of its applied imports says it created."""
    found = {}
    for path in sorted(folder.glob("package-*")):
        with open_package(path) as package:
            runs = ImportRun.objects.filter(digest=digest_of(package), state=ImportRun.State.APPLIED)
            found[path.name] = list(runs.order_by("pk").values_list("created", flat=True))
    return found


def entries() -> dict[str, Entries]:
    """What the entries of each account add up to, and their references."""
    columns = ("account__reference", "reference")
    references = defaultdict(list)
    for account, reference in Entry.objects.order_by("pk").values_list(*columns):
        references[account].append(reference)
    sums = Entry.objects.values("account__reference").annotate(debit=Sum("debit_cents"), credit=Sum("credit_cents"))
    return {
        row["account__reference"]: {
            "balance_cents": row["credit"] - row["debit"],
            "references": references[row["account__reference"]],
        }
        for row in sums.order_by()
    }


if __name__ == "__main__":
    where = Path(sys.argv[1])
    (where / "truth.json").write_text(json.dumps(find_truth(where)))
