"""What each client is looked for by: one narrow row, so that a whole agency is read in a few milliseconds."""

from typing import Self

from django.db import models

from parvis.agencies.models import Agency
from parvis.kit.viewer import Viewer
from parvis.people.models import Client


class ClientWordsQuerySet(models.QuerySet["ClientWords"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The staff of the agency; `parvis.property.client_search` adds their scope."""
        return self.filter(agency_id=viewer.agency_id) if viewer.is_staff else self.none()


class ClientWords(models.Model):
    """The words of a client, folded, between spaces: their name alone, then all that finds them.

    Written by `parvis.property.actions` from the client, their login and their lots: losing it loses nothing.
    """

    client = models.OneToOneField(Client, on_delete=models.CASCADE, primary_key=True, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+", verbose_name="agence")
    names = models.CharField("mots du nom", max_length=400)
    words = models.TextField("mots qui le trouvent")

    objects = ClientWordsQuerySet.as_manager()

    class Meta:
        verbose_name = "mots d’un client"
        ordering = ["names", "client"]

    def __str__(self) -> str:
        return f"mots du client {self.client_id}"
