"""A report being written: kept as it is typed, with its photos, for thirty days."""

from typing import Self

from django.db import models

from parvis.documents.models import StoredFile
from parvis.interventions.models.follow_up import DESCRIPTION_LENGTH
from parvis.kit.identifiers import PUBLIC_ID_LENGTH, new_public_id
from parvis.kit.viewer import Viewer
from parvis.people.models import User


class ReportDraftQuerySet(models.QuerySet["ReportDraft"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(user_id=viewer.user_id)


class ReportDraft(models.Model):
    """The answers given so far, by the name of their question. One `sending_key`: sent twice, it is one report."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="report_draft", verbose_name="accès")
    answers = models.JSONField("réponses", default=dict)
    sending_key = models.CharField("clé d’envoi", max_length=PUBLIC_ID_LENGTH, default=new_public_id)
    kept_at = models.DateTimeField("gardé le")

    objects = ReportDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "déclaration en cours"
        verbose_name_plural = "déclarations en cours"
        indexes = [models.Index(fields=["kept_at"], name="report_draft_to_forget")]

    def __str__(self) -> str:
        return f"déclaration en cours de {self.user_id}"


class DraftFileQuerySet(models.QuerySet["DraftFile"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(draft__user_id=viewer.user_id)


class DraftFile(models.Model):
    """A photo or a PDF that goes with the report, checked and kept already."""

    draft = models.ForeignKey(ReportDraft, on_delete=models.CASCADE, related_name="files")
    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="fichier")
    thumbnail = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vignette"
    )
    name = models.CharField("nom du fichier", max_length=200, blank=True)
    description = models.CharField("description", max_length=DESCRIPTION_LENGTH, blank=True)
    is_checked = models.BooleanField("vérifié", default=True)
    added_at = models.DateTimeField("ajouté le")

    objects = DraftFileQuerySet.as_manager()

    class Meta:
        verbose_name = "photo d’une déclaration en cours"
        verbose_name_plural = "photos d’une déclaration en cours"
        ordering = ["draft_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["draft", "file"], name="draft_file_once")]

    def __str__(self) -> str:
        return self.name
