"""What a run is worth: its figures, each beside its bar."""

from collections import Counter
from collections.abc import Mapping, Sequence

from tools.drill.count import arrivals, drain_rate, duplicates, recoveries
from tools.drill.counting_work import acknowledged
from tools.drill.figures import (
    LEAST_DRAINED_A_SECOND,
    MOST_SECONDS_AWAY,
    Figure,
    at_least,
    at_most,
    median_ms,
    no_fault,
    no_slower,
    told,
)
from tools.drill.killer import MESSAGES, PAGES, TARGETS
from tools.drill.outages import EXPIRING
from tools.drill.run import Outcome

# What is done, in words, and how often in a minute at least: a run in which little happened shows little.
ACTIONS = {
    "access": ("first connections, to the end", 5),
    "sign-in": ("sign-ins", 1),
    "forgotten": ("forgotten passwords", 5),
    "reset": ("new passwords", 1),
    "report": ("problems reported, with photos", 24),
    "cancel": ("reports taken back", 2),
    "solved": ("said to be solved by clients", 1),
    "gesture": ("moves of cases", 20),
    "case-message": ("messages in cases, with a photo", 4),
    "offer": ("offers of firms", 1),
    "paper": ("photos of firms", 4),
    "done": ("works done, said by firms", 1),
    "deposit": ("files brought in on the desk", 12),
    "publish": ("documents put online", 2),
    "intake": ("packages brought in on the desk", 1),
    "import": ("imports", 2),
    "message": ("messages of the agency", 5),
}


def figures_of(outcome: Outcome, faults: Mapping[str, Sequence[str]]) -> list[Figure]:
    return [
        *[no_fault(f"faults: {name}", found) for name, found in faults.items()],
        *acknowledged_figures(outcome),
        *kill_figures(outcome),
        *mail_figures(outcome),
        *page_figures(outcome),
    ]


def acknowledged_figures(outcome: Outcome) -> list[Figure]:
    """A run in which nothing happened shows nothing."""
    total = sum(line.stage == "acknowledged" for line in outcome.lines)
    minutes = outcome.storm.seconds / 60
    each = [
        at_least(f"acknowledged: {words}", acknowledged(outcome.lines, verb).total(), int(least * minutes))
        for verb, (words, least) in ACTIONS.items()
    ]
    return [
        *each,
        told("acknowledged in all", total),
        told("forms sent again, unanswered", outcome.storm.repeated),
        told("journal, facts", outcome.truth["journal_length"]),
    ]


def kill_figures(outcome: Outcome) -> list[Figure]:
    """How many of each, and how long until the first success."""
    killed = Counter(kill.target.name for kill in outcome.storm.kills)
    messages = arrivals(outcome.truth, outcome.postbag.all)
    found = []
    for what, successes in ((PAGES, outcome.storm.answers), (MESSAGES, messages)):
        at = [kill.at for kill in outcome.storm.kills if what in kill.target.stops]
        away = recoveries(at, successes) or [float("nan")]
        found.append(at_most(f"longest without {what} after a kill", max(away), MOST_SECONDS_AWAY, unit=" s"))
        found.append(told(f"median without {what} after a kill", f"{sorted(away)[len(away) // 2]:.2f} s"))
    return [
        at_least("kill -9", len(outcome.storm.kills) + outcome.storm.importing.cuts, 1),
        *[told(f"kill -9: {target.name}", killed[target.name]) for target in TARGETS if killed[target.name]],
        told("kill -9: an import", outcome.storm.importing.cuts),
        told("started undisturbed, for comparison", f"{outcome.opened_within:.2f} s"),
        *found,
    ]


def mail_figures(outcome: Outcome) -> list[Figure]:
    """What was sent, and sent again; how fast a backlog leaves."""
    taken = outcome.postbag.all
    under_kills = [row for row in taken if row["at"] < outcome.load_ended_at]
    in_flight = sum(MESSAGES in kill.target.stops for kill in outcome.storm.kills)
    heap = [row["at"] for row in taken if row["subject"].startswith("heap-")]
    states = Counter(message["state"] for message in outcome.truth["messages"])
    waited = min(heap, default=float("nan")) - outcome.outages.backlog_since
    expired = [row for row in outcome.truth["messages"] if row["subject"].startswith("late-")]
    return [
        told("messages: " + ", ".join(f"{number} {state}" for state, number in sorted(states.items())), ""),
        at_most("duplicates under kills (one in flight each)", duplicates(under_kills), in_flight),
        told("duplicates in all", duplicates(taken)),
        at_least("backlog, messages a second", drain_rate(heap, since=min(heap, default=0.0)), LEAST_DRAINED_A_SECOND),
        told("backlog began to leave after", f"{waited:.1f} s"),
        at_least("expired links dropped", sum(row["state"] == "expired" for row in expired), EXPIRING),
        told("everything had left after", f"{outcome.drained_after:.0f} s"),
    ]


def page_figures(outcome: Outcome) -> list[Figure]:
    """Pages that send a message, while the mail server is up, down or slow; in turns of the same run."""
    outages = outcome.outages
    return [
        told("page, mail server up (median)", f"{median_ms(outages.up):.1f} ms"),
        no_slower("page, mail server down (median)", outages.down, usual=outages.up),
        no_slower("page, mail server slow (median)", outages.slow, usual=outages.up),
    ]
