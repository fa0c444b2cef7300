"""The files of people who look for a flat, and how far each one has come on one day."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from parvis.demo import dice
from parvis.demo.cast import Client
from parvis.demo.months import days_after
from parvis.demo.roles import Stage

PERIOD_DAYS = 84
STAYS_DAYS = 88
SHOWN_PERIODS = 3
PIECES_EXPECTED = 8
ANSWERED_WITHIN_DAYS = 14
EPOCH = dt.date(2024, 1, 8)

# State where a file waits → pieces received there, and the state that ends it.
WAITS: dict[str, tuple[int, str]] = {
    "draft": (3, "expired"),
    "submitted": (8, "declined"),
    "incomplete": (6, "withdrawn"),
    "under_review": (8, "declined"),
    "shortlisted": (8, "declined"),
    "sent_to_landlord": (8, "declined"),
    "accepted": (8, "signed"),
    "lease_in_signature": (8, "signed"),
}
ANSWER_EXPECTED = ("submitted", "under_review", "shortlisted", "sent_to_landlord")
LISTINGS = (
    "T2 de 43 m², rue Auguste Polissard, Bondy",
    "T3 de 62 m², avenue Carnot, Bondy",
    "Studio de 27 m², rue Jean Jaurès, Bondy",
    "T4 de 81 m², route de Villemomble, Bondy",
    "T2 de 47 m², avenue Gallieni, Bondy",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """A line of `applications.csv`."""

    reference: str
    applicant: Client
    listing: str
    state: str
    pieces_received: int
    pieces_expected: int
    submitted_on: dt.date | None
    answer_due_on: dt.date | None


def applications(stage: Stage, *, today: dt.date) -> Iterator[Application]:
    """Each applicant has a file that waits in one state, and older ones that came to their end."""
    for place, applicant in enumerate(stage.applicants):
        state = list(WAITS)[place % len(WAITS)]
        shift = place * PERIOD_DAYS // len(stage.applicants)
        newest = (today - days_after(EPOCH, shift)).days // PERIOD_DAYS
        for rank in range(newest - SHOWN_PERIODS + 1, newest + 1):
            begun_on = days_after(EPOCH, shift + rank * PERIOD_DAYS)
            yield application(applicant, state=state, begun_on=begun_on, rank=rank, today=today)


def application(applicant: Client, *, state: str, begun_on: dt.date, rank: int, today: dt.date) -> Application:
    pieces, ending = WAITS[state]
    has_ended = today >= days_after(begun_on, STAYS_DAYS)
    submitted_on = None if state == "draft" else begun_on
    expects_answer = state in ANSWER_EXPECTED and not has_ended
    return Application(
        reference=f"CAND-{applicant.reference}-{rank}",
        applicant=applicant,
        listing=dice.pick(LISTINGS, applicant.reference, rank, "listing"),
        state=ending if has_ended else state,
        pieces_received=pieces,
        pieces_expected=PIECES_EXPECTED,
        submitted_on=submitted_on,
        answer_due_on=answer_day(begun_on, today=today) if expects_answer else None,
    )


def answer_day(begun_on: dt.date, *, today: dt.date) -> dt.date:
    """The promise is renewed as long as the file waits: the next fortnight after `today`."""
    waited = (today - begun_on).days // ANSWERED_WITHIN_DAYS
    return days_after(begun_on, (waited + 1) * ANSWERED_WITHIN_DAYS)
