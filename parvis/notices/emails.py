"""The mail of a notice: what happened and what to do, in the mail itself, and how to receive no more of its kind."""

import dataclasses
from collections.abc import Sequence

from parvis.agencies.models import Agency
from parvis.mail import frame
from parvis.notices.models import ALWAYS_SENT, Notice
from parvis.notices.rules import path_to
from parvis.notices.tokens import unsubscribe_token
from parvis.people.models import User

WAY_IN_WORDS = "Pour ne plus recevoir ces messages : « Notifications » dans votre espace client."
CHOICES_PATH = "/notifications/reglages/"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Told:
    """What a mail says to each of its readers, whose name and whose ways out are added. No amount in `subject`.

    `names_amount`: such a mail carries no link at all, so that nobody learns to follow one from an amount to pay.
    """

    subject: str
    preview: str
    parts: Sequence[frame.Part]
    names_amount: bool = False


def notice(*, user: User, greeting: str, kind: str, told: Told) -> frame.Written:
    """The mail to one login. What may be left says how."""
    return frame.write(
        agency=user.agency,
        subject=told.subject,
        preview=told.preview,
        greeting=greeting,
        parts=[*told.parts, *ways_out(user=user, kind=kind, has_link=not told.names_amount)],
    )


def ways_out(*, user: User, kind: str, has_link: bool) -> list[frame.Part]:
    url = unsubscribe_url(user=user, kind=kind)
    if not url:
        return []
    if not has_link:
        return [WAY_IN_WORDS]
    label = f"Ne plus recevoir ces messages (« {Notice.Kind(kind).label} »)"
    return [frame.Link(label=label, url=url if is_sound(url) else user.agency.link(CHOICES_PATH))]


def unsubscribe_url(*, user: User, kind: str) -> str:
    """Where a mail of that kind is left with one click (RFC 8058); nothing for what is always sent."""
    if kind in ALWAYS_SENT:
        return ""
    return user.agency.link(f"/stop/{unsubscribe_token(user_id=user.pk, kind=kind)}/")


def link_to(agency: Agency, target: tuple[str, str]) -> str:
    """The address, in a mail, of what (kind, public id) names; of the first page where the host is too long for it."""
    url = agency.link(path_to(target))
    return url if is_sound(url) else agency.link("/")


def is_sound(url: str) -> bool:
    return len(url) <= frame.LINE_LENGTH
