"""The ERP's door: the keys of an agency's programs, the answers they were given, where they are told of changes."""

from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Now

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.identifiers import PUBLIC_ID_LENGTH, new_public_id
from parvis.kit.viewer import Viewer

PREFIX_LENGTH = 12
LONGEST_KEY = 200


class ApiKeyQuerySet(AgencyOwnedQuerySet["ApiKey"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Only the staff see which programs come in."""
        return self.filter(agency_id=viewer.agency_id) if viewer.is_staff else self.none()

    def opening(self) -> Self:
        """Neither revoked nor over, by the database's clock."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=Now()), revoked_at=None)

    def latest_first(self) -> Self:
        return self.order_by("-made_at", "-pk")


class ApiKey(AgencyOwned):
    """What one program of the agency shows to come in. Its secret is never kept, only its SHA-256 (160 random bits)."""

    name = models.CharField("programme", max_length=80)
    prefix = models.CharField("début de la clé", max_length=PREFIX_LENGTH, unique=True)
    digest = models.CharField("empreinte", max_length=64, unique=True)
    scopes = models.JSONField("droits", default=list)
    made_at = models.DateTimeField("créée le")
    made_by = models.CharField("créée par", max_length=170, blank=True)
    expires_at = models.DateTimeField("valable jusqu’au", null=True, blank=True)
    last_used_at = models.DateTimeField("dernier usage", null=True, blank=True)
    revoked_at = models.DateTimeField("révoquée le", null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = "clé de l’interface"
        verbose_name_plural = "clés de l’interface"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="api_key_says_whose_it_is"),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gt=F("made_at")),
                name="api_key_ends_after_it_begins",
                violation_error_message="La clé finit avant de commencer : donnez un jour à venir.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class StoredAnswer(models.Model):
    """What was answered under an idempotency key: the same request again is given it back and does nothing.

    `request_digest` is the SHA-256 of the method, the address and the body: another request is refused. `body` is
    sealed with the secret key: an answer may hold a secret shown once.
    """

    api_key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="answers", verbose_name="clé")
    idempotency_key = models.CharField("clé de l’envoi", max_length=LONGEST_KEY)
    request_digest = models.CharField("empreinte de la demande", max_length=64)
    status = models.PositiveSmallIntegerField("état HTTP", default=0)
    content_type = models.CharField("nature de la réponse", max_length=80, blank=True)
    language = models.CharField("langue", max_length=2, blank=True)
    body = models.TextField("réponse", blank=True)
    stored_at = models.DateTimeField("gardée le")

    class Meta:
        verbose_name = "réponse gardée"
        constraints = [
            models.UniqueConstraint(fields=["api_key", "idempotency_key"], name="stored_answer_once_per_key"),
        ]
        indexes = [models.Index(fields=["stored_at"], name="stored_answer_to_forget")]

    def __str__(self) -> str:
        return f"réponse {self.status} à {self.idempotency_key}"


class WebhookQuerySet(AgencyOwnedQuerySet["Webhook"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Only the staff see where the agency's programs are told."""
        return self.filter(agency_id=viewer.agency_id) if viewer.is_staff else self.none()

    def active(self) -> Self:
        """Those that are told today: not given up, and the key that answers for them still opens."""
        return self.filter(disabled_at=None, api_key__in=ApiKey.objects.opening())

    def with_opening_key(self) -> Self:
        """Each with `key`, the beginning of the key that answers for it, when it opens today."""
        prefix = ApiKey.objects.opening().filter(pk=OuterRef("api_key")).values("prefix")
        return self.annotate(key=Subquery(prefix))


class Webhook(AgencyOwned):
    """An address of the agency's software that is told of changes, in the order of the journal, from `position` on.

    `api_key` has the rights of all its `kinds`; without a key that opens, the address waits. `failing_since`: nothing
    has arrived since then; too long, and the address is disabled and the agency told.
    """

    api_key = models.ForeignKey(
        ApiKey, on_delete=models.SET_NULL, null=True, related_name="webhooks", verbose_name="clé qui en répond"
    )
    url = models.CharField("adresse", max_length=500)
    kinds = models.JSONField("changements annoncés", default=list)
    sealed_secret = models.TextField("secret chiffré")
    position = models.BigIntegerField("dernier fait examiné")
    made_at = models.DateTimeField("créé le")
    failing_since = models.DateTimeField("en échec depuis", null=True, blank=True)
    disabled_at = models.DateTimeField("désactivé le", null=True, blank=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = "avis à un logiciel"
        verbose_name_plural = "avis aux logiciels"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "url"],
                name="webhook_once_per_address",
                violation_error_message="Cette adresse reçoit déjà des avis : changez-la, ou supprimez la première.",
            ),
            models.CheckConstraint(condition=Q(position__gte=0), name="webhook_position_is_a_rank"),
        ]

    def __str__(self) -> str:
        return self.url


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(webhook__in=Webhook.objects.visible_to(viewer))

    def due(self) -> Self:
        """What may leave now, to an address that still takes something; the oldest first."""
        waiting = self.filter(state=Delivery.State.WAITING, next_attempt_at__lte=Now())
        return waiting.filter(webhook__in=Webhook.objects.active()).order_by("next_attempt_at", "pk")


class Delivery(models.Model):
    """One change told to one address: at least once, under the same id. It names what changed and holds no data."""

    class State(models.TextChoices):
        WAITING = "waiting", "en attente"
        DELIVERED = "delivered", "reçu"
        FAILED = "failed", "abandonné"

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries", verbose_name="avis")
    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False)
    position = models.BigIntegerField("rang du fait")
    payload = models.TextField("contenu")
    state = models.CharField("état", max_length=9, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    next_attempt_at = models.DateTimeField("prochain essai", null=True, blank=True)
    made_at = models.DateTimeField("créé le")
    ended_at = models.DateTimeField("reçu ou abandonné le", null=True, blank=True)
    last_status = models.PositiveSmallIntegerField("dernière réponse", null=True, blank=True)
    last_error = models.CharField("dernière erreur", max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "avis envoyé"
        verbose_name_plural = "avis envoyés"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "position"], name="delivery_once_per_fact"),
            models.CheckConstraint(
                condition=Q(state="waiting", next_attempt_at__isnull=False, ended_at=None)
                | (~Q(state="waiting") & Q(next_attempt_at=None, ended_at__isnull=False)),
                name="delivery_waits_or_has_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], condition=Q(state="waiting"), name="delivery_to_send"),
            models.Index(fields=["ended_at"], name="delivery_to_forget"),
        ]

    def __str__(self) -> str:
        return f"avis {self.public_id} ({self.get_state_display()})"
