"""The building, its lots, the keys that share its expenses, and who looks after it."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, TruncDate

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.days import PARIS
from parvis.kit.viewer import Viewer
from parvis.people.models import StaffMember


def still_readable(prefix: str = "") -> Q:
    """What clients still read: of a building that left the agency, until the day it set (that day included).

    `prefix` leads to the building: `"building__"`. The day is that of Paris by the database's clock.
    """
    today = TruncDate(Now(), tzinfo=PARIS)
    return Q(**{f"{prefix}readable_until": None}) | Q(**{f"{prefix}readable_until__gte": today})


class BuildingQuerySet(AgencyOwnedQuerySet["Building"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The buildings where the viewer's clients hold, let or inhabit a lot, or did."""
        held = self.model.objects.filter(holdings__client_id__in=viewer.client_ids)
        return self.filter(still_readable(), pk__in=held.order_by().values("pk"), agency_id=viewer.agency_id)


class Building(AgencyOwned):
    """The building(s) of one owners' association, or a building where the agency only lets.

    `next_meeting_on` and `last_meeting_on` are the days of its general meetings, where the agency says them.
    Once `closed_on`, its clients read their own past until `readable_until`, where the agency sets one.
    """

    reference = models.CharField("référence", max_length=40)
    registration_number = models.CharField("numéro d’immatriculation", max_length=12, blank=True)
    name = models.CharField("nom", max_length=120)
    street = models.CharField("voie", max_length=160)
    postal_code = models.CharField("code postal", max_length=12)
    city = models.CharField("commune", max_length=80)
    caretaker_name = models.CharField("gardien", max_length=120, blank=True, db_default="")
    caretaker_phone = models.CharField("téléphone du gardien", max_length=30, blank=True, db_default="")
    caretaker_hours = models.CharField("horaires de la loge", max_length=160, blank=True, db_default="")
    door_code = models.CharField("digicode", max_length=40, blank=True, db_default="")
    last_meeting_on = models.DateField("dernière assemblée générale le", null=True, blank=True)
    next_meeting_on = models.DateField("prochaine assemblée générale le", null=True, blank=True)
    closed_on = models.DateField("quitté par l’agence le", null=True, blank=True)
    readable_until = models.DateField("lisible par ses clients jusqu’au", null=True, blank=True)

    objects = BuildingQuerySet.as_manager()

    class Meta:
        verbose_name = "immeuble"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "reference"], name="building_reference_once_per_agency"),
            models.UniqueConstraint(
                fields=["agency", "registration_number"],
                condition=~Q(registration_number=""),
                name="building_registration_once_per_agency",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LotQuerySet(AgencyOwnedQuerySet["Lot"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The lots that the viewer's clients own, let or inhabit, or did."""
        held = self.model.objects.filter(holdings__client_id__in=viewer.client_ids)
        return self.filter(pk__in=held.order_by().values("pk"), agency_id=viewer.agency_id)


class Lot(AgencyOwned):
    """Unit of ownership: a private part and its share of the common parts."""

    class Kind(models.TextChoices):
        MAIN = "main", "principal"
        ANNEX = "annex", "annexe"

    ENERGY_CLASSES = [(letter, letter) for letter in "ABCDEFG"]

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="lots", verbose_name="immeuble")
    number = models.CharField("numéro", max_length=20)
    kind = models.CharField("nature", max_length=6, choices=Kind, default=Kind.MAIN)
    label = models.CharField("désignation", max_length=120, help_text="« Appartement T3 », « Cave », « Parking »")
    floor = models.CharField("étage", max_length=30, blank=True)
    stairwell = models.CharField("escalier", max_length=30, blank=True)
    area_square_decimetres = models.PositiveIntegerField("surface en dm²", null=True, blank=True)
    energy_class = models.CharField("DPE", max_length=1, choices=ENERGY_CLASSES, blank=True, db_default="")
    energy_valid_until = models.DateField("DPE valable jusqu’au", null=True, blank=True)

    objects = LotQuerySet.as_manager()

    class Meta:
        verbose_name = "lot"
        ordering = ["building_id", "kind", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["building", "number"], name="lot_number_once_per_building"),
            models.CheckConstraint(
                condition=Q(energy_class__in=["", *"ABCDEFG"]),
                name="lot_energy_class_from_a_to_g",
                violation_error_message="La classe du DPE est une lettre de A à G.",
            ),
        ]

    def __str__(self) -> str:
        return f"lot {self.number}"


class AllocationKeyQuerySet(AgencyOwnedQuerySet["AllocationKey"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(building__in=Building.objects.visible_to(viewer))


class AllocationKey(AgencyOwned):
    """A named set of weights (general, lift, heating…). `total_shares` is the deed's total."""

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="allocation_keys")
    code = models.CharField("code", max_length=20)
    label = models.CharField("nom", max_length=80)
    total_shares = models.PositiveIntegerField("total des tantièmes")

    objects = AllocationKeyQuerySet.as_manager()

    class Meta:
        verbose_name = "clé de répartition"
        ordering = ["building_id", "code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["building", "code"], name="key_code_once_per_building"),
            models.CheckConstraint(condition=Q(total_shares__gt=0), name="key_total_is_positive"),
        ]

    def __str__(self) -> str:
        return self.label


class LotShare(models.Model):
    """The weight of a lot in a key, in tantièmes."""

    key = models.ForeignKey(AllocationKey, on_delete=models.CASCADE, related_name="lot_shares")
    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="shares")
    shares = models.PositiveIntegerField("tantièmes")

    class Meta:
        verbose_name = "tantièmes d’un lot"
        ordering = ["key_id", "lot_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["key", "lot"], name="share_once_per_key_and_lot")]

    def __str__(self) -> str:
        return f"{self.shares} tantièmes"


class BuildingAssignmentQuerySet(AgencyOwnedQuerySet["BuildingAssignment"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(building__in=Building.objects.visible_to(viewer))


class BuildingAssignment(AgencyOwned):
    """A member of the staff looks after a building: their scope, and the building's contact for its clients."""

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="assignments")
    staff_member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="assignments")
    duty = models.CharField("fonction", max_length=60, default="Responsable d’immeuble")
    starts_on = models.DateField("depuis")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)

    objects = BuildingAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "affectation"
        ordering = ["building_id", "starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["building", "staff_member", "duty", "starts_on"], name="assignment_once"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="assignment_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty} de l’immeuble {self.building_id}"
