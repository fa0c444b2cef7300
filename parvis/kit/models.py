"""Counters of attempts, shared by every door and every process (one atomic statement each)."""

from django.db import models


class AttemptCounter(models.Model):
    """How many times something was tried. The key is a digest: it tells nothing.

    Instants are milliseconds since 1970 by the database's clock, so that one statement compares and adds them.
    """

    key_digest = models.CharField("empreinte de la clé", max_length=64, primary_key=True)
    count = models.PositiveIntegerField("nombre", default=0)
    window_ends_ms = models.BigIntegerField("fin de la fenêtre")
    locked_until_ms = models.BigIntegerField("fermé jusqu’à", default=0)

    class Meta:
        verbose_name = "compteur d’essais"
        indexes = [models.Index(fields=["window_ends_ms"], name="attempts_to_forget")]

    def __str__(self) -> str:
        return self.key_digest[:8]
