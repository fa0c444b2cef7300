"""What an administrator wrote of a colleague in place of the books."""

from typing import Self

from django.db import models

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.viewer import Viewer
from parvis.people.models.logins import StaffMember


class KeptDetailQuerySet(AgencyOwnedQuerySet["KeptDetail"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(agency_id=viewer.agency_id)


class KeptDetail(AgencyOwned):
    """One detail of a colleague that is decided here: imports leave it, and only note what the books say of it."""

    class Name(models.TextChoices):
        """The columns of `StaffMember` that may be kept; the books write them otherwise."""

        CIVILITY = "civility", "civilité"
        FIRST_NAME = "first_name", "prénom"
        LAST_NAME = "last_name", "nom"
        ROLE = "role", "fonction"
        PHONE = "phone", "téléphone"
        EMAIL = "email", "courriel"
        LEFT_ON = "left_on", "départ"

    staff_member = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="kept_details", verbose_name="collaborateur"
    )
    name = models.CharField("détail", max_length=10, choices=Name)
    books = models.CharField("ce que disent les données", max_length=254, blank=True)
    written_at = models.DateTimeField("décidé le")

    objects = KeptDetailQuerySet.as_manager()

    class Meta:
        verbose_name = "détail décidé ici"
        ordering = ["staff_member_id", "name"]
        constraints = [
            models.UniqueConstraint(fields=["staff_member", "name"], name="kept_detail_once_per_member"),
            models.CheckConstraint(
                condition=models.Q(
                    name__in=["civility", "first_name", "last_name", "role", "phone", "email", "left_on"]
                ),
                name="kept_detail_is_a_column",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} de {self.staff_member_id}"
