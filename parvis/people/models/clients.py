"""The party that the agency knows, and the grant that joins it to a login."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.viewer import Viewer
from parvis.people.models.logins import User
from parvis.people.models.unread import unread_notices


class ClientQuerySet(AgencyOwnedQuerySet["Client"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The viewer's own, and those they represent."""
        return self.filter(pk__in=viewer.client_ids, agency_id=viewer.agency_id)


class Client(AgencyOwned):
    """Co-owner, landlord, tenant, applicant… or several at once: one customer reference, one row."""

    class Civility(models.TextChoices):
        MADAM = "madam", "Madame"
        SIR = "sir", "Monsieur"
        MADAM_AND_SIR = "madam_and_sir", "Madame et Monsieur"
        NONE = "", "non connue"

    class Kind(models.TextChoices):
        PERSON = "person", "personne"
        COUPLE = "couple", "couple"
        COMPANY = "company", "société"
        JOINT = "joint", "indivision"

    customer_reference = models.CharField("identifiant", max_length=40)
    reference_key = models.CharField("identifiant normalisé", max_length=40)
    kind = models.CharField("nature", max_length=10, choices=Kind, default=Kind.PERSON)
    civility = models.CharField("civilité", max_length=20, choices=Civility, blank=True)
    first_name = models.CharField("prénom", max_length=80, blank=True)
    last_name = models.CharField("nom", max_length=120, blank=True)
    company_name = models.CharField("raison sociale", max_length=160, blank=True)
    address_extra = models.CharField("complément d’adresse", max_length=160, blank=True)
    street = models.CharField("voie", max_length=160, blank=True)
    postal_code = models.CharField("code postal", max_length=12, blank=True)
    city = models.CharField("commune", max_length=80, blank=True)
    country = models.CharField("pays", max_length=60, blank=True)
    mobile_phone = models.CharField("mobile", max_length=30, blank=True)
    landline_phone = models.CharField("fixe", max_length=30, blank=True)
    known_email = models.EmailField("courriel connu de l’agence", blank=True)
    closed_on = models.DateField("dossier clos le", null=True, blank=True)

    objects = ClientQuerySet.as_manager()

    class Meta:
        verbose_name = "client"
        ordering = ["last_name", "company_name", "first_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "reference_key"],
                name="client_reference_once_per_agency",
                violation_error_message="Cet identifiant est déjà celui d’un autre client.",
            ),
            models.CheckConstraint(
                condition=~Q(last_name="", company_name=""),
                name="client_has_a_name",
                violation_error_message="Le nom ou la raison sociale du client manque.",
            ),
        ]
        indexes = [models.Index(fields=["reference_key"], name="client_by_reference_key")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """« Camille Fontaine », or the name of the company."""
        return self.company_name or f"{self.first_name} {self.last_name}".strip()

    @property
    def salutation(self) -> str:
        """How a message or the Accueil names the client: « Madame Fontaine », « Camille Fontaine », a company."""
        if self.company_name or not self.civility:
            return self.full_name
        return f"{self.get_civility_display()} {self.last_name}"


class GrantQuerySet(models.QuerySet["Grant"]):
    def of_login(self, user_id: int) -> Self:
        """The open grants of a login, with all that says who looks: client, login, agency, staff row."""
        represents = Representation.objects.filter(representative_id=OuterRef("client_id"))
        of_household = User.objects.filter(
            pk=OuterRef("user_id"), household_accesses__accepted_at__isnull=False, household_accesses__ended_at=None
        )
        return (
            self.filter(user_id=user_id, ended_at=None)
            .select_related("client", "user__agency", "user__staffmember")
            .annotate(
                represents_others=Exists(represents),
                is_of_household=Exists(of_household),
                unread_notices=unread_notices(),
            )
            .order_by("pk")
        )


class Grant(models.Model):
    """A login acts for a client. Nothing more: rights follow from what the client holds."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants", verbose_name="accès")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="grants", verbose_name="client")
    started_at = models.DateTimeField("depuis", auto_now_add=True)
    ended_at = models.DateTimeField("jusqu’à", null=True, blank=True)

    objects = GrantQuerySet.as_manager()
    represents_others: bool  # these three annotated by `of_login`
    is_of_household: bool
    unread_notices: int

    class Meta:
        verbose_name = "rattachement"
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(ended_at=None), name="grant_one_open_login_per_client"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="grant_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"accès {self.user_id} pour le client {self.client_id}"


class RepresentationQuerySet(AgencyOwnedQuerySet["Representation"]):
    def visible_to(self, viewer: Viewer) -> Self:
        mine = Q(client_id__in=viewer.client_ids) | Q(representative_id__in=viewer.client_ids)
        return self.filter(mine, agency_id=viewer.agency_id)

    def in_force(self, day: dt.date) -> Self:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Representation(AgencyOwned):
    """Guardian, notary, accountant… who acts for a client, and what they may see and do."""

    class Role(models.TextChoices):
        GUARDIAN = "guardian", "Tuteur ou curateur"
        NOTARY = "notary", "Notaire"
        ACCOUNTANT = "accountant", "Expert-comptable"
        JOINT_REPRESENTATIVE = "joint_representative", "Mandataire commun"
        PROXY = "proxy", "Mandataire"

    client = models.ForeignKey(
        Client, on_delete=models.PROTECT, related_name="representations", verbose_name="client représenté"
    )
    representative = models.ForeignKey(
        Client, on_delete=models.PROTECT, related_name="mandates_held", verbose_name="représentant"
    )
    role = models.CharField("qualité", max_length=24, choices=Role)
    may_read_accounts = models.BooleanField("voit les comptes", default=True)
    may_pay = models.BooleanField("peut payer", default=False)
    may_report = models.BooleanField("peut déclarer", default=False)
    starts_on = models.DateField("depuis")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)

    objects = RepresentationQuerySet.as_manager()

    class Meta:
        verbose_name = "représentation"
        constraints = [
            models.UniqueConstraint(
                fields=["client", "representative", "role", "starts_on"], name="representation_once"
            ),
            models.CheckConstraint(condition=~Q(client=F("representative")), name="representation_by_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} du client {self.client_id}"
