"""One run on one database: load and kills, outages of the mail, then the count."""

import dataclasses
import json
import re
import time
from collections import Counter
from collections.abc import Callable

from tools.drill import count, counting_work
from tools.drill.notebook import Line, Notebook, read_lines
from tools.drill.outages import Outages
from tools.drill.population import ENTRIES_A_BLOCK, FIRMS, STAFF, books_after, firm_email, staff_email
from tools.drill.postbag import Postbag
from tools.drill.sink import REFUSED_FOR_EVER
from tools.drill.site import Site
from tools.drill.storm import Storm

DRAINS_WITHIN = 260.0  # above the three minutes for which a message is lent to a worker
WAITING = re.compile(r"^(\d+) message", re.MULTILINE)


@dataclasses.dataclass(kw_only=True)
class Outcome:
    """Everything that was recorded of a run."""

    storm: Storm
    outages: Outages
    opened_within: float
    load_ended_at: float
    drained_after: float
    listed: str
    lines: list[Line]
    truth: count.Truth
    postbag: Postbag


@dataclasses.dataclass(kw_only=True)
class Run:
    """`seconds` of load and kills, then outages of `outage_seconds` each, on a site of `seed`."""

    site: Site
    seconds: float
    seed: int
    tell: Callable[[str], None]
    sabotage: str = ""
    outage_seconds: float = 3.0
    backlog: int = 600

    def play(self) -> Outcome:
        self.tell("the product is being filled")
        codes = self.site.prepare()
        with self.site.open():
            notebook, postbag = (
                Notebook(self.site.folder / "people.notebook"),
                Postbag(self.site.folder / "taken.jsonl"),
            )
            storm = Storm(
                site=self.site, seconds=self.seconds, seed=self.seed, tell=self.tell, notebook=notebook, postbag=postbag
            )
            storm.prepare(codes)
            storm.blow()
            load_ended_at = time.time()
            self.tell("the mail server misbehaves")
            outages = Outages(site=self.site, notebook=notebook, seconds=self.outage_seconds, backlog=self.backlog)
            outages.play()
            self.tell("messages that wait are leaving")
            drained_after = self.drain()
            storm.bookkeeper.join()
            listed = self.site.run("manage.py", "list_messages", "--limit=1000")
            self.tell("counting")
            if self.sabotage:
                self.site.run("-m", "tools.drill.sabotage", self.sabotage)
            self.site.run("-m", "tools.drill.truth", str(self.site.folder))
        postbag.refresh()
        return Outcome(
            storm=storm,
            outages=outages,
            opened_within=self.site.opened_within,
            load_ended_at=load_ended_at,
            drained_after=drained_after,
            listed=listed,
            lines=read_lines(sorted(self.site.folder.glob("*.notebook"))),
            truth=json.loads((self.site.folder / "truth.json").read_text()),
            postbag=postbag,
        )

    def drain(self) -> float:
        """Wait until no message waits any more; the seconds that took."""
        started = time.monotonic()
        while time.monotonic() - started < DRAINS_WITHIN:
            waiting = WAITING.search(self.site.run("manage.py", "list_messages", "--state=queued", "--limit=1"))
            if waiting and int(waiting.group(1)) == 0:
                break
            time.sleep(2)
        return time.monotonic() - started


def faults_of(outcome: Outcome, *, clients: int) -> dict[str, list[str]]:
    """Every check of the count, by name."""
    lines, truth, taken = outcome.lines, outcome.truth, outcome.postbag.all
    books = books_after(outcome.storm.blocks, clients=clients)
    neighbours = {person.email for person in outcome.storm.neighbours}
    offices = [*map(staff_email, STAFF), *map(firm_email, range(FIRMS))]
    gone = {row["subject"] for row in truth["messages"] if row["subject"].startswith(REFUSED_FOR_EVER)}
    numbered = Counter(row["subject"] for row in truth["messages"] if row["kind"] == "drill")
    queued = [dataclasses.replace(line, who=line.what) for line in lines if line.verb == "message"]
    verbs = truth["verbs"]
    return {
        "first connections": [*count.accesses(lines, truth), *count.steps(lines, truth), *count.links(lines, truth)],
        "sign-ins": [
            *count.neither_lost_nor_doubled(lines, "sign-in", verbs.get("sign-in.succeeded", {})),
            *count.neither_lost_nor_doubled(lines, "code", verbs.get("second-step.passed-by-mailed-code", {})),
        ],
        "forgotten passwords": list(count.forgotten(lines, truth)),
        "new passwords": [
            *count.neither_lost_nor_doubled(lines, "reset", verbs.get("password.changed", {})),
            *count.passwords(lines, truth),
        ],
        "imports": list(count.imports(lines, truth, rows=ENTRIES_A_BLOCK)),
        "ledger": list(count.ledger(truth, {key: (one.balance_cents, one.references) for key, one in books.items()})),
        "reports, photos, cancellations": list(count.cases(lines, truth)),
        "moves of cases": list(counting_work.moves(lines, truth["work"])),
        "messages in cases": list(counting_work.written(lines, truth["work"])),
        "orders to firms": list(counting_work.firms(lines, truth["work"])),
        "documents and packages of the desk": list(counting_work.desk(lines, truth["work"])),
        "journal": list(count.journal(truth)),
        "messages queued": list(count.neither_lost_nor_doubled(once(queued), "message", numbered)),
        "messages sent": list(count.deliveries(truth, taken)),
        "messages refused for ever": list(count.refusals(truth, gone=gone, listed=outcome.listed)),
        "one Message-ID a message": list(count.one_identity(taken)),
        "order of a person's messages": list(count.order(truth, taken, shared={*neighbours, *offices})),
        "nonsense": list(count.nonsense(lines)),
    }


def once(lines: list[Line]) -> list[Line]:
    """A message asked for again, after the truth was asked, is still one message."""
    return list({(line.stage, line.who): line for line in lines}.values())
