"""Conversations between a client and the agency: one subject, its messages, who has to answer."""

from typing import Self

from django.db import models
from django.db.models import Q

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.documents.models import Document
from parvis.kit.identifiers import PUBLIC_ID_LENGTH, new_public_id
from parvis.kit.viewer import Viewer
from parvis.people.models import Client, User
from parvis.property.models import Lot

REFERENCE_LENGTH = 8


class ThreadQuerySet(AgencyOwnedQuerySet["Thread"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The clients whose accounts the viewer reads: what is written there may speak of them."""
        return self.filter(client_id__in=viewer.account_client_ids, agency_id=viewer.agency_id)

    def with_place(self) -> Self:
        """What a line says of a thread: whose, about which lot, of which agency."""
        return self.select_related("client", "lot__building", "agency")

    def waiting_first(self) -> Self:
        """Those that wait for the agency first, the oldest of them first; then the others, latest first."""
        waiting_since = models.Case(models.When(state=Thread.State.WAITING, then="latest_at"))
        since = models.F("waiting_since").asc(nulls_last=True)
        return self.alias(waiting_since=waiting_since).order_by(since, "-latest_at", "-pk")


class Thread(AgencyOwned):
    """One subject between a client and the agency."""

    class Subject(models.TextChoices):
        ACCOUNT = "account", "Mon compte, une somme à payer"
        PAYMENT = "payment", "Un paiement"
        DOCUMENT = "document", "Un document"
        PROPERTY = "property", "Mon logement, mon immeuble"
        MEETING = "meeting", "Une assemblée générale"
        LETTING = "letting", "Ma location, mon bail"
        DETAILS = "details", "Mes coordonnées"
        ACCESS = "access", "Mon espace client"
        OTHER = "other", "Autre sujet"

    class State(models.TextChoices):
        WAITING = "waiting", "En attente de réponse"
        ANSWERED = "answered", "Répondu"
        CLOSED = "closed", "Clos"

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="threads", verbose_name="client")
    lot = models.ForeignKey(
        Lot, on_delete=models.PROTECT, null=True, blank=True, related_name="threads", verbose_name="bien"
    )
    subject = models.CharField("sujet", max_length=12, choices=Subject)
    state = models.CharField("état", max_length=8, choices=State, default=State.WAITING)
    opened_at = models.DateTimeField("ouvert le")
    latest_at = models.DateTimeField("dernier message le")

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = "conversation"
        ordering = ["-latest_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latest_at__gte=models.F("opened_at")), name="thread_latest_message_after_it_opened"
            ),
        ]
        indexes = [
            models.Index(fields=["client", "-latest_at", "-id"], name="thread_of_client"),
            models.Index(fields=["agency", "latest_at", "id"], condition=Q(state="waiting"), name="thread_waiting"),
            models.Index(fields=["agency", "-latest_at", "-id"], name="thread_of_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} ({self.reference})"

    @property
    def reference(self) -> str:
        """What a person quotes on the telephone: the beginning of the public id, « 7FQ2 9KXM »."""
        start = self.public_id[:REFERENCE_LENGTH].upper()
        return f"{start[:4]}\u00a0{start[4:]}"

    @property
    def is_closed(self) -> bool:
        return self.state == Thread.State.CLOSED


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(thread__in=Thread.objects.visible_to(viewer))


class Message(models.Model):
    """What one person wrote, once: the same `sending_key` of the same author is the same message sent twice."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="messages", verbose_name="conversation")
    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="messages", verbose_name="auteur")
    author_name = models.CharField("nom de l’auteur", max_length=170)
    is_from_agency = models.BooleanField("de l’agence")
    body = models.TextField("message")
    attachment = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="message", verbose_name="pièce jointe"
    )
    sending_key = models.CharField("clé d’envoi", max_length=PUBLIC_ID_LENGTH)
    sent_at = models.DateTimeField("envoyé le")

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message d’une conversation"
        ordering = ["thread_id", "sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["author", "sending_key"], name="thread_message_sent_once"),
            models.CheckConstraint(condition=~Q(body=""), name="thread_message_says_something"),
        ]

    def __str__(self) -> str:
        return f"message de {self.author_name}"


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(user_id=viewer.user_id)


class Draft(models.Model):
    """What a login had typed when its session ended: offered again once it is back, then forgotten."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="draft", verbose_name="accès")
    subject = models.CharField("sujet", max_length=12, blank=True)
    place = models.CharField("bien", max_length=PUBLIC_ID_LENGTH, blank=True)
    body = models.TextField("message", blank=True)
    kept_at = models.DateTimeField("gardé le")

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = "brouillon"
        indexes = [models.Index(fields=["kept_at"], name="draft_to_forget")]

    def __str__(self) -> str:
        return f"brouillon de {self.user_id}"
