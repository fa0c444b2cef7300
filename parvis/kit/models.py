"""Counters of attempts, shared by every door and every process (one atomic statement each)."""

from django.db import models


class AttemptCounter(models.Model):
    """How many times something was tried in a window. The key is a digest: it tells nothing."""

    key_digest = models.CharField("empreinte de la clé", max_length=64, primary_key=True)
    count = models.PositiveIntegerField("nombre", default=0)
    window_ends_at = models.DateTimeField("fin de la fenêtre")
    locked_until = models.DateTimeField("bloqué jusqu’à", null=True, blank=True)

    class Meta:
        verbose_name = "compteur d’essais"
        indexes = [models.Index(fields=["window_ends_at"], name="attempts_to_forget")]

    def __str__(self) -> str:
        return self.key_digest[:8]
