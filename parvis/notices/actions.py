"""Tell logins what happened, note what they read and what they want, forget what is old."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from parvis.journal.actions import record
from parvis.kit.days import paris_day
from parvis.kit.identifiers import new_public_id
from parvis.kit.refusals import Refusal
from parvis.mail.actions import queue_written
from parvis.notices import emails, rules
from parvis.notices.access import greetings_of
from parvis.notices.emails import Told
from parvis.notices.models import ALWAYS_SENT, CHOSEN_KINDS, Notice, Preference
from parvis.people.models import Client, User, Viewer

FORGOTTEN_AT_ONCE = 5_000
NOWHERE = ("", "")


class AlwaysSent(Refusal):
    message = "Les messages de sécurité et les informations légales sont toujours envoyés."


@transaction.atomic
def notify(
    *,
    clients: Collection[Client],
    kind: str,
    text: str,
    target: tuple[str, str] = NOWHERE,
    written: Told | None = None,
    key: str = "",
) -> int:
    """Tell each login that reads these clients' affairs; send `written` to those that want this kind by courriel.

    `key` names the event: told again under the same key, it is told to nobody twice, by no means. Returns how many
    logins were told now. Call it before the journal.
    """
    greetings = greetings_of(clients, day=paris_day(timezone.now()))
    told = add_notices(greetings, kind=kind, text=text, target=target, key=key or new_public_id())
    if written is not None and told:
        send(greetings, to=told, kind=kind, written=written)
    return len(told)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Said:
    """One thing among those that a login is told at once: its sentence, where it leads, its key."""

    text: str
    target: tuple[str, str]
    key: str


@transaction.atomic
def notify_together(
    *, user_id: int, greeting: str, kind: str, said: Sequence[Said], write: Callable[[Collection[str]], Told]
) -> int:
    """Tell one login several things, each once, and send one mail for all: `write` is given the keys told now.

    Returns how many were told now.
    """
    told = [
        each.key for each in said if add_notices([user_id], kind=kind, text=each.text, target=each.target, key=each.key)
    ]
    if told:
        send({user_id: greeting}, to=[user_id], kind=kind, written=write(told))
    return len(told)


def add_notices(users: Collection[int], *, kind: str, text: str, target: tuple[str, str], key: str) -> list[int]:
    """One row for each login that has none under that key; return those that were told now."""
    now = timezone.now()
    agencies = dict(User.objects.filter(pk__in=users).values_list("pk", "agency_id"))
    rows = [
        Notice(
            agency_id=agencies[user_id],
            public_id=new_public_id(),
            user_id=user_id,
            kind=kind,
            text=text,
            target_kind=target[0],
            target_id=target[1],
            event_key=key,
            created_at=now,
        )
        for user_id in sorted(users)
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    ours = Notice.objects.filter(public_id__in=[row.public_id for row in rows])
    return list(ours.order_by("user_id").values_list("user_id", flat=True))


def send(greetings: Mapping[int, str], *, to: Collection[int], kind: str, written: Told) -> None:
    """Queue the mail to those of `to` that have a courriel and did not say no."""
    refusing = set(Preference.objects.refusals(kind=kind, users=to).values_list("user_id", flat=True))
    users = User.objects.filter(pk__in=set(to) - refusing).exclude(email="").select_related("agency")
    for user in users.order_by("pk"):
        queue_written(
            agency=user.agency,
            kind=f"notice-{kind}",
            to_address=user.email,
            written=emails.notice(user=user, greeting=greetings[user.pk], kind=kind, told=written),
            unsubscribe_url=emails.unsubscribe_url(user=user, kind=kind),
        )


def mark_read(*, notice: Notice) -> None:
    """The login opened it; the first time counts."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())


def mark_all_read(*, viewer: Viewer, made_before: dt.datetime) -> int:
    """All that the page showed; what came since stays unread."""
    mine = Notice.objects.visible_to(viewer).unread().filter(created_at__lte=made_before)
    return mine.update(read_at=timezone.now())


@transaction.atomic
def choose_all(*, user: User, wanted: Collection[str], by: tuple[str, str]) -> None:
    """Note each choice of the login: these kinds are wanted by courriel, the others are not."""
    for kind in CHOSEN_KINDS:
        choose(user=user, kind=kind, is_wanted=kind in wanted, by=by)


@transaction.atomic
def choose(*, user: User, kind: str, is_wanted: bool, by: tuple[str, str]) -> None:
    """Note that the login wants, or not, the mails of that kind. Refused for what is always sent."""
    if kind in ALWAYS_SENT:
        raise AlwaysSent
    email = Preference.Channel.EMAIL
    present = Preference.objects.filter(user=user, kind=kind, channel=email).first()
    if is_wanted is (present is None or present.is_wanted):
        return
    Preference.objects.update_or_create(
        user=user, kind=kind, channel=email, defaults={"is_wanted": is_wanted, "chosen_at": timezone.now()}
    )
    verb = "notices.wanted" if is_wanted else "notices.refused"
    record(agency_id=user.agency_id, verb=verb, actor=by, subject=("notices", kind))


def forget_old(*, now: dt.datetime) -> int:
    """Erase the notices read for six months, and all those of a year; return how many, at most so many at once."""
    old = Notice.objects.filter(read_at__lt=now - rules.READ_KEPT) | Notice.objects.made_before(now - rules.UNREAD_KEPT)
    ids = list(old.order_by("pk").values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
    erased, _ = Notice.objects.filter(pk__in=ids).delete()
    return erased
