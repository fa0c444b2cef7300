"""What the staff keeps beside the cases: announcements to a building, templates, water damage; and ratings."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.interventions.models.cases import Intervention
from parvis.interventions.models.quotes import in_force_today
from parvis.interventions.models.suppliers import StaffOnlyQuerySet
from parvis.kit.viewer import Viewer
from parvis.people.models import Client, StaffMember
from parvis.property.models import Building, Holding, Lot

COMMENT_LENGTH = 1000


class AnnouncementQuerySet(AgencyOwnedQuerySet["Announcement"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """To those who hold or live there today, among the readers chosen, once published and until it is over."""
        here = Holding.objects.visible_to(viewer).filter(in_force_today()).order_by()
        owning = here.filter(right__in=[Holding.Right.OWNERSHIP, Holding.Right.MANDATE]).values("building_id")
        renting = here.filter(right=Holding.Right.TENANCY).values("building_id")
        to_owners = Q(audience__in=["owners", "everyone"], building__in=owning)
        to_tenants = Q(audience__in=["tenants", "everyone"], building__in=renting)
        return self.filter(to_owners | to_tenants, agency_id=viewer.agency_id).current()

    def current(self) -> Self:
        """Published, not withdrawn, not over, by the database's clock."""
        return self.filter(published_at__lte=Now(), withdrawn_at=None, ends_at__gt=Now())


class Announcement(AgencyOwned):
    """Something that concerns a whole building: a cut, works. Shown until `ends_at`."""

    class Kind(models.TextChoices):
        CUT = "cut", "Coupure"
        WORKS = "works", "Travaux"
        VISIT = "visit", "Passage d’une entreprise"
        OTHER = "other", "Information"

    class Readers(models.TextChoices):
        EVERYONE = "everyone", "Tous"
        OWNERS = "owners", "Propriétaires"
        TENANTS = "tenants", "Locataires"

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="announcements")
    kind = models.CharField("nature", max_length=6, choices=Kind)
    title = models.CharField("titre", max_length=120)
    text = models.TextField("texte", blank=True)
    audience = models.CharField("lue par", max_length=8, choices=Readers, default=Readers.EVERYONE)
    begins_at = models.DateTimeField("à partir du")
    ends_at = models.DateTimeField("jusqu’au")
    author = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="auteur"
    )
    published_at = models.DateTimeField("publiée le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = "annonce"
        ordering = ["begins_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")),
                name="announcement_ends_after_it_begins",
                violation_error_message="La fin précède le début.",
            ),
        ]
        indexes = [models.Index(fields=["building", "ends_at"], name="announcement_of_building")]

    def __str__(self) -> str:
        return self.title


class MessageTemplateQuerySet(StaffOnlyQuerySet["MessageTemplate"]):
    """The templates of the agency."""


class MessageTemplate(AgencyOwned):
    """A message that the staff often writes."""

    name = models.CharField("nom", max_length=80)
    text = models.TextField("texte")

    objects = MessageTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "modèle de message"
        verbose_name_plural = "modèles de message"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"],
                name="template_name_once_per_agency",
                violation_error_message="Un modèle porte déjà ce nom.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WaterDamageQuerySet(models.QuerySet["WaterDamage"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The staff of the agency: insurers and claim numbers are several households'."""
        return self.filter(intervention__agency_id=viewer.agency_id) if viewer.is_staff else self.none()


class WaterDamage(models.Model):
    """What insurers ask of a leak that spoiled something, besides the case itself."""

    intervention = models.OneToOneField(Intervention, on_delete=models.PROTECT, related_name="water_damage")
    occurred_on = models.DateField("survenu le", null=True, blank=True)
    source = models.CharField("origine de la fuite", max_length=200, blank=True)
    source_lot = models.ForeignKey(
        Lot, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lot d’où vient l’eau"
    )
    building_insurer = models.CharField("assureur de l’immeuble", max_length=120, blank=True)
    building_claim_number = models.CharField("n° de sinistre de l’immeuble", max_length=60, blank=True)
    statement_sent_on = models.DateField("constat envoyé le", null=True, blank=True)
    statement_signed_on = models.DateField("constat signé le", null=True, blank=True)
    expert_on = models.DateField("expertise le", null=True, blank=True)

    objects = WaterDamageQuerySet.as_manager()

    class Meta:
        verbose_name = "dégât des eaux"
        verbose_name_plural = "dégâts des eaux"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(statement_signed_on=None)
                | Q(occurred_on=None)
                | Q(statement_signed_on__gte=F("occurred_on")),
                name="water_damage_statement_signed_after_it",
                violation_error_message="Le constat est signé avant le sinistre.",
            ),
        ]

    def __str__(self) -> str:
        return f"dégât des eaux {self.intervention_id}"


class DamagedLotQuerySet(models.QuerySet["DamagedLot"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(damage__in=WaterDamage.objects.visible_to(viewer))


class DamagedLot(models.Model):
    """A lot that the water reached, its insurer and the claim there."""

    damage = models.ForeignKey(WaterDamage, on_delete=models.PROTECT, related_name="lots")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+", verbose_name="lot")
    insurer = models.CharField("assureur", max_length=120, blank=True)
    claim_number = models.CharField("n° de sinistre", max_length=60, blank=True)
    declared_on = models.DateField("déclaré le", null=True, blank=True)

    objects = DamagedLotQuerySet.as_manager()

    class Meta:
        verbose_name = "lot touché"
        verbose_name_plural = "lots touchés"
        ordering = ["damage_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["damage", "lot"], name="damaged_lot_once")]

    def __str__(self) -> str:
        return f"lot {self.lot_id} touché"


class RatingQuerySet(models.QuerySet["Rating"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(client_id__in=viewer.client_ids)


class Rating(models.Model):
    """What the reporter thinks of it, once each time it is closed."""

    class Choice(models.TextChoices):
        VERY = "very", "Très satisfait"
        SATISFIED = "satisfied", "Satisfait"
        LITTLE = "little", "Peu satisfait"
        NOT = "not", "Pas du tout satisfait"

    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="ratings")
    closing = models.PositiveSmallIntegerField("réouvertures avant cet avis", default=0)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+", verbose_name="client")
    choice = models.CharField("avis", max_length=9, choices=Choice)
    comment = models.CharField("commentaire", max_length=COMMENT_LENGTH, blank=True)
    given_at = models.DateTimeField("donné le")

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = "avis sur une intervention"
        verbose_name_plural = "avis sur une intervention"
        ordering = ["intervention_id", "closing", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["intervention", "closing"],
                name="rating_once_per_closing",
                violation_error_message="Vous avez déjà donné votre avis.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_choice_display()
