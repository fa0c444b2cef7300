"""The count of what was done about the cases and on the desk. Pure functions on recorded facts."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypedDict

from tools.drill.notebook import ACKNOWLEDGED, ASKED, Line

# Where each gesture leads; « reprendre » leads back to whatever was held.
LEADS = {
    "prendre-en-charge": ("acknowledged",),
    "mandater": ("ordered",),
    "replanifier": ("ordered",),
    "fixer-le-rendez-vous": ("scheduled",),
    "creneau": ("scheduled",),
    "commencer": ("in_progress",),
    "terminer": ("in_progress", "done"),
    "reprendre": ("acknowledged", "ordered", "in_progress"),
    "mettre-en-attente": ("on_hold",),
    "rouvrir": ("acknowledged",),
    "clore": ("closed",),
    "resolu": ("closed",),
    "annuler": ("cancelled",),
}
GESTURES = ("gesture", "cancel", "solved")
BY_A_FIRM = ("in_progress", "done")


class Order(TypedDict):
    """What became of an order: its case, whether the firm said « done », its photos, the times that it offered."""

    case: str
    is_done: bool
    photos: int
    slots: list[str]


class Work(TypedDict):
    """What the database holds of the cases, the orders (by the token of their link) and the desk."""

    steps: dict[str, list[str]]
    messages: dict[str, int]
    pictures: dict[str, int]
    orders: dict[str, Order]
    offers: dict[str, int]
    deposits: dict[str, int]
    described: dict[str, int]
    documents: dict[str, int]
    intakes: dict[str, int]


def acknowledged(lines: Sequence[Line], verb: str) -> Counter[str]:
    return Counter(line.who for line in lines if line.verb == verb and line.stage == ACKNOWLEDGED)


def asked(lines: Sequence[Line], verb: str) -> Counter[str]:
    return Counter(line.who for line in lines if line.verb == verb and line.stage == ASKED)


def at_most_once(lines: Sequence[Line], verb: str, found: Mapping[str, int]) -> Iterator[str]:
    """What bears a key of its own: there if it was acknowledged, never twice, never unasked."""
    done, wanted = acknowledged(lines, verb), asked(lines, verb)
    for key in sorted({*done, *found}):
        number = found.get(key, 0)
        if (done[key] and not number) or number > 1 or (number and not wanted[key]):
            yield f"{verb} {key}: {done[key]} acknowledged, {wanted[key]} asked, {number} found"


def moves(lines: Sequence[Line], work: Work) -> Iterator[str]:
    """Each acknowledged move is the step that follows the version its page showed; nobody made any other."""
    wanted: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for line in lines:
        if line.verb not in GESTURES:
            continue
        version, slug = int(line.what.split()[0]), line.what.split()[1]
        steps = work["steps"].get(line.who, [])
        if line.stage == ACKNOWLEDGED and (len(steps) <= version or steps[version] not in LEADS[slug]):
            yield f"{slug} of case {line.who}, version {version}: acknowledged, steps {steps}"
        wanted[line.who] |= {(version, state) for state in LEADS[slug]}
        if slug == "terminer":
            wanted[line.who].add((version + 1, "done"))
    by_firms = {work["orders"][token]["case"] for token in asked(lines, "done") if token in work["orders"]}
    for case, steps in sorted(work["steps"].items()):
        for version, state in list(enumerate(steps))[1:]:
            if (version, state) not in wanted[case] and not (case in by_firms and state in BY_A_FIRM):
                yield f"case {case}: {state} after version {version}, which nobody asked for"


def written(lines: Sequence[Line], work: Work) -> Iterator[str]:
    """Each message to a client is there once, with its photo."""
    yield from at_most_once(lines, "case-message", work["messages"])
    for key, number in work["messages"].items():
        if work["pictures"].get(key, 0) != 1:
            yield f"case-message {key}: {number} there, {work['pictures'].get(key, 0)} photos"


def firms(lines: Sequence[Line], work: Work) -> Iterator[str]:
    """What a firm sent by its link is there once: its times, its photos, « done »; nobody was told twice."""
    orders = work["orders"]
    slots = Counter(f"{token} {key}" for token, order in orders.items() for key in order["slots"])
    yield from at_most_once(lines, "slot", slots)
    for token in sorted(acknowledged(lines, "done")):
        if token not in orders or not orders[token]["is_done"]:
            yield f"order {token}: « done » was acknowledged, and is not there"
    papers, sent = acknowledged(lines, "paper"), asked(lines, "paper")
    for token, order in sorted(orders.items()):
        if not papers[token] <= order["photos"] <= sent[token]:
            yield f"order {token}: {order['photos']} photos, {papers[token]} acknowledged, {sent[token]} sent"
    yield from told_once(lines, work)


def told_once(lines: Sequence[Line], work: Work) -> Iterator[str]:
    """The follow-up of a case speaks of each offer of its firms once."""
    done, wanted = Counter[str](), Counter[str]()
    for counted, found in ((done, acknowledged(lines, "offer")), (wanted, asked(lines, "offer"))):
        for token, number in found.items():
            counted[work["orders"][token]["case"] if token in work["orders"] else token] += number
    for case in sorted({*done, *work["offers"]}):
        told = work["offers"].get(case, 0)
        if not done[case] <= told <= wanted[case]:
            yield f"case {case}: {done[case]} offers acknowledged, {wanted[case]} made, {told} told"


def desk(lines: Sequence[Line], work: Work) -> Iterator[str]:
    """Each file brought in is there once and was looked at; each one put online is one document; so with packages."""
    yield from at_most_once(lines, "deposit", work["deposits"])
    yield from at_most_once(lines, "describe", work["described"])
    yield from at_most_once(lines, "publish", work["documents"])
    yield from at_most_once(lines, "intake", work["intakes"])
