"""What the papers of a building say of each item of the legal list, on one day.

A paper is refreshed at least once a year, in the three months before the general meeting (décret 67-223,
art. 33-1-1). Without a known meeting, the year alone counts.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from parvis.compliance.rules.items import Condition, Item, Need, Validity

MONTHS_FRESH = 12
MONTHS_BEFORE_MEETING = 3
MONTHS_TO_NOTIFY_MINUTES = 1  # loi 65-557, art. 42
# A meeting is held within six months of the end of a year of twelve (décret 67-223, à vérifier).
MONTHS_BETWEEN_MEETINGS = 18


class Status(StrEnum):
    """From the worst to the best."""

    MISSING = "missing"
    EXPIRED = "expired"
    STALE = "stale"
    PRESENT = "present"
    NOT_APPLICABLE = "not_applicable"


WORST_FIRST = list(Status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document, as the law looks at it. `withdrawn_on` is the day from which it is no longer there."""

    key: int
    kind: str
    dated_on: dt.date
    published_on: dt.date
    valid_until: dt.date | None = None
    withdrawn_on: dt.date | None = None

    def is_online(self, day: dt.date) -> bool:
        return self.published_on <= day and (self.withdrawn_on is None or day < self.withdrawn_on)

    def is_in_force(self, day: dt.date) -> bool:
        """The last day of its validity counts."""
        return self.valid_until is None or day <= self.valid_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known of a building besides its papers. `waived` are the items that the agency says to have no object."""

    day: dt.date
    last_meeting_on: dt.date | None = None
    next_meeting_on: dt.date | None = None
    has_separate_account: bool = False
    keeps_owners_list: bool = False
    waived: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where an item, or one part of it, stands. `since` is unknown where the first look found it so.

    `refresh_by` is the day before which what is there must be renewed.
    """

    status: Status
    since: dt.date | None = None
    refresh_by: dt.date | None = None
    papers: tuple[Paper, ...] = ()
    found: int = 0

    @property
    def rank(self) -> int:
        return WORST_FIRST.index(self.status)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemState:
    """An item of the list on one day, and each of its parts."""

    item: Item
    whole: State
    parts: tuple[State, ...]

    @property
    def status(self) -> Status:
        return self.whole.status

    @property
    def lacking(self) -> list[Need]:
        """The parts that are not there as they should, where the item has several."""
        pairs = zip(self.item.needs, self.parts, strict=True)
        wrong = (Status.MISSING, Status.EXPIRED, Status.STALE)
        return [need for need, part in pairs if len(self.parts) > 1 and part.status in wrong]


def states_of(items: Sequence[Item], *, papers: Collection[Paper], situation: Situation) -> list[ItemState]:
    """Each item with where it stands, in the order of the decree."""
    return [state_of(item, papers=papers, situation=situation) for item in items]


def state_of(item: Item, *, papers: Collection[Paper], situation: Situation) -> ItemState:
    parts = tuple(part_state(need, item=item, papers=papers, situation=situation) for need in item.needs)
    worst = min(parts, key=lambda part: part.rank)
    days = [part.since for part in parts if part.status is worst.status and part.since]
    chosen = max if worst.status is Status.PRESENT else min
    renewals = [part.refresh_by for part in parts if part.refresh_by]
    whole = State(
        status=worst.status,
        since=chosen(days, default=None),
        refresh_by=min(renewals, default=None),
        papers=tuple(paper for part in parts for paper in part.papers),
        found=sum(part.found for part in parts),
    )
    return ItemState(item=item, whole=whole, parts=parts)


def part_state(need: Need, *, item: Item, papers: Collection[Paper], situation: Situation) -> State:
    """Where one part stands: kept by the portal itself, without object, there, or wanting."""
    day = situation.day
    online = newest_first(paper for paper in papers if paper.kind in need.kinds and paper.is_online(day))
    also = newest_first(paper for paper in papers if paper.kind in need.also and paper.is_online(day))
    if need.is_kept_by_us and situation.keeps_owners_list:
        return State(status=Status.PRESENT, papers=(*online, *also), found=need.count)
    if not online:
        gone = [paper.withdrawn_on for paper in papers if paper.kind in need.kinds and paper.withdrawn_on]
        absent = Status.MISSING if is_due(item, situation) else Status.NOT_APPLICABLE
        since = max((left for left in gone if left <= day), default=None)
        return State(status=absent, since=since if absent is Status.MISSING else None, papers=tuple(also))
    state = JUDGES[need.validity](need, online, situation)
    if state.status is Status.MISSING and item.code in situation.waived:
        state = State(status=Status.PRESENT, since=online[-1].published_on, found=state.found)
    return State(
        status=state.status,
        since=state.since,
        refresh_by=state.refresh_by,
        papers=(*online, *also),
        found=state.found,
    )


def is_due(item: Item, situation: Situation) -> bool:
    """Whether the item must be there, when no paper of it is."""
    if item.condition is Condition.SEPARATE_ACCOUNT:
        return situation.has_separate_account
    if item.condition is Condition.WHEN_ANY:
        return False
    return item.code not in situation.waived


def lasting(need: Need, online: Sequence[Paper], _situation: Situation) -> State:
    if len(online) < need.count:
        return State(status=Status.MISSING, found=len(online))
    arrivals = sorted(paper.published_on for paper in online)
    return State(status=Status.PRESENT, since=arrivals[need.count - 1], found=len(online))


def in_force(_need: Need, online: Sequence[Paper], situation: Situation) -> State:
    """One that runs is enough; when the last one has ended, since the day after."""
    running = [paper for paper in online if paper.is_in_force(situation.day)]
    if not running:
        ended = max(paper.valid_until for paper in online if paper.valid_until)
        return State(status=Status.EXPIRED, since=ended + dt.timedelta(days=1), found=len(online))
    ends = [paper.valid_until for paper in running if paper.valid_until]
    return State(
        status=Status.PRESENT,
        since=min(paper.published_on for paper in running),
        refresh_by=max(ends) if len(ends) == len(running) else None,
        found=len(running),
    )


def yearly(_need: Need, online: Sequence[Paper], situation: Situation) -> State:
    newest = online[0]
    stale_on = refresh_due_on(newest.dated_on, situation)
    if stale_on <= situation.day:
        return State(status=Status.STALE, since=stale_on, found=1)
    return State(status=Status.PRESENT, since=newest.published_on, refresh_by=stale_on, found=1)


def by_meeting(need: Need, online: Sequence[Paper], situation: Situation) -> State:
    """The minutes of so many meetings: as many days, not as many files; the last ones a month after their meeting."""
    arrivals: dict[dt.date, dt.date] = {}
    for paper in online:
        known = arrivals.get(paper.dated_on, paper.published_on)
        arrivals[paper.dated_on] = min(known, paper.published_on)
    latest = sorted(arrivals, reverse=True)[: need.count]
    expected_on = minutes_due_on(latest[0], situation)
    if len(latest) < need.count:
        return State(status=Status.MISSING, found=len(latest))
    if expected_on <= situation.day:
        return State(status=Status.STALE, since=expected_on, found=len(latest))
    return State(status=Status.PRESENT, since=max(arrivals[held] for held in latest), found=len(latest))


JUDGES = {
    Validity.LASTING: lasting,
    Validity.IN_FORCE: in_force,
    Validity.YEARLY: yearly,
    Validity.BY_MEETING: by_meeting,
}


def refresh_due_on(dated_on: dt.date, situation: Situation) -> dt.date:
    """The day from which a yearly paper of that date is out of date.

    A year after its date; sooner, the day of a meeting that it was not refreshed for.
    """
    meetings = [day for day in (situation.last_meeting_on, situation.next_meeting_on) if day]
    missed = [day for day in meetings if dated_on < months_after(day, -MONTHS_BEFORE_MEETING)]
    return min([months_after(dated_on, MONTHS_FRESH), *missed])


def minutes_due_on(newest_on: dt.date, situation: Situation) -> dt.date:
    """The day from which the minutes of a newer meeting are expected."""
    last = situation.last_meeting_on
    if last and last > newest_on:
        return months_after(last, MONTHS_TO_NOTIFY_MINUTES)
    return months_after(newest_on, MONTHS_BETWEEN_MEETINGS)


def newest_first(papers: Iterable[Paper]) -> list[Paper]:
    return sorted(papers, key=lambda paper: (paper.dated_on, paper.published_on, paper.key), reverse=True)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last of the month where it does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return dt.date(year, month + 1, min(day.day, (following - dt.timedelta(days=1)).day))
