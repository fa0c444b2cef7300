"""The count: what was acknowledged against what is there. Pure functions on recorded facts."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypedDict

from tools.drill.counting_work import Work, acknowledged, asked, at_most_once
from tools.drill.notebook import ACKNOWLEDGED, NONSENSE, Line

INFINITY = float("inf")
SENT, REFUSED, EXPIRED = "sent", "refused", "expired"
ADDRESS_OF_ALL = "contact@exemple.fr"  # the agency's own, written to by several transactions at a time


class Entries(TypedDict):
    """What the entries of one account add up to."""

    balance_cents: int
    references: list[str]


class Truth(TypedDict):
    """What the database holds at the end."""

    grants: dict[str, int]
    verbs: dict[str, dict[str, int]]
    passwords: dict[str, list[str]]
    forgotten: dict[str, int]
    unhandled: int
    used_links: list[str]
    messages: list[dict[str, Any]]
    runs: dict[str, list[int]]
    balances: dict[str, int]
    entries: dict[str, Entries]
    reports: dict[str, int]
    cancelled: dict[str, int]
    case_faults: list[str]
    work: Work
    broken_chains: list[str]
    journal_length: int


def neither_lost_nor_doubled(lines: Sequence[Line], verb: str, found: Mapping[str, int]) -> Iterator[str]:
    """Each acknowledged operation is there, and there are no more than were asked for."""
    done, wanted = acknowledged(lines, verb), asked(lines, verb)
    for who in sorted({*done, *wanted, *found}):
        present = found.get(who, 0)
        if present < done[who]:
            yield f"{verb} of {who}: {done[who]} acknowledged, {present} found (lost)"
        elif present > wanted[who]:
            yield f"{verb} of {who}: {wanted[who]} asked, {present} found (doubled)"


def accesses(lines: Sequence[Line], truth: Truth) -> Iterator[str]:
    """An acknowledged first connection has opened one access, whatever was sent again on the way."""
    opened = truth["verbs"].get("access.opened", {})
    for who in acknowledged(lines, "access"):
        if truth["grants"].get(who, 0) != 1:
            yield f"access of {who}: acknowledged, {truth['grants'].get(who, 0)} found"
    for who in sorted({*opened, *truth["grants"]}):
        if (truth["grants"].get(who, 0), opened.get(who, 0)) != (1, 1):
            yield f"access of {who}: {truth['grants'].get(who, 0)} open, journalled {opened.get(who, 0)} times"
        if who not in asked(lines, "access"):
            yield f"access of {who}: nobody asked for it"


def steps(lines: Sequence[Line], truth: Truth) -> Iterator[str]:
    """An acknowledged start is journalled; an acknowledged courriel was written to."""
    started = truth["verbs"].get("first-connection.started", {})
    written_to = {row["to_address"] for row in truth["messages"] if row["kind"] == "confirm-address"}
    for who in acknowledged(lines, "start"):
        if who not in started:
            yield f"start of {who}: acknowledged, and is not there"
    for line in lines:
        if line.verb == "address" and line.stage == ACKNOWLEDGED and line.what not in written_to:
            yield f"address of {line.who}: acknowledged, no message was queued"


def passwords(lines: Sequence[Line], truth: Truth) -> Iterator[str]:
    """The password is the last one acknowledged, or one that was sent after it and never answered."""
    possible: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.verb == "password":
            possible[line.who] = {line.what} | (set() if line.stage == ACKNOWLEDGED else possible[line.who])
    for who in acknowledged(lines, "password"):
        if not possible[who] & set(truth["passwords"].get(who, [])):
            yield f"password of {who}: the one that was acknowledged opens nothing"


def links(lines: Sequence[Line], truth: Truth) -> Iterator[str]:
    """A link that was acknowledged as used is used."""
    used = set(truth["used_links"])
    for line in lines:
        if line.verb == "link" and line.stage == ACKNOWLEDGED and line.what not in used:
            yield f"link of {line.who}: its use was acknowledged and is not there"


def forgotten(lines: Sequence[Line], truth: Truth) -> Iterator[str]:
    """Each request is there once, was looked up once, and brought one message."""
    found = {who.upper(): number for who, number in truth["forgotten"].items()}
    yield from neither_lost_nor_doubled(lines, "forgotten", found)
    answered = truth["verbs"].get("password.reset-sent", {})
    for who in sorted({*found, *answered} & set(truth["grants"])):
        if answered.get(who, 0) != found.get(who, 0):
            yield f"forgotten password of {who}: {found.get(who, 0)} requests, {answered.get(who, 0)} messages"
    if truth["unhandled"]:
        yield f"{truth['unhandled']} forgotten passwords were never looked up"


def imports(lines: Sequence[Line], truth: Truth, *, rows: int) -> Iterator[str]:
    """Each package was applied once, in whole; every other import of it changed nothing."""
    yield from neither_lost_nor_doubled(lines, "import", {name: len(runs) for name, runs in truth["runs"].items()})
    for package in acknowledged(lines, "import"):
        created = sorted(truth["runs"].get(package, []))
        if created[-1:] != [rows] or sum(created) != rows:
            yield f"{package}: its imports created {created}, not {rows} rows once"


def ledger(truth: Truth, books: Mapping[str, tuple[int, Collection[str]]]) -> Iterator[str]:
    """Each account holds the entries of the imported packages, each once, and its balance is their sum."""
    nothing = Entries(balance_cents=0, references=[])
    for account, (balance_cents, references) in sorted(books.items()):
        held = truth["entries"].get(account, nothing)
        if Counter(held["references"]) != Counter(references):
            yield f"{account}: {len(held['references'])} entries, {len(references)} were imported"
        if not truth["balances"].get(account, 0) == held["balance_cents"] == balance_cents:
            yield (
                f"{account}: balance {truth['balances'].get(account, 0)}, entries {held['balance_cents']}, "
                f"imported {balance_cents}"
            )


def cases(lines: Sequence[Line], truth: Truth) -> Iterator[str]:
    """Each report that was acknowledged is there once, with its photos; each one taken back is so once."""
    yield from at_most_once(lines, "report", truth["reports"])
    yield from at_most_once(lines, "cancel", truth["cancelled"])
    yield from truth["case_faults"]


def deliveries(truth: Truth, taken: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Each message that was sent was taken; each that was dropped was not; nothing else was."""
    times = Counter(row["id"] for row in taken)
    for message in truth["messages"]:
        state, name = message["state"], f"message {message['subject']} to {message['to_address']}"
        if state == SENT and not times[message["message_id"]]:
            yield f"{name}: sent, and never taken by the server (lost)"
        elif state not in (SENT, REFUSED, EXPIRED):
            yield f"{name}: still waits"
        elif state == EXPIRED and times[message["message_id"]]:
            yield f"{name}: expired, and left"
    unknown = set(times) - {message["message_id"] for message in truth["messages"]}
    yield from (f"{message_id} was taken and is no message of the outbox" for message_id in sorted(unknown))


def refusals(truth: Truth, *, gone: Collection[str], listed: str) -> Iterator[str]:
    """What the server refused for ever is on the list of the staff, and nothing else."""
    for message in truth["messages"]:
        name = f"message {message['subject']} to {message['to_address']}"
        if message["state"] == REFUSED and message["subject"] not in gone:
            yield f"{name}: refused for no reason"
        if message["subject"] in gone and (message["state"] != REFUSED or message["to_address"] not in listed):
            yield f"{name}: refused by the server, and not on the list"


def one_identity(taken: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What is sent again keeps its Message-ID: a link, or a numbered message, has one."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in taken:
        for link in row["links"] or ([row["subject"]] if row["is_numbered"] else []):
            found[link].add(row["id"])
    for what, ids in sorted(found.items()):
        if len(ids) > 1:
            yield f"{what} travelled under {len(ids)} Message-IDs"


def order(truth: Truth, taken: Sequence[Mapping[str, Any]], *, shared: Collection[str] = ()) -> Iterator[str]:
    """Each person is first given their messages in the order in which they were queued.

    Several transactions at a time write to the `shared` addresses, as to the agency's own: those have no order.
    """
    first: dict[str, int] = {}
    for rank, row in enumerate(taken):
        first.setdefault(row["id"], rank)
    latest: dict[str, int] = {}
    for message in truth["messages"]:
        rank, address = first.get(message["message_id"], -1), message["to_address"]
        if rank < 0 or address == ADDRESS_OF_ALL or address in shared:
            continue
        if rank < latest.get(address, -1):
            yield f"message {message['subject']} to {address}: arrived after a later one"
        latest[address] = max(rank, latest.get(address, -1))


def journal(truth: Truth) -> Iterator[str]:
    """The chain of each agency is whole, and there is one."""
    yield from truth["broken_chains"]
    if not truth["journal_length"]:
        yield "the journal is empty"


def nonsense(lines: Sequence[Line]) -> Iterator[str]:
    """What the product said that could not be true."""
    yield from (f"{line.verb} of {line.who}: {line.what}" for line in lines if line.stage == NONSENSE)


def recoveries(kills: Sequence[float], successes: Sequence[tuple[float, float]]) -> list[float]:
    """Seconds from each kill to the first success that was asked for after it; `successes`: when asked, when had.

    Of several kills before one success, the last counts. A kill that nothing follows counts for ever (infinity).
    """
    found = []
    for kill, following in zip(kills, [*kills, INFINITY][1:], strict=True):
        success = min((had for asked_at, had in successes if asked_at > kill), default=INFINITY)
        if success < following or following == INFINITY:
            found.append(success - kill)
    return found


def arrivals(truth: Truth, taken: Sequence[Mapping[str, Any]]) -> list[tuple[float, float]]:
    """When each message was queued, and when the server first took it."""
    first: dict[str, float] = {}
    for row in taken:
        first.setdefault(row["id"], row["at"])
    return [
        (message["created_at"], first[message["message_id"]])
        for message in truth["messages"]
        if message["message_id"] in first
    ]


def duplicates(taken: Sequence[Mapping[str, Any]]) -> int:
    """How many messages were taken once more than they had to be."""
    return len(taken) - len({row["id"] for row in taken})


def drain_rate(instants: Sequence[float], *, since: float) -> float:
    """Messages a second from the return of the server to the last one of the backlog."""
    return len(instants) / (max(instants) - since) if instants else 0.0
