"""Who consulted the affairs of a client, other than their holder."""

from typing import Self

from django.db import models

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.viewer import Viewer
from parvis.people.models.clients import Client
from parvis.people.models.logins import User


class ClientReadQuerySet(AgencyOwnedQuerySet["ClientRead"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The client's holder: whoever may read for them does not watch the others."""
        return self.filter(client__grants__user_id=viewer.user_id, client__grants__ended_at=None).filter(
            agency_id=viewer.agency_id
        )


class ClientRead(AgencyOwned):
    """On that day that person consulted that part of the client's affairs, once or many times."""

    class Quality(models.TextChoices):
        STAFF = "staff", "Votre agence"
        REPRESENTATIVE = "representative", "Représentant"
        HOUSEHOLD = "household", "Personne du foyer"

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="reads", verbose_name="client")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="lu par")
    day = models.DateField("jour")
    quality = models.CharField("qualité", max_length=16, choices=Quality)
    reader_name = models.CharField("nom", max_length=200)
    part = models.CharField("ce qui a été consulté", max_length=300)

    objects = ClientReadQuerySet.as_manager()

    class Meta:
        verbose_name = "consultation"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["client", "reader", "day", "part"], name="client_read_once_a_day"),
        ]
        indexes = [models.Index(fields=["day"], name="client_read_by_day")]

    def __str__(self) -> str:
        return f"{self.part} du client {self.client_id}, le {self.day}"
