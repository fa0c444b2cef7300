"""What the entrance no longer needs to remember."""

import datetime as dt

from django.contrib.sessions.models import Session

from parvis.kit import throttle
from parvis.kit.clock import database_now
from parvis.people.actions import shield
from parvis.people.models import (
    Activation,
    AddressChange,
    EmailLink,
    ForgottenPassword,
    KnownBrowser,
    Letter,
    PaperNotice,
    PendingSignIn,
    SignedInSession,
    WrongCode,
)

ENDED_KEPT = dt.timedelta(days=30)


def forget_old() -> int:
    """End what is too old, erase what ended a month ago; return how many rows went. The journal keeps the facts.

    Each kind of row in its own transaction, which holds nothing else. A run cut short is finished by the next.
    """
    now = database_now()
    long_ago = now - ENDED_KEPT
    Letter.objects.filter(ended_at=None, expires_at__lte=now).update(ended_at=now, ending=Letter.Ending.EXPIRED)
    expired = Activation.objects.live().filter(expires_at__lte=now - ENDED_KEPT)
    expired.update(state=Activation.State.EXPIRED, ended_at=now, own_password_hash="")
    gone = [
        Activation.objects.filter(ended_at__lt=long_ago),
        EmailLink.objects.filter(expires_at__lt=long_ago),
        AddressChange.objects.filter(asked_at__lt=long_ago),
        PaperNotice.objects.filter(printed_at__lt=long_ago),
        PendingSignIn.objects.filter(expires_at__lt=long_ago),
        KnownBrowser.objects.filter(expires_at__lte=now),
        ForgottenPassword.objects.filter(handled_at__lt=long_ago),
        WrongCode.objects.filter(typed_at__lt=now - shield.YEAR),
        SignedInSession.objects.exclude(session_key__in=Session.objects.filter(expire_date__gt=now).values("pk")),
        Session.objects.filter(expire_date__lte=now),
    ]
    return sum(rows.delete()[0] for rows in gone) + throttle.forget_old()
