"""What a client changes on the portal, and what the agency's books must take from there."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet, M_co
from parvis.kit.viewer import Viewer
from parvis.people.models.clients import Client
from parvis.people.models.logins import User


class ForTheBooksQuerySet(AgencyOwnedQuerySet[M_co]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the clients whose affairs the person reads; all of the agency's for its staff."""
        mine = self.filter(agency_id=viewer.agency_id)
        return mine if viewer.is_staff else mine.filter(client_id__in=viewer.client_ids)


class ForTheBooks(AgencyOwned):
    """Something that a client decided and that the agency's books must know: once, under its `public_id`."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+", verbose_name="client")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="demandé par")
    asked_at = models.DateTimeField("demandé le")
    effective_on = models.DateField("prend effet le")
    acknowledged_at = models.DateTimeField("pris en compte par l’agence le", null=True, blank=True)

    class Meta:
        abstract = True


class ProfileChangeQuerySet(ForTheBooksQuerySet["ProfileChange"]):
    def pending(self) -> Self:
        """Neither in the agency's data yet, nor replaced or withdrawn."""
        return self.filter(ended_at=None)


class ProfileChange(ForTheBooks):
    """A new address or number, a correction, the end of the online access.

    `wanted` and `former` hold the columns of `Client` that change, with what they become and what they were.
    """

    class Subject(models.TextChoices):
        POSTAL_ADDRESS = "postal_address", "adresse postale"
        PHONES = "phones", "téléphones"
        CORRECTION = "correction", "rectification"
        ACCESS_CLOSED = "access_closed", "fermeture de l’accès en ligne"

    class Ending(models.TextChoices):
        SETTLED = "settled", "figure dans les données de l’agence"
        REPLACED = "replaced", "remplacé par une autre demande"
        WITHDRAWN = "withdrawn", "retiré par son auteur"

    subject = models.CharField("objet", max_length=20, choices=Subject)
    wanted = models.JSONField("valeurs demandées", default=dict, blank=True)
    former = models.JSONField("valeurs d’avant", default=dict, blank=True)
    ended_at = models.DateTimeField("terminé le", null=True, blank=True)
    ending = models.CharField("fin", max_length=10, choices=Ending, blank=True)

    objects = ProfileChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "changement demandé"
        verbose_name_plural = "changements demandés"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "subject"],
                condition=Q(ended_at=None, subject__in=("postal_address", "phones")),
                name="profile_change_one_pending_per_subject",
                violation_error_message="Un changement est déjà en cours de prise en compte.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="profile_change_end_has_its_reason",
            ),
        ]
        indexes = [models.Index(fields=["agency", "asked_at"], name="profile_change_by_instant")]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} du client {self.client_id}"


class DeliveryChoiceQuerySet(ForTheBooksQuerySet["DeliveryChoice"]):
    def latest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")


class DeliveryChoice(ForTheBooks):
    """How a client receives one kind of document: a dated log, to which lines are only added.

    The line said last, of those in effect, counts (`parvis.people.delivery`). For receipts, « courriel » is the express
    agreement that a tenant gives (loi 89-462, art. 21); for the rest, « courrier » is the return to post of loi 65-557,
    art. 42-1.
    """

    class Kind(models.TextChoices):
        CALLS = "calls", "Appels de fonds"
        MEETINGS = "meetings", "Convocations et procès-verbaux d’assemblée"
        RECEIPTS = "receipts", "Quittances de loyer"

    class Channel(models.TextChoices):
        EMAIL = "email", "Courriel"
        POST = "post", "Courrier"

    kind = models.CharField("documents", max_length=10, choices=Kind)
    channel = models.CharField("moyen", max_length=10, choices=Channel)
    received_on = models.DateField("reçu le")

    objects = DeliveryChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = "choix d’envoi"
        verbose_name_plural = "choix d’envoi"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_on__gte=F("received_on")), name="delivery_choice_does_not_reach_back"
            ),
        ]
        indexes = [models.Index(fields=["client", "kind", "effective_on"], name="delivery_choice_by_client")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} par {self.get_channel_display().lower()}, client {self.client_id}"
