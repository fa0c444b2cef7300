"""What the agency brings in by its pages or its folder: a file, its preview, then its application."""

from typing import Self

from django.db import models
from django.db.models import Q

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.exchange.models.runs import ImportRun
from parvis.kit.identifiers import PUBLIC_ID_LENGTH
from parvis.kit.viewer import Viewer
from parvis.people.models import User


class IntakeQuerySet(AgencyOwnedQuerySet["Intake"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Only the staff see what was brought in."""
        return self.filter(agency_id=viewer.agency_id) if viewer.is_staff else self.none()

    def open(self) -> Self:
        """What is not over: on its way, waiting for a decision, cut short."""
        over = Q(state=Intake.State.GIVEN_UP) | Q(step=Intake.Step.APPLICATION, state=Intake.State.DONE)
        return self.exclude(over)


class Intake(AgencyOwned):
    """A package, a FEC or a parcel of documents: previewed by a job, then applied by another when somebody says so.

    `preview` is the report of a rehearsal, `run` that of the application, written with what it applied. Brought in by
    the folder, it has no `user`. `sending_key` was drawn with the form: sent twice, it is one.
    """

    class Step(models.TextChoices):
        PREVIEW = "preview", "Aperçu"
        APPLICATION = "application", "Application"

    class State(models.TextChoices):
        RECEIVING = "receiving", "Réception"
        WAITING = "waiting", "En attente"
        RUNNING = "running", "En cours"
        DONE = "done", "Terminé"
        INTERRUPTED = "interrupted", "Interrompu"
        GIVEN_UP = "given_up", "Abandonné"

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="intakes", verbose_name="déposé par"
    )
    source = models.CharField("source", max_length=8, choices=ImportRun.Source)
    file_name = models.CharField("fichier", max_length=120)
    size = models.PositiveBigIntegerField("taille en octets")
    sending_key = models.CharField("clé d’envoi", max_length=PUBLIC_ID_LENGTH, blank=True)
    options = models.JSONField("choix", default=dict, blank=True)
    step = models.CharField("étape", max_length=11, choices=Step, default=Step.PREVIEW)
    state = models.CharField("état", max_length=11, choices=State, default=State.RECEIVING)
    preview = models.JSONField("aperçu", null=True, blank=True)
    run = models.OneToOneField(
        ImportRun, on_delete=models.PROTECT, null=True, blank=True, related_name="intake", verbose_name="import"
    )
    received_at = models.DateTimeField("reçu le")
    started_at = models.DateTimeField("commencé le", null=True, blank=True)
    ended_at = models.DateTimeField("terminé le", null=True, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = "arrivage"
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "sending_key"], condition=~Q(sending_key=""), name="intake_sent_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("running", "done")) | Q(started_at__isnull=False), name="intake_run_has_begun"
            ),
            models.CheckConstraint(
                condition=~Q(step="preview", state="done") | Q(preview__isnull=False),
                name="intake_previewed_has_its_preview",
            ),
            models.CheckConstraint(
                condition=~Q(step="application", state="done") | Q(run__isnull=False),
                name="intake_applied_has_its_report",
            ),
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(state="running"),
                name="intake_one_at_a_time",
                violation_error_message="Un autre import est en cours.",
            ),
        ]
        indexes = [models.Index(fields=["state", "received_at"], name="intake_by_state")]

    def __str__(self) -> str:
        return f"{self.file_name} du {self.received_at:%d/%m/%Y}"

    @property
    def storage_name(self) -> str:
        return f"arrivages/{self.public_id}"

    @property
    def progress_name(self) -> str:
        return f"arrivages/{self.public_id}.avancement"


class FolderFileQuerySet(AgencyOwnedQuerySet["FolderFile"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(agency_id=viewer.agency_id) if viewer.is_staff else self.none()


class FolderFile(AgencyOwned):
    """A file seen in the agency's folder, as it was; taken once, when it has stayed so for some minutes."""

    name = models.CharField("chemin", max_length=400)
    size = models.PositiveBigIntegerField("taille en octets")
    modified_ns = models.BigIntegerField("modifié, en nanosecondes")
    seen_at = models.DateTimeField("vu le")
    taken_at = models.DateTimeField("pris le", null=True, blank=True)
    intake = models.OneToOneField(Intake, on_delete=models.SET_NULL, null=True, blank=True, related_name="folder_file")

    objects = FolderFileQuerySet.as_manager()

    class Meta:
        verbose_name = "fichier du dossier"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "name", "size", "modified_ns"], name="folder_file_taken_once"),
        ]

    def __str__(self) -> str:
        return self.name
