"""Who holds, lets, inhabits or sits where, from one day to another."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.viewer import Viewer
from parvis.people.models import Client
from parvis.property.models.buildings import Building, Lot


def on_day(day: dt.date) -> Q:
    """Rows in force that day: begun, and not ended before it (the last day counts)."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message="La date de fin précède la date de début.",
    )


class HoldingQuerySet(AgencyOwnedQuerySet[models.Model]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The viewer's own, past and present; never those of the holder before or after."""
        return self.filter(client_id__in=viewer.client_ids, agency_id=viewer.agency_id)

    def in_force(self, day: dt.date) -> Self:
        return self.filter(on_day(day))


class Ownership(AgencyOwned):
    """A client owns a lot, wholly or in part. `share_numerator`/`share_denominator` of the right held."""

    class Kind(models.TextChoices):
        FULL = "full", "Pleine propriété"
        USUFRUCT = "usufruct", "Usufruit"
        BARE = "bare", "Nue-propriété"
        JOINT = "joint", "Indivision"

    class Occupancy(models.TextChoices):
        UNKNOWN = "", "non connue"
        OWNER = "owner", "Occupé par vous"
        LET = "let", "Loué"
        VACANT = "vacant", "Vacant"

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="ownerships", verbose_name="lot")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="ownerships", verbose_name="client")
    kind = models.CharField("droit", max_length=8, choices=Kind, default=Kind.FULL)
    share_numerator = models.PositiveIntegerField("part", default=1)
    share_denominator = models.PositiveIntegerField("sur", default=1)
    is_representative = models.BooleanField("mandataire commun de l’indivision", default=False)
    occupancy = models.CharField("occupation", max_length=6, choices=Occupancy, blank=True, db_default="")
    starts_on = models.DateField("depuis")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = "propriété"
        ordering = ["lot_id", "starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["lot", "client", "kind", "starts_on"], name="ownership_once"),
            models.CheckConstraint(
                condition=Q(share_numerator__gte=1) & Q(share_denominator__gte=F("share_numerator")),
                name="ownership_share_is_a_part",
                violation_error_message="La part est une fraction d’au plus 1.",
            ),
            ends_after_it_starts("ownership_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} du lot {self.lot_id}"


class ManagementMandate(AgencyOwned):
    """Contract by which a landlord has the agency let and manage a lot."""

    number = models.CharField("numéro de mandat", max_length=40)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="mandates", verbose_name="lot")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="mandates", verbose_name="bailleur")
    starts_on = models.DateField("depuis")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = "mandat de gestion"
        ordering = ["number", "lot_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "number", "lot"], name="mandate_number_once_per_lot"),
            ends_after_it_starts("mandate_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"mandat {self.number}"


class LeaseQuerySet(AgencyOwnedQuerySet["Lease"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Its tenants, and the landlord whose mandate covered the lot while it ran."""
        tenants = Tenancy.objects.visible_to(viewer).values("lease_id")
        landlords = (
            ManagementMandate.objects.visible_to(viewer)
            .filter(lot_id=models.OuterRef("lot_id"))
            .filter(Q(ends_on=None) | Q(ends_on__gte=models.OuterRef("starts_on")))
            .filter(starts_on__lte=Coalesce(models.OuterRef("ends_on"), dt.date.max))
        )
        return self.filter(Q(pk__in=tenants) | models.Exists(landlords), agency_id=viewer.agency_id)


class Lease(AgencyOwned):
    """Rental contract of a lot; amounts in cents a month."""

    reference = models.CharField("référence", max_length=40)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="leases", verbose_name="lot")
    rent_cents = models.PositiveBigIntegerField("loyer mensuel")
    charges_cents = models.PositiveBigIntegerField("provision sur charges", default=0)
    deposit_cents = models.PositiveBigIntegerField("dépôt de garantie", default=0)
    is_furnished = models.BooleanField("meublé", default=False, db_default=False)
    insurance_until = models.DateField("attestation d’assurance valable jusqu’au", null=True, blank=True)
    revision_on = models.DateField("révision du loyer le", null=True, blank=True)
    revision_index = models.CharField("indice de référence", max_length=80, blank=True, db_default="")
    starts_on = models.DateField("depuis")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)

    objects = LeaseQuerySet.as_manager()

    class Meta:
        verbose_name = "bail"
        ordering = ["reference", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "reference"], name="lease_reference_once_per_agency"),
            ends_after_it_starts("lease_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"bail {self.reference}"


class Tenancy(AgencyOwned):
    """A client is a tenant (or co-tenant) of a lease."""

    lease = models.ForeignKey(Lease, on_delete=models.PROTECT, related_name="tenancies", verbose_name="bail")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="tenancies", verbose_name="locataire")
    starts_on = models.DateField("depuis")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = "location"
        ordering = ["lease_id", "starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["lease", "client", "starts_on"], name="tenancy_once"),
            ends_after_it_starts("tenancy_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"location du bail {self.lease_id}"


class CouncilSeatQuerySet(AgencyOwnedQuerySet["CouncilSeat"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The viewer's own, past and present: an office is its member's, not their representative's or household's."""
        return self.filter(client_id__in=viewer.own_client_ids, agency_id=viewer.agency_id)

    def in_force(self, day: dt.date) -> Self:
        return self.filter(on_day(day))


class CouncilSeat(AgencyOwned):
    """A client sits on the council of a building, for a term."""

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="council_seats")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="council_seats")
    is_chair = models.BooleanField("préside", default=False)
    is_named = models.BooleanField("peut être nommé aux copropriétaires", default=True, db_default=True)
    starts_on = models.DateField("depuis")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)

    objects = CouncilSeatQuerySet.as_manager()

    class Meta:
        verbose_name = "siège au conseil syndical"
        ordering = ["building_id", "starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["building", "client", "starts_on"], name="council_seat_once"),
            ends_after_it_starts("council_seat_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"siège au conseil de l’immeuble {self.building_id}"


class Holding(models.Model):
    """Whoever owns, lets or inhabits a lot, in one list: a database view over the three tables above."""

    class Right(models.TextChoices):
        OWNERSHIP = "ownership", "Copropriété"
        MANDATE = "mandate", "Gestion locative"
        TENANCY = "tenancy", "Location"

    pk = models.CompositePrimaryKey("right", "source_id")
    right = models.CharField("à quel titre", max_length=10, choices=Right)
    source_id = models.BigIntegerField("ligne d’origine")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.DO_NOTHING, related_name="+")
    client = models.ForeignKey(Client, on_delete=models.DO_NOTHING, related_name="holdings")
    lot = models.ForeignKey(Lot, on_delete=models.DO_NOTHING, related_name="holdings")
    building = models.ForeignKey(Building, on_delete=models.DO_NOTHING, related_name="holdings")
    starts_on = models.DateField("depuis")
    ends_on = models.DateField("jusqu’au", null=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = "détention"
        managed = False
        db_table = "property_holding"
        ordering = ["building_id", "lot_id", "starts_on"]

    def __str__(self) -> str:
        return f"{self.get_right_display()} du lot {self.lot_id}"
