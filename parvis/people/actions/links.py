"""Links sent by e-mail: made, replaced, read, used once."""

import dataclasses
import datetime as dt
import enum
from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.people.models import Activation, EmailLink, User
from parvis.people.tokens import new_token, read_token, token_digest

CONFIRM_LASTS = dt.timedelta(hours=24)
RESET_LASTS = dt.timedelta(hours=1)
PATHS = {
    EmailLink.Purpose.NOT_ME: "n",
    EmailLink.Purpose.CONFIRM_CHANGE: "v",
    EmailLink.Purpose.CANCEL_CHANGE: "a",
}
# These stop with the start or the password that they are about; the others object to it, or undo it.
OF_A_PROCESS = (EmailLink.Purpose.CONFIRM_ADDRESS, EmailLink.Purpose.RESET_PASSWORD)


class LinkState(enum.StrEnum):
    """What a link can still do."""

    USABLE = "usable"
    EXPIRED = "expired"
    USED = "used"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"


class LinkRefused(Refusal):
    """The link can no longer be used; its page says why."""

    message = "Ce lien n’est plus valable."


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReadLink:
    """A link as found by the address that was opened."""

    state: LinkState
    link: EmailLink | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class NewLink:
    """A link and what its address needs, known only now."""

    link: EmailLink
    token: str

    @property
    def path(self) -> str:
        return f"/{PATHS.get(EmailLink.Purpose(self.link.purpose), 'c')}/{self.token}"


def read_link(typed: str) -> ReadLink:
    """Find the link of a pasted token and say what it can still do. Changes nothing."""
    token = read_token(typed)
    links = EmailLink.objects.select_related("activation__client__agency", "user__agency", "client", "change")
    link = links.filter(token_hash=token_digest(token)).first() if token else None
    if link is None:
        return ReadLink(state=LinkState.UNKNOWN)
    return ReadLink(state=state_of(link), link=link)


def state_of(link: EmailLink) -> LinkState:
    if link.used_at is not None:
        return LinkState.USED
    if link.superseded_at is not None or is_out_of_process(link):
        return LinkState.SUPERSEDED
    return LinkState.USABLE if link.expires_at > database_now() else LinkState.EXPIRED


def is_out_of_process(link: EmailLink) -> bool:
    """Whether the start or the login of the link is over. « Ce n’est pas moi » outlives both."""
    if link.purpose == EmailLink.Purpose.NOT_ME:
        return False
    start_is_over = link.activation is not None and link.activation.state not in Activation.LIVE
    return start_is_over or (link.user is not None and not link.user.is_active)


def new_confirmation(activation: Activation) -> NewLink:
    """Make the link that confirms the activation's address; those sent before stop working."""
    supersede(EmailLink.objects.filter(activation=activation))
    return create(
        EmailLink(purpose=EmailLink.Purpose.CONFIRM_ADDRESS, activation=activation, email=activation.email),
        lasts=CONFIRM_LASTS,
    )


def new_reset(*, user: User, email: str) -> NewLink:
    """Make the link that lets a login choose another password; those sent before stop working."""
    supersede(EmailLink.objects.filter(user=user))
    return create(EmailLink(purpose=EmailLink.Purpose.RESET_PASSWORD, user=user, email=email), lasts=RESET_LASTS)


def create(link: EmailLink, *, lasts: dt.timedelta) -> NewLink:
    token = new_token()
    link.token_hash = token_digest(token)
    link.created_at = database_now()
    link.expires_at = link.created_at + lasts
    link.save(force_insert=True)
    return NewLink(link=link, token=token)


def supersede(links: QuerySet[EmailLink], *, purposes: Sequence[str] = OF_A_PROCESS) -> None:
    """Stop the links of these purposes that were not used."""
    links.filter(purpose__in=purposes, used_at=None, superseded_at=None).update(superseded_at=Now())


def use(link: EmailLink) -> None:
    """Use the link, once: of several at the same instant only one passes. Call it inside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A link is used in the transaction of what it does.")
    if not EmailLink.objects.usable().filter(pk=link.pk).update(used_at=Now()):
        raise LinkRefused
