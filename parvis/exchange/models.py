"""What came in from an agency, when, and what it changed."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.viewer import Viewer
from parvis.ledger.models import Account, Book, Exercise
from parvis.people.models import Client, User
from parvis.property.models import Building


class ImportRunQuerySet(AgencyOwnedQuerySet["ImportRun"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Only the staff see what was imported."""
        return self.filter(agency_id=viewer.agency_id) if viewer.is_staff else self.none()


class ImportRun(AgencyOwned):
    """One import of a package or of a FEC: its report in figures, its refusals line by line.

    Of a FEC, read = created + changed + unchanged + refused + left_out + waiting: lines of accounts that are nobody's,
    lines of accounts that wait for their client. `removed` lines were known and have left the books.
    """

    class Source(models.TextChoices):
        PACKAGE = "package", "paquet"
        FEC = "fec", "FEC"
        PAPERS = "papers", "documents"

    class State(models.TextChoices):
        APPLIED = "applied", "appliqué"
        REFUSED = "refused", "refusé"

    source = models.CharField("source", max_length=8, choices=Source, default=Source.PACKAGE)
    file_name = models.CharField("fichier", max_length=120, blank=True)
    state = models.CharField("état", max_length=8, choices=State)
    digest = models.CharField("empreinte du paquet", max_length=64)
    started_at = models.DateTimeField("commencé le")
    ended_at = models.DateTimeField("terminé le")
    read = models.PositiveBigIntegerField("lignes lues", default=0)
    created = models.PositiveBigIntegerField("créées", default=0)
    changed = models.PositiveBigIntegerField("modifiées", default=0)
    unchanged = models.PositiveBigIntegerField("inchangées", default=0)
    refused = models.PositiveBigIntegerField("refusées", default=0)
    removed = models.PositiveBigIntegerField("retirées", default=0)
    left_out = models.PositiveBigIntegerField("hors des comptes de clients", default=0)
    waiting = models.PositiveBigIntegerField("en attente d’un client", default=0)
    refusals = models.JSONField("refus", default=list, blank=True)
    tolerances = models.JSONField("tolérances", default=list, blank=True)
    notes = models.JSONField("remarques", default=list, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "import"
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"import du {self.started_at:%d/%m/%Y}"


class FecAccountQuerySet(AgencyOwnedQuerySet["FecAccount"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Only the staff see which account is whose."""
        return self.filter(agency_id=viewer.agency_id) if viewer.is_staff else self.none()

    def with_people(self) -> Self:
        return self.select_related("client", "proposed_client", "building", "book__building")


class FecAccount(AgencyOwned):
    """An account of the books, by its number and auxiliary, and whose it is: decided once, kept for every FEC.

    `likeness` (0 to 100) says how much its label resembles `proposed_client`; `is_sure` that the number holds the
    identifiant too. `confirmed_at` tells which exercises came before the decision, whose lines were not kept.
    """

    class Decision(models.TextChoices):
        WAITING = "waiting", "à rattacher"
        CONFIRMED = "confirmed", "rattaché"
        IGNORED = "ignored", "ignoré"

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="fec_accounts", verbose_name="livres")
    number = models.CharField("compte", max_length=60)
    auxiliary = models.CharField("compte auxiliaire", max_length=60, blank=True)
    label = models.CharField("libellé", max_length=160, blank=True)
    decision = models.CharField("décision", max_length=10, choices=Decision)
    proposed_client = models.ForeignKey(
        Client, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="client proposé"
    )
    likeness = models.PositiveSmallIntegerField("ressemblance", default=0)
    is_sure = models.BooleanField("proposition sûre", default=False)
    client = models.ForeignKey(
        Client, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="client"
    )
    kind = models.CharField("nature", max_length=10, choices=Account.Kind, blank=True)
    building = models.ForeignKey(
        Building, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="immeuble"
    )
    confirmed_at = models.DateTimeField("rattaché le", null=True, blank=True)
    account = models.OneToOneField(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="compte du client"
    )

    objects = FecAccountQuerySet.as_manager()

    class Meta:
        verbose_name = "compte du FEC"
        ordering = ["number", "auxiliary", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["book", "number", "auxiliary"], name="fec_account_once_per_book"),
            models.CheckConstraint(
                condition=(Q(decision="confirmed", client__isnull=False, confirmed_at__isnull=False) & ~Q(kind=""))
                | (~Q(decision="confirmed") & Q(client=None, account=None, confirmed_at=None)),
                name="fec_account_confirmed_has_a_client",
                violation_error_message="Un compte rattaché a un client et une nature ; un autre n’en a pas.",
            ),
            models.CheckConstraint(
                condition=~Q(decision="confirmed", kind="co_owner", building=None),
                name="fec_account_of_a_co_owner_has_a_building",
                violation_error_message="Le compte d’un copropriétaire est celui d’un immeuble : donnez-le.",
            ),
            models.CheckConstraint(
                condition=Q(likeness__lte=100) & (Q(is_sure=False) | Q(proposed_client__isnull=False)),
                name="fec_account_proposal_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["agency", "decision", "number", "auxiliary"], name="fec_account_by_decision")]

    def __str__(self) -> str:
        return f"compte {self.full_number}"

    @property
    def full_number(self) -> str:
        """« 411000 C002 »."""
        return f"{self.number} {self.auxiliary}".strip()


class FecFault(models.Model):
    """Lines of that account were refused in that exercise: the account stays incomplete until it comes again."""

    fec_account = models.ForeignKey(FecAccount, on_delete=models.CASCADE, related_name="faults")
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="faults")

    class Meta:
        verbose_name = "compte fautif dans un exercice"
        constraints = [
            models.UniqueConstraint(fields=["fec_account", "exercise"], name="fec_fault_once_per_exercise"),
        ]

    def __str__(self) -> str:
        return f"{self.fec_account}, {self.exercise}"


class DataExportQuerySet(AgencyOwnedQuerySet["DataExport"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The login that asked, nobody else: not even who reads the same client."""
        return self.filter(user_id=viewer.user_id, agency_id=viewer.agency_id)

    def available(self) -> Self:
        """Ready, and its days are not over (by the database's clock)."""
        return self.filter(state=DataExport.State.READY, expires_at__gt=Now())


class DataExport(AgencyOwned):
    """« Télécharger mes données »: all that a login sees, as one archive, made by a job and kept a few days."""

    class State(models.TextChoices):
        WAITING = "waiting", "en préparation"
        READY = "ready", "prête"
        FAILED = "failed", "échouée"
        ERASED = "erased", "effacée"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="data_exports", verbose_name="accès")
    state = models.CharField("état", max_length=8, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField("demandée le")
    made_at = models.DateTimeField("faite le", null=True, blank=True)
    expires_at = models.DateTimeField("gardée jusqu’à", null=True, blank=True)
    size = models.PositiveBigIntegerField("taille en octets", default=0)

    objects = DataExportQuerySet.as_manager()

    class Meta:
        verbose_name = "copie de ses données"
        verbose_name_plural = "copies de ses données"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state="waiting"),
                name="data_export_one_waiting_per_login",
                violation_error_message="Une copie de vos données est déjà en préparation.",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(made_at__gte=F("asked_at"), expires_at__gt=F("made_at"), size__gt=0),
                name="data_export_ready_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="data_export_by_state")]

    def __str__(self) -> str:
        return f"copie des données de l’accès {self.user_id}"

    @property
    def storage_name(self) -> str:
        return f"copies/{self.public_id}.zip"
