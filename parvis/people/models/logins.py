"""The login of a person, and the agency's staff."""

import datetime as dt
from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from parvis.agencies.models import Agency, AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.days import paris_day
from parvis.kit.identifiers import PUBLIC_ID_LENGTH, new_public_id
from parvis.kit.viewer import Viewer

if TYPE_CHECKING:
    from parvis.people.models.clients import Grant
    from parvis.people.models.household import HouseholdAccess


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """A login sees itself."""
        return self.filter(pk=viewer.user_id, agency_id=viewer.agency_id)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Django's authentication asks for a manager of this kind."""


class User(AbstractBaseUser):
    """One way in. What it may see comes from its grants (clients) or its staff row, never from here."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, verbose_name="agence")
    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False)
    email = models.EmailField("courriel confirmé", blank=True)
    email_confirmed_at = models.DateTimeField("courriel confirmé le", null=True, blank=True)
    password_changed_at = models.DateTimeField("mot de passe choisi le", null=True, blank=True)
    is_active = models.BooleanField("accès ouvert", default=True)
    sensitive_from = models.DateTimeField(
        "gestes sensibles possibles à partir de", null=True, blank=True, help_text="Vide : sans attente."
    )
    created_at = models.DateTimeField("créé le", auto_now_add=True)

    objects = UserManager()
    open_grants: "list[Grant]"  # these two set by `LoginBackend`
    household: "list[HouseholdAccess]"
    USERNAME_FIELD = "public_id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "accès"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email="", email_confirmed_at=None)
                | (~models.Q(email="") & models.Q(email_confirmed_at__isnull=False)),
                name="user_email_held_only_once_confirmed",
            ),
        ]
        indexes = [models.Index(fields=["agency", "email"], name="user_by_email")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_staff(self) -> bool:
        """Whether the person works at the agency today. Ask it of a login loaded with its `staffmember`."""
        return hasattr(self, "staffmember") and self.staffmember.is_in_post(paris_day(timezone.now()))


class StaffMemberQuerySet(AgencyOwnedQuerySet["StaffMember"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody of the agency may know who works there."""
        return self.filter(agency_id=viewer.agency_id, left_on=None)


class StaffMember(AgencyOwned):
    """Employee of the agency. The login is optional: contacts appear before staff sign in.

    `role` is what the books say of them. What they may open is `desk_role`, within `scope`: those are given here, by
    an administrator, and no import changes them.
    """

    class Role(models.TextChoices):
        MANAGER = "manager", "Responsable d’immeuble"
        RENTAL_MANAGER = "rental_manager", "Gestionnaire locatif"
        ACCOUNTANT = "accountant", "Comptable"
        ASSISTANT = "assistant", "Assistant"
        ADMINISTRATOR = "administrator", "Administrateur"
        CARETAKER = "caretaker", "Gardien"

    class Civility(models.TextChoices):
        MADAM = "madam", "Madame"
        SIR = "sir", "Monsieur"
        NONE = "", "non connue"

    class Scope(models.TextChoices):
        AGENCY = "agency", "Toute l’agence"
        BUILDINGS = "buildings", "Ses immeubles"

    reference = models.CharField("référence", max_length=40)
    user = models.OneToOneField(User, on_delete=models.PROTECT, null=True, blank=True, verbose_name="accès")
    civility = models.CharField("civilité", max_length=5, choices=Civility, blank=True, db_default="")
    first_name = models.CharField("prénom", max_length=80, blank=True)
    last_name = models.CharField("nom", max_length=80)
    role = models.CharField("rôle", max_length=20, choices=Role)
    desk_role = models.CharField("rôle dans la gestion", max_length=20, choices=Role, blank=True, db_default="")
    scope = models.CharField("périmètre", max_length=9, choices=Scope, default=Scope.AGENCY, db_default=Scope.AGENCY)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    email = models.EmailField("courriel", blank=True)
    left_on = models.DateField("parti le", null=True, blank=True)

    objects = StaffMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "collaborateur"
        ordering = ["last_name", "first_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "reference"], name="staff_reference_once_per_agency"),
            models.CheckConstraint(
                condition=models.Q(user=None) | ~models.Q(desk_role=""), name="staff_login_has_a_desk_role"
            ),
            models.CheckConstraint(
                condition=~models.Q(desk_role="caretaker") | models.Q(scope="buildings"),
                name="staff_caretaker_sees_buildings_alone",
                violation_error_message="Un gardien ne voit que ses immeubles.",
            ),
            models.CheckConstraint(
                condition=~models.Q(desk_role="administrator") | models.Q(scope="agency"),
                name="staff_administrator_sees_the_agency",
                violation_error_message="Un administrateur voit toute l’agence.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def is_in_post(self, day: dt.date) -> bool:
        """Whether the person works at the agency that day; no longer on the day they left."""
        return self.left_on is None or self.left_on > day
