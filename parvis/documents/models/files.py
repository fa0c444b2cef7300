"""The bytes: each content is kept once, under the name of its SHA-256."""

from django.db import models
from django.db.models import Q


class StoredFile(models.Model):
    """A content that is kept, whoever published it. Only a `Document` says who may read it.

    `received_sha256` names what came in, where cleaning it changed its bytes; `words` are those of its text, folded
    and each once, for the search. `scanned_at` is empty while no scanner has found it clean. `stored_at`: when the
    content last came in, by whatever door; what nothing refers to is erased a day later at the soonest.
    """

    class TextState(models.TextChoices):
        WAITING = "waiting", "à lire"
        READ = "read", "lu"
        NONE = "none", "sans texte"

    sha256 = models.CharField("empreinte", max_length=64, unique=True)
    received_sha256 = models.CharField("empreinte à la réception", max_length=64)
    size = models.PositiveBigIntegerField("taille en octets")
    media_type = models.CharField("nature", max_length=100)
    opens_inline = models.BooleanField("s’ouvre dans le navigateur", default=False)
    text_state = models.CharField("texte", max_length=7, choices=TextState, default=TextState.WAITING)
    is_scanned = models.BooleanField("scanné", default=False)
    words = models.TextField("mots", blank=True)
    scanned_at = models.DateTimeField("scanné sans virus le", null=True, blank=True)
    stored_at = models.DateTimeField("conservé le", auto_now_add=True)

    class Meta:
        verbose_name = "fichier"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_inline=False) | Q(media_type="application/pdf"),
                name="stored_file_only_pdf_opens_inline",
                violation_error_message="Seul un PDF s’ouvre dans le navigateur.",
            ),
        ]
        indexes = [
            models.Index(fields=["received_sha256"], name="stored_file_as_received"),
            models.Index(fields=["id"], condition=Q(text_state="waiting"), name="stored_file_to_read"),
            models.Index(fields=["stored_at"], name="stored_file_by_age"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def storage_name(self) -> str:
        """« contenus/ab/cd/abcd… »: no folder holds them all."""
        return f"contenus/{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"
