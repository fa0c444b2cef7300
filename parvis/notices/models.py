"""What a login is told, and what it wants to be told by courriel."""

import datetime as dt
from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import Q

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.identifiers import PUBLIC_ID_LENGTH
from parvis.kit.viewer import Viewer
from parvis.people.models import User


class NoticeQuerySet(AgencyOwnedQuerySet["Notice"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the login itself: each person has their own, and reads them at their own pace."""
        return self.filter(user_id=viewer.user_id, agency_id=viewer.agency_id)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def made_before(self, moment: dt.datetime) -> Self:
        return self.filter(created_at__lt=moment)


class Notice(AgencyOwned):
    """One sentence told to one login, and where it leads. `event_key` names what happened: it is told once."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", "Document disponible"
        DUE = "due", "Échéance dans 7 jours"
        INTERVENTION = "intervention", "Intervention"
        MEETING = "meeting", "Assemblée générale"
        APPLICATION = "application", "Candidature"
        MESSAGE = "message", "Message de l’agence"
        ACCOUNT = "account", "Sécurité et informations légales"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices", verbose_name="accès")
    kind = models.CharField("nature", max_length=12, choices=Kind)
    text = models.CharField("phrase", max_length=300)
    target_kind = models.CharField("mène à", max_length=20, blank=True)
    target_id = models.CharField("identifiant public", max_length=PUBLIC_ID_LENGTH, blank=True)
    event_key = models.CharField("événement", max_length=120)
    created_at = models.DateTimeField("dite le")
    read_at = models.DateTimeField("lue le", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "notification"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "event_key"], name="notice_once_per_event"),
            models.CheckConstraint(condition=~Q(text=""), name="notice_says_something"),
            models.CheckConstraint(
                condition=Q(target_kind="", target_id="") | ~Q(target_kind="") & ~Q(target_id=""),
                name="notice_leads_somewhere_or_nowhere",
            ),
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(read_at__gte=models.F("created_at")), name="notice_read_after_it_was_made"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="notice_of_login"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["created_at"], name="notice_to_forget"),
        ]

    def __str__(self) -> str:
        return self.text


ALWAYS_SENT = (Notice.Kind.ACCOUNT,)
"""What nobody can leave: the security of their access, and what the law has the agency tell."""

CHOSEN_KINDS = tuple(kind for kind in Notice.Kind if kind not in ALWAYS_SENT)


class PreferenceQuerySet(models.QuerySet["Preference"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(user_id=viewer.user_id)

    def refusals(self, *, kind: str, users: Collection[int]) -> Self:
        """The logins, among these, that want no courriel of that kind."""
        return self.filter(kind=kind, channel=Preference.Channel.EMAIL, is_wanted=False, user_id__in=users)


class Preference(models.Model):
    """A choice of a login, for one kind by one channel. Without a row, it is wanted."""

    class Channel(models.TextChoices):
        EMAIL = "email", "Courriel"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="preferences", verbose_name="accès")
    kind = models.CharField("nature", max_length=12, choices=Notice.Kind)
    channel = models.CharField("par", max_length=8, choices=Channel)
    is_wanted = models.BooleanField("voulu")
    chosen_at = models.DateTimeField("choisi le")

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "préférence"
        ordering = ["user_id", "kind", "channel", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "channel"], name="preference_once_per_kind_and_channel"),
            models.CheckConstraint(
                condition=Q(is_wanted=True) | ~Q(kind__in=["account"]),
                name="preference_keeps_security_and_law",
                violation_error_message="Les messages de sécurité et les informations légales sont toujours envoyés.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} par {self.get_channel_display()}"
