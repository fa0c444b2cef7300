"""When somebody of the agency is away, and who answers in their place."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.viewer import Viewer
from parvis.people.models.logins import StaffMember


class StaffAbsenceQuerySet(AgencyOwnedQuerySet["StaffAbsence"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody of the agency may know who is away."""
        return self.filter(agency_id=viewer.agency_id)

    def in_force(self, day: dt.date) -> Self:
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class StaffAbsence(AgencyOwned):
    """A member of the staff is away from one day to another, the last included."""

    staff_member = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="absences", verbose_name="collaborateur"
    )
    replacement = models.ForeignKey(
        StaffMember,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replacements",
        verbose_name="remplacé par",
    )
    starts_on = models.DateField("depuis")
    ends_on = models.DateField("jusqu’au")

    objects = StaffAbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "absence"
        ordering = ["staff_member_id", "starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["staff_member", "starts_on"], name="absence_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="absence_ends_after_it_starts",
                violation_error_message="La date de fin précède la date de début.",
            ),
            models.CheckConstraint(
                condition=Q(replacement=None) | ~Q(replacement=F("staff_member")),
                name="absence_replaced_by_somebody_else",
                violation_error_message="Personne ne se remplace soi-même.",
            ),
        ]

    def __str__(self) -> str:
        return f"absence de {self.staff_member_id}"


def away(member: StaffMember, *, day: dt.date) -> StaffAbsence | None:
    """Their absence of that day, the longest; with who stands in."""
    absences = StaffAbsence.objects.in_force(day).filter(staff_member=member).select_related("replacement")
    return absences.order_by("-ends_on").first()


def answering(member: StaffMember, *, day: dt.date) -> StaffMember:
    """Who answers in their name that day: whoever stands in, else themselves."""
    absence = away(member, day=day)
    return (absence and absence.replacement) or member
