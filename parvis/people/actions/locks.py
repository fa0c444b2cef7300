"""The one order in which the rows of the entrance are held.

Two transactions that take the same rows in another order wait for each other for ever; PostgreSQL then ends one of
them. So every action takes them in `ORDER`, and `tests/lock_order.py` refuses any statement that does not:

1. the request or the campaign that is worked through;
2. the roots: posts, clients and logins, each by rising `pk`. An action that changes the state of an entrance holds
   all of its roots before anything else, here and nowhere else. What is kept of a post is written with the post
   held, before its login: an import writes all posts before the clients;
3. the counters, then what belongs to the roots;
4. the head of the agency's journal, which every writer of the agency waits for: last.

A row that is held already may be written again at any time. Inserting holds nothing that others wait for: the roots
are held `no_key`, which leaves alone whoever only refers to them.
"""

import dataclasses
from collections.abc import Callable, Collection

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Model

from parvis.journal.models import ChainHead
from parvis.kit.models import AttemptCounter
from parvis.people.models import (
    AccessFreeze,
    Activation,
    AddressChange,
    Authenticator,
    Campaign,
    Client,
    ClientRead,
    DeliveryChoice,
    EmailLink,
    ForgottenPassword,
    FormerPassword,
    Grant,
    HouseholdAccess,
    KeptDetail,
    KnownBrowser,
    Letter,
    LetterBatch,
    PaperNotice,
    Passkey,
    PendingSignIn,
    ProfileChange,
    RecoveryCode,
    SignedInSession,
    SiteShield,
    SocialAccount,
    StaffAbsence,
    StaffMember,
    User,
    WrongCode,
)

ROOTS: tuple[type[Model], ...] = (StaffMember, Client, User)
ORDER: tuple[type[Model], ...] = (
    ForgottenPassword,
    Campaign,
    StaffMember,
    KeptDetail,
    Client,
    User,
    AttemptCounter,
    Letter,
    LetterBatch,
    FormerPassword,
    EmailLink,
    Activation,
    AddressChange,
    Grant,
    HouseholdAccess,
    ProfileChange,
    DeliveryChoice,
    ClientRead,
    StaffAbsence,
    Session,
    SignedInSession,
    PendingSignIn,
    KnownBrowser,
    Passkey,
    Authenticator,
    RecoveryCode,
    SocialAccount,
    AccessFreeze,
    PaperNotice,
    WrongCode,
    SiteShield,
    ChainHead,
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Roots:
    """The clients and the logins that an action is about, by `pk`."""

    clients: frozenset[int]
    logins: frozenset[int]


def hold_posts(logins: Collection[int]) -> None:
    """The rows of the staff whose logins these are; before their clients and themselves."""
    posts = StaffMember.objects.select_for_update(of=("self",), no_key=True)
    list(posts.filter(user__in=logins).order_by("pk").values_list("pk"))


def hold_clients(ids: Collection[int]) -> list[Client]:
    """The clients as they are now, nobody else starting, joining or freezing them meanwhile."""
    rows = Client.objects.select_for_update(of=("self",), no_key=True).select_related("agency")
    return list(rows.filter(pk__in=ids).order_by("pk"))


def hold_logins(ids: Collection[int]) -> list[User]:
    """The logins as they are now, nobody else changing what opens them meanwhile."""
    rows = User.objects.select_for_update(of=("self",), no_key=True).select_related("agency")
    return list(rows.filter(pk__in=ids).order_by("pk"))


def hold_login(user: User) -> User:
    """That login alone."""
    (held,) = hold_logins([user.pk])
    return held


def hold_roots(find: Callable[[], Roots]) -> Roots:
    """Hold what `find` names; when it names others once these are held, let go and begin again."""
    while True:
        found = find()
        with transaction.atomic():
            hold_posts(found.logins)
            hold_clients(found.clients)
            hold_logins(found.logins)
            if find() == found:
                return found
            transaction.set_rollback(True)
