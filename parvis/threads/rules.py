"""How long the agency takes to answer, and what a message may be."""

import datetime as dt
import re

from parvis.kit.holidays import after_working_days

# A line of a mail holds 998 bytes (RFC 5322, 2.1.1): a word longer than this is cut in two.
LONGEST_WORD = re.compile(r"(\S{200})(?=\S)")
LONGEST_BODY = 5_000
ANSWERED_WITHIN_DAYS = 2
DRAFT_KEPT = dt.timedelta(days=2)


def answer_due_on(sent_on: dt.date, *, postal_code: str) -> dt.date:
    """The last day of the two working days that the agency gives itself, the day of the message left out."""
    return after_working_days(sent_on, ANSWERED_WITHIN_DAYS, postal_code=postal_code)


def paragraphs(body: str) -> list[str]:
    """The lines of a message that say something, as a mail shows them."""
    return [LONGEST_WORD.sub(r"\1 ", line.strip()) for line in body.splitlines() if line.strip()]
