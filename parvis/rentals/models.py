"""Rental applications (rules 4.7)."""

from typing import Self

from django.db import models

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.viewer import Viewer
from parvis.people.models import Client


class RentalApplicationQuerySet(AgencyOwnedQuerySet["RentalApplication"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(applicant_id__in=viewer.client_ids, agency_id=viewer.agency_id)

    def open(self) -> Self:
        """What the Accueil counts as « Dossiers »."""
        return self.filter(state__in=RentalApplication.OPEN)


class RentalApplication(AgencyOwned):
    """The file of an applicant for one letting; pieces are counted, their contents come with a later capability."""

    class State(models.TextChoices):
        DRAFT = "draft", "À compléter"
        SUBMITTED = "submitted", "Envoyée"
        INCOMPLETE = "incomplete", "À compléter"
        UNDER_REVIEW = "under_review", "En étude"
        SHORTLISTED = "shortlisted", "En étude"
        SENT_TO_LANDLORD = "sent_to_landlord", "En étude"
        ACCEPTED = "accepted", "Acceptée"
        LEASE_IN_SIGNATURE = "lease_in_signature", "Acceptée"
        SIGNED = "signed", "Acceptée"
        DECLINED = "declined", "Non retenue"
        WITHDRAWN = "withdrawn", "Retirée"
        EXPIRED = "expired", "Retirée"

    OPEN = (
        "draft",
        "submitted",
        "incomplete",
        "under_review",
        "shortlisted",
        "sent_to_landlord",
        "accepted",
        "lease_in_signature",
    )

    reference = models.CharField("référence", max_length=40)
    applicant = models.ForeignKey(
        Client, on_delete=models.PROTECT, related_name="rental_applications", verbose_name="candidat"
    )
    listing_label = models.CharField("bien demandé", max_length=160)
    state = models.CharField("état", max_length=20, choices=State, default=State.DRAFT)
    pieces_received = models.PositiveSmallIntegerField("pièces reçues", default=0)
    pieces_expected = models.PositiveSmallIntegerField("pièces attendues", default=0)
    submitted_on = models.DateField("envoyée le", null=True, blank=True)
    answer_due_on = models.DateField("réponse avant le", null=True, blank=True)

    objects = RentalApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "candidature"
        ordering = ["-submitted_on", "reference", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "reference"], name="application_reference_once_per_agency"),
        ]

    def __str__(self) -> str:
        return f"candidature {self.reference}"
