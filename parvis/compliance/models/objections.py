"""Who does not want their courriel in the list of co-owners."""

from typing import Self

from django.db import models
from django.db.models import Q

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.viewer import Viewer
from parvis.people.models import Client


class ListingObjectionQuerySet(AgencyOwnedQuerySet["ListingObjection"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(client_id__in=viewer.client_ids, agency_id=viewer.agency_id)

    def current(self) -> Self:
        return self.filter(ended_at=None)


class ListingObjection(AgencyOwned):
    """The client opposes their courriel in the list of co-owners (décret 67-223, art. 32, à vérifier)."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="listing_objections")
    objected_at = models.DateTimeField("opposé le")
    ended_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = ListingObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = "opposition à la liste"
        ordering = ["client_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["client"], condition=Q(ended_at=None), name="listing_objection_once"),
        ]

    def __str__(self) -> str:
        return f"opposition du client {self.client_id}"
