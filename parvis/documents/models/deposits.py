"""What the staff bring in: each file waits here, described line by line, until it is published."""

from typing import Self

from django.db import models
from django.db.models import Q

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.documents.models.documents import Document
from parvis.documents.models.files import StoredFile
from parvis.documents.models.kinds import Audience, Kind
from parvis.kit.viewer import Viewer
from parvis.people.models import Client, User
from parvis.property.models import Building, Lot


class DepositQuerySet(AgencyOwnedQuerySet["Deposit"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """What the login itself brought in."""
        if not viewer.is_staff:
            return self.none()
        return self.filter(user_id=viewer.user_id, agency_id=viewer.agency_id)

    def with_places(self) -> Self:
        return self.select_related("client", "lot__building", "building", "file", "replaces")

    def on_the_table(self) -> Self:
        """What its depositor still has to look at; what is published has left."""
        return self.exclude(state=Deposit.State.PUBLISHED)


class Deposit(AgencyOwned):
    """A file brought in by a member of the staff, and what is said of it: guessed first, then confirmed.

    Its bytes wait under `storage_name` until they were looked at; then `file` holds them. `replaces` is the document
    whose place it takes, `document` the one that it has become.
    """

    class State(models.TextChoices):
        RECEIVING = "receiving", "Envoi en cours"
        WAITING = "waiting", "Examen en cours"
        READY = "ready", "À vérifier"
        CONFIRMED = "confirmed", "Vérifié"
        REFUSED = "refused", "Refusé"
        PUBLISHED = "published", "Publié"

    UNDER_WAY = (State.RECEIVING, State.WAITING)
    STANDING = (State.WAITING, State.READY, State.CONFIRMED)

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="deposits", verbose_name="déposé par")
    name = models.CharField("nom du fichier", max_length=200)
    size = models.PositiveBigIntegerField("taille en octets")
    received_sha256 = models.CharField("empreinte à la réception", max_length=64)
    state = models.CharField("état", max_length=9, choices=State, default=State.RECEIVING)
    reason = models.TextField("motif", blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="deposits")
    replaces = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="successors")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="deposits")
    kind = models.CharField("nature", max_length=30, choices=Kind, blank=True)
    title = models.CharField("titre", max_length=200, blank=True)
    dated_on = models.DateField("date", null=True, blank=True)
    audience = models.CharField("pour", max_length=8, choices=Audience, blank=True)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    building = models.ForeignKey(Building, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    publish_on = models.DateField("en ligne le", null=True, blank=True)
    received_at = models.DateTimeField("reçu le")
    settled_at = models.DateTimeField("refusé ou publié le", null=True, blank=True)

    objects = DepositQuerySet.as_manager()

    class Meta:
        verbose_name = "dépôt"
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "received_sha256", "name"],
                condition=Q(state__in=("waiting", "ready", "confirmed"), replaces=None),
                name="deposit_once_while_it_stands",
                violation_error_message="Ce fichier attend déjà.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("ready", "confirmed", "published")) | Q(file__isnull=False),
                name="deposit_looked_at_has_its_file",
            ),
            models.CheckConstraint(
                condition=Q(state="refused", settled_at__isnull=False) & ~Q(reason="") | ~Q(state="refused"),
                name="deposit_refused_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="published", document__isnull=False, settled_at__isnull=False)
                | ~Q(state="published") & Q(document=None),
                name="deposit_published_is_a_document",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "state", "-received_at"], name="deposit_of_user"),
            models.Index(fields=["received_at"], condition=Q(state="waiting"), name="deposit_to_look_at"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def storage_name(self) -> str:
        return f"depots/{self.public_id}"
