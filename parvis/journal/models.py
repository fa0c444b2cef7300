"""Who did what to what: ids and verbs in one hash chain per agency, personal detail apart."""

from django.db import models


class ChainHead(models.Model):
    """The last link of an agency's chain; its row is locked last in a transaction."""

    agency_id = models.BigIntegerField("agence", unique=True)
    position = models.BigIntegerField("rang du dernier maillon", default=0)
    digest = models.CharField("empreinte du dernier maillon", max_length=64, default="0" * 64)

    class Meta:
        verbose_name = "tête de chaîne"

    def __str__(self) -> str:
        return f"agence {self.agency_id}, maillon {self.position}"


class Record(models.Model):
    """One fact. No foreign key: the journal never prevents a deletion, nor disappears with one."""

    agency_id = models.BigIntegerField("agence")
    position = models.BigIntegerField("rang")
    recorded_at = models.DateTimeField("instant")
    verb = models.CharField("verbe", max_length=60)
    actor_kind = models.CharField("nature de l’auteur", max_length=20)
    actor_id = models.CharField("auteur", max_length=40, blank=True)
    object_kind = models.CharField("nature de l’objet", max_length=30, blank=True)
    object_id = models.CharField("objet", max_length=40, blank=True)
    previous_digest = models.CharField("empreinte précédente", max_length=64)
    digest = models.CharField("empreinte", max_length=64)

    class Meta:
        verbose_name = "fait"
        ordering = ["agency_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency_id", "position"], name="journal_one_link_per_position"),
        ]
        indexes = [
            models.Index(fields=["agency_id", "object_kind", "object_id"], name="journal_by_object"),
            models.Index(fields=["recorded_at"], name="journal_by_instant"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_kind} {self.object_id}"


class PersonalDetail(models.Model):
    """What a record cannot hold for ever (browser, masked address): erased without breaking the chain."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="personal_detail")
    detail = models.JSONField("détail")

    class Meta:
        verbose_name = "détail personnel"

    def __str__(self) -> str:
        return f"détail de {self.record_id}"


class Verification(models.Model):
    """What the last reading of an agency's chain found, and how far the one under way has come.

    `asked_at` is empty when none is under way. A reading goes on from `position`, whose link has `digest`.
    """

    agency_id = models.BigIntegerField("agence", unique=True)
    asked_at = models.DateTimeField("demandée le", null=True, blank=True)
    moved_at = models.DateTimeField("avancée le", null=True, blank=True)
    position = models.BigIntegerField("rang relu", default=0)
    digest = models.CharField("empreinte relue", max_length=64, default="0" * 64)
    verified_at = models.DateTimeField("vérifié le", null=True, blank=True)
    length = models.BigIntegerField("faits relus", default=0)
    head = models.CharField("empreinte du dernier maillon relu", max_length=64, blank=True)
    broken = models.CharField("rupture", max_length=200, blank=True)

    class Meta:
        verbose_name = "vérification du journal"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(asked_at=None) | models.Q(moved_at__isnull=False),
                name="journal_verification_under_way_has_moved",
            ),
        ]

    def __str__(self) -> str:
        return f"vérification, agence {self.agency_id}"
