"""Books kept line by line, and their periods."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.viewer import Viewer
from parvis.property.models import Building


class BookQuerySet(AgencyOwnedQuerySet["Book"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Only the staff see the books."""
        return self.filter(agency_id=viewer.agency_id) if viewer.is_staff else self.none()


class Book(AgencyOwned):
    """Books kept line by line, that come as FEC: those of the agency, or those of one building's syndicat.

    `siren` is that of their first file: another one is refused. `opening_journals` are the codes of the journals that
    open an exercise; without any, usual codes and labels tell.
    """

    building = models.OneToOneField(
        Building, on_delete=models.PROTECT, null=True, blank=True, related_name="book", verbose_name="immeuble"
    )
    siren = models.CharField("SIREN", max_length=9, blank=True)
    opening_journals = models.JSONField("journaux d’à-nouveau", default=list, blank=True)

    objects = BookQuerySet.as_manager()

    class Meta:
        verbose_name = "livres"
        ordering = ["agency_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(building=None), name="book_of_the_agency_once_per_agency"
            ),
        ]

    def __str__(self) -> str:
        return f"livres de {self.building.name}" if self.building else "livres de l’agence"


class Exercise(models.Model):
    """A period of the books that is held in full: its lines replace whatever was known of it.

    `has_openings` tells whether the file opened it with balances; `last_entry_on` is the day of its newest line.
    """

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="exercises", verbose_name="livres")
    begins_on = models.DateField("du")
    ends_on = models.DateField("au")
    has_openings = models.BooleanField("porte des à-nouveaux", default=False)
    last_entry_on = models.DateField("dernière écriture le")
    applied_at = models.DateTimeField("importé le")

    class Meta:
        verbose_name = "exercice"
        ordering = ["book_id", "begins_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["book", "begins_on"], name="exercise_begins_once_per_book"),
            models.UniqueConstraint(fields=["book", "ends_on"], name="exercise_ends_once_per_book"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="exercise_ends_after_it_begins",
                violation_error_message="La fin de l’exercice précède son début.",
            ),
        ]

    def __str__(self) -> str:
        return f"exercice du {self.begins_on:%d/%m/%Y} au {self.ends_on:%d/%m/%Y}"
