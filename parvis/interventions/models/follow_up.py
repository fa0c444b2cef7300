"""What is said and shown of a case: its dated steps, its messages, its photos, and to whom each is shown."""

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncDate

from parvis.agencies.models import AgencyOwned
from parvis.documents.models import StoredFile
from parvis.interventions.models.cases import Intervention
from parvis.kit.days import PARIS
from parvis.kit.identifiers import PUBLIC_ID_LENGTH, new_public_id
from parvis.kit.viewer import Viewer
from parvis.people.models import User

MOST_PHOTOS = 6
DESCRIPTION_LENGTH = 200


class Audience(models.TextChoices):
    """Who reads it besides the staff; each of the first three includes the next one's readers but « supplier »."""

    EVERYONE = "everyone", "Tous ceux qui suivent le dossier"
    REPORTER = "reporter", "Le déclarant et les occupants du lot"
    SUPPLIER = "supplier", "L’entreprise"
    INTERNAL = "internal", "L’agence seule"


class AuthorKind(models.TextChoices):
    CLIENT = "client", "Client"
    STAFF = "staff", "Agence"
    SUPPLIER = "supplier", "Entreprise"
    SYSTEM = "system", "Automatique"


M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class FollowUpQuerySet(models.QuerySet[M_co]):
    """Events, messages and photos: each says to whom it is shown."""

    instant = ""

    def visible_to(self, viewer: Viewer) -> Self:
        """Of the cases that a client sees: what is for everyone; what is for those whom the case is about.

        These are its reporter and, for a home, whoever held it on the very day: not who came in later, nor left before.
        """
        seen = Q(intervention__in=Intervention.objects.visible_to(viewer))
        concerned = Q(intervention__reporter_id__in=viewer.client_ids) | Q(pk__in=self.held_that_day(viewer))
        return self.filter(seen, Q(audience=Audience.EVERYONE) | Q(audience=Audience.REPORTER) & concerned)

    def held_that_day(self, viewer: Viewer) -> QuerySet[M_co, dict[str, Any]]:
        """Those about a lot that the viewer held the day they were written."""
        held, day = "intervention__lot__holdings__", self.day
        began = {f"{held}client_id__in": viewer.client_ids, f"{held}starts_on__lte": day}
        not_over = Q(**{f"{held}ends_on": None}) | Q(**{f"{held}ends_on__gte": day})
        rows = self.model._default_manager.order_by()
        return rows.filter(not_over, intervention__scope=Intervention.Scope.PRIVATE, **began).values("pk")

    @property
    def day(self) -> Combinable:
        """The day, in Paris, when the row was written."""
        return TruncDate(self.instant, tzinfo=PARIS)

    def for_supplier(self) -> Self:
        """What the firm that mends it may read."""
        return self.exclude(audience=Audience.INTERNAL)


class EventQuerySet(FollowUpQuerySet["InterventionEvent"]):
    """The dated steps."""

    @property
    def day(self) -> Combinable:
        return F("happened_on")


class InterventionEvent(models.Model):
    """One dated step of the follow-up, as the client reads it. Those of the books say a day and no instant."""

    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="events")
    happened_on = models.DateField("date")
    rank = models.PositiveSmallIntegerField("rang du jour", default=1)
    label = models.CharField("étape", max_length=160)
    author_name = models.CharField("par", max_length=120, blank=True)
    happened_at = models.DateTimeField("instant", null=True, blank=True)
    from_state = models.CharField(
        "état avant", max_length=20, choices=Intervention.State, blank=True, default="", db_default=""
    )
    to_state = models.CharField(
        "état après", max_length=20, choices=Intervention.State, blank=True, default="", db_default=""
    )
    author_kind = models.CharField("auteur", max_length=8, choices=AuthorKind, blank=True, default="", db_default="")
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="accès de l’auteur"
    )
    text = models.TextField("précision", blank=True, default="", db_default="")
    audience = models.CharField(
        "montrée à", max_length=8, choices=Audience, default=Audience.EVERYONE, db_default=Audience.EVERYONE.value
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "étape"
        ordering = ["intervention_id", "happened_on", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["intervention", "happened_on", "rank"], name="event_once_per_rank"),
        ]

    def __str__(self) -> str:
        return self.label


class CaseMessageQuerySet(FollowUpQuerySet["CaseMessage"]):
    """What is written."""

    instant = "sent_at"


class CaseMessage(models.Model):
    """What one person wrote in a case, once: the same `sending_key` is the same message sent twice."""

    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="messages")
    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False)
    author_kind = models.CharField("auteur", max_length=8, choices=AuthorKind)
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="accès de l’auteur"
    )
    author_name = models.CharField("nom de l’auteur", max_length=170)
    text = models.TextField("message", blank=True)
    audience = models.CharField("montré à", max_length=8, choices=Audience, default=Audience.REPORTER)
    sending_key = models.CharField("clé d’envoi", max_length=PUBLIC_ID_LENGTH)
    sent_at = models.DateTimeField("envoyé le")

    objects = CaseMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message d’une intervention"
        ordering = ["intervention_id", "sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["intervention", "sending_key"], name="case_message_sent_once"),
        ]

    def __str__(self) -> str:
        return f"message de {self.author_name}"


class PhotoQuerySet(FollowUpQuerySet["Photo"]):
    instant = "added_at"

    def visible_to(self, viewer: Viewer) -> Self:
        """Those ready to be shown; one's own also while they wait to be scanned, and once they are refused."""
        own = Q(author_id=viewer.user_id, state__in=[Photo.State.WAITING, Photo.State.REFUSED])
        is_shown = Q(state=Photo.State.READY) | own
        return super().visible_to(viewer).filter(is_shown)

    def ready(self) -> Self:
        return self.filter(state=Photo.State.READY)

    def kept(self) -> Self:
        """Neither refused nor taken away: those that count among the six of a report, a message or an order."""
        return self.exclude(state__in=[Photo.State.REFUSED, Photo.State.REMOVED])


class Photo(AgencyOwned):
    """A photo or a PDF of a case, of a message or, from a firm, of its order. `thumbnail`: a picture's small copy."""

    class State(models.TextChoices):
        WAITING = "waiting", "En cours de vérification"
        READY = "ready", "Vérifiée"
        REFUSED = "refused", "Refusée"
        REMOVED = "removed", "Retirée"

    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="photos")
    message = models.ForeignKey(CaseMessage, on_delete=models.PROTECT, null=True, blank=True, related_name="photos")
    order = models.ForeignKey(
        "interventions.WorkOrder",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="photos",
        verbose_name="ordre",
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="fichier")
    thumbnail = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vignette"
    )
    description = models.CharField("description", max_length=DESCRIPTION_LENGTH, blank=True)
    audience = models.CharField("montrée à", max_length=8, choices=Audience, default=Audience.REPORTER)
    author_kind = models.CharField("auteur", max_length=8, choices=AuthorKind)
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="accès de l’auteur"
    )
    author_name = models.CharField("nom de l’auteur", max_length=170, blank=True)
    state = models.CharField("état", max_length=8, choices=State, default=State.READY)
    refusal = models.CharField("raison du refus", max_length=300, blank=True)
    sending_key = models.CharField("clé d’envoi", max_length=PUBLIC_ID_LENGTH)
    added_at = models.DateTimeField("ajoutée le")

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = "photo d’une intervention"
        ordering = ["intervention_id", "added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["intervention", "sending_key"], name="photo_sent_once"),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(refusal="") | ~Q(state="refused") & Q(refusal=""),
                name="photo_refused_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["added_at"], condition=Q(state="waiting"), name="photo_to_scan")]

    def __str__(self) -> str:
        return self.description or "photo"

    @property
    def is_picture(self) -> bool:
        return self.thumbnail_id is not None
