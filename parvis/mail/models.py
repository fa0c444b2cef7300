"""The outbox: a message is a row first, in the transaction that wants it; it leaves after the commit."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from parvis.agencies.models import Agency
from parvis.kit.identifiers import PUBLIC_ID_LENGTH, new_public_id


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    def waiting(self) -> Self:
        return self.filter(state=OutboxMessage.State.QUEUED)

    def due(self, now: dt.datetime) -> Self:
        """What may leave now, oldest first: never before an earlier message to the same address."""
        earlier = OutboxMessage.objects.waiting().filter(
            agency=OuterRef("agency"), to_address=OuterRef("to_address"), pk__lt=OuterRef("pk")
        )
        return self.waiting().filter(~Exists(earlier), next_attempt_at__lte=now).order_by("next_attempt_at", "pk")


class OutboxMessage(models.Model):
    """A message to send, at least once, always with the same Message-ID."""

    class State(models.TextChoices):
        QUEUED = "queued", "à envoyer"
        SENT = "sent", "envoyé"
        REFUSED = "refused", "refusé par le destinataire"
        EXPIRED = "expired", "délai passé"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, verbose_name="agence")
    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False)
    kind = models.CharField("nature", max_length=40)
    to_address = models.EmailField("destinataire")
    subject = models.CharField("objet", max_length=200)
    sealed_body = models.TextField(
        "corps chiffré", blank=True, help_text="texte et HTML ; effacé quand le message est vieux"
    )
    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    unsubscribe_url = models.CharField(
        "adresse de désabonnement",
        max_length=200,
        blank=True,
        db_default="",
        help_text="Vide : ce message ne se quitte pas.",
    )
    state = models.CharField("état", max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    next_attempt_at = models.DateTimeField("prochain essai", null=True, blank=True)
    last_error = models.CharField("dernière erreur", max_length=300, blank=True)
    created_at = models.DateTimeField("créé le")
    expires_at = models.DateTimeField("inutile après", null=True, blank=True)
    ended_at = models.DateTimeField("envoyé ou abandonné le", null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = "message"
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="queued", next_attempt_at__isnull=False, ended_at=None)
                | (~Q(state="queued") & Q(next_attempt_at=None, ended_at__isnull=False)),
                name="message_waits_or_has_ended",
            ),
            models.CheckConstraint(
                condition=~Q(state="queued") | ~Q(sealed_body=""), name="message_to_send_has_its_body"
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], condition=Q(state="queued"), name="message_to_send"),
            models.Index(
                fields=["to_address", "agency", "id"], condition=Q(state="queued"), name="message_order_per_address"
            ),
            models.Index(fields=["ended_at"], name="message_to_forget"),
            models.Index(fields=["state", "ended_at"], name="message_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
