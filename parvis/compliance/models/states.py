"""The history of the legal list: since when each item of a building stands as it does."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.compliance.rules.items import ITEMS
from parvis.compliance.rules.states import Status
from parvis.kit.viewer import Viewer
from parvis.people.models import User
from parvis.property.models import Building

CODES = sorted(ITEMS)


def of_a_building(viewer: Viewer) -> Q:
    """With the building, for whoever holds a lot there; the staff see those of their agency."""
    mine = Q(agency_id=viewer.agency_id)
    return mine if viewer.is_staff else mine & Q(building__in=Building.objects.visible_to(viewer))


class LegalStateQuerySet(AgencyOwnedQuerySet["LegalState"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(of_a_building(viewer))

    def current(self) -> Self:
        return self.filter(ended_on=None)


class WaiverQuerySet(AgencyOwnedQuerySet["Waiver"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(of_a_building(viewer))

    def current(self) -> Self:
        return self.filter(ended_at=None)


class LegalState(AgencyOwned):
    """An item of the legal list stood so from `began_on` until `ended_on`; without an end, it still does.

    `began_on` is what the papers tell (the day of publication, the day after the last of a contract), else the first
    day it was seen so. A document kept by the portal itself is there without a day.
    """

    STATUSES = [
        (Status.MISSING.value, "Manquant"),
        (Status.EXPIRED.value, "Expiré"),
        (Status.STALE.value, "À mettre à jour"),
        (Status.PRESENT.value, "En ligne"),
        (Status.NOT_APPLICABLE.value, "Sans objet"),
    ]

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="legal_states")
    code = models.CharField("document", max_length=40)
    status = models.CharField("état", max_length=14, choices=STATUSES)
    began_on = models.DateField("depuis le")
    ended_on = models.DateField("jusqu’au", null=True, blank=True)

    objects = LegalStateQuerySet.as_manager()

    class Meta:
        verbose_name = "état d’un document légal"
        ordering = ["building_id", "code", "began_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["building", "code"], condition=Q(ended_on=None), name="legal_state_one_current_per_item"
            ),
            models.CheckConstraint(condition=Q(code__in=CODES), name="legal_state_of_a_known_item"),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in Status]), name="legal_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("began_on")), name="legal_state_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["agency", "status"], condition=Q(ended_on=None), name="legal_state_current")]

    def __str__(self) -> str:
        return f"{self.code}\u00a0: {self.get_status_display()}"


class Waiver(AgencyOwned):
    """The agency says that an item has no object for a building (no common equipment, no other contract…)."""

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="legal_waivers")
    code = models.CharField("document", max_length=40)
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="par")
    declared_at = models.DateTimeField("déclaré le")
    ended_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        verbose_name = "document légal sans objet"
        ordering = ["building_id", "code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["building", "code"], condition=Q(ended_at=None), name="waiver_once_per_item"
            ),
            models.CheckConstraint(
                condition=Q(code__in=sorted(item.code for item in ITEMS.values() if item.may_be_waived)),
                name="waiver_of_an_item_that_may_have_no_object",
                violation_error_message="Ce document est toujours exigé\u00a0: il ne peut pas être déclaré sans objet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} sans objet"
