"""The agency (tenant) and what every row that belongs to one has in common."""

from typing import Self, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from parvis.agencies.rules import read_closures, read_hours
from parvis.kit.identifiers import PUBLIC_ID_LENGTH, new_public_id
from parvis.kit.viewer import Viewer

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


def refuse_bad_hours(text: str) -> None:
    """The hours as the exchange format writes them, in words that say what is wrong."""
    try:
        read_hours(text)
    except ValueError as error:
        raise ValidationError(str(error)) from error


def refuse_bad_closures(text: str) -> None:
    try:
        read_closures(text)
    except ValueError as error:
        raise ValidationError(str(error)) from error


class AgencyQuerySet(models.QuerySet["Agency"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """A person knows their own agency."""
        return self.filter(pk=viewer.agency_id)

    def at_host(self, host: str) -> Self:
        """Agencies whose portal answers at that host; the one that lends its name to the entrance first."""
        return self.filter(host=host).order_by("-is_host_owner", "pk")


class Agency(models.Model):
    """Firm holding the professional card: syndic, rental manager or both. Several may share one host."""

    slug = models.SlugField("code", unique=True)
    name = models.CharField("nom", max_length=120)
    legal_name = models.CharField("raison sociale", max_length=160, blank=True)
    host = models.CharField("hôte du portail", max_length=120, help_text="Par exemple espace.exemple.fr", db_index=True)
    other_hosts = models.JSONField("autres hôtes du même portail", default=list, blank=True)
    is_host_owner = models.BooleanField("donne son nom à l’entrée", default=True)
    hue = models.PositiveSmallIntegerField(
        "teinte", default=222, validators=[MinValueValidator(0), MaxValueValidator(360)]
    )
    phone = models.CharField("téléphone", max_length=30)
    emergency_phone = models.CharField("téléphone d’urgence", max_length=30, blank=True)
    email = models.EmailField("courriel de l’agence")
    sender_email = models.EmailField("expéditeur des messages", help_text="Adresse « noreply »")
    opening_hours = models.CharField("horaires", max_length=200, help_text="« du lundi au vendredi, de 9 h à 12 h »")
    weekly_hours = models.CharField(
        "heures d’ouverture",
        max_length=300,
        blank=True,
        db_default="",
        validators=[refuse_bad_hours],
        help_text="« lundi-vendredi 09:00-12:00 14:00-18:00, samedi 09:00-12:00 »",
    )
    closures = models.CharField(
        "fermetures",
        max_length=300,
        blank=True,
        db_default="",
        validators=[refuse_bad_closures],
        help_text="« 2026-12-24, 2027-08-09/2027-08-20 », en plus des jours fériés",
    )
    street = models.CharField("voie", max_length=160)
    postal_code = models.CharField("code postal", max_length=10)
    city = models.CharField("commune", max_length=80)
    professional_card = models.CharField("carte professionnelle", max_length=200, blank=True)
    financial_guarantee = models.CharField("garantie financière", max_length=200, blank=True)
    mediator = models.CharField("médiateur", max_length=200, blank=True)
    allows_shared_email = models.BooleanField("un courriel peut servir à plusieurs clients", default=True)
    always_asks_key = models.BooleanField(
        "demande toujours la clé de la lettre", default=False, help_text="Sinon, seulement quand le site est attaqué."
    )
    data_as_of = models.DateField("situation des comptes au", null=True, blank=True)
    welcome = models.CharField("mot d’accueil", max_length=300, blank=True, db_default="")
    logo_digest = models.CharField("empreinte du logo", max_length=64, blank=True, db_default="")
    kept_here = models.JSONField(
        "réglages décidés ici", default=list, blank=True, db_default=[], help_text="Un import ne les change plus."
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "agence"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hue__gte=0, hue__lte=360),
                name="agency_hue_between_0_and_360",
                violation_error_message="La teinte est un nombre de 0 à 360.",
            ),
            models.UniqueConstraint(
                fields=["host"], condition=models.Q(is_host_owner=True), name="agency_one_owner_per_host"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def link(self, path: str, *, asked_host: str = "") -> str:
        """Return the absolute address of `path`, on a configured host: never on what a request pretends.

        `asked_host` only chooses among the hosts that the agency has configured, and that of the staff.
        """
        is_known = asked_host in self.other_hosts or (asked_host and asked_host == settings.STAFF_HOST)
        host = asked_host if is_known else self.host
        return f"{urlsplit(settings.PUBLIC_URL).scheme}://{host}{path}"


class AgencyOwnedQuerySet(models.QuerySet[M_co]):
    """Every agency-owned model has one, and says itself in `visible_to` which rows a viewer may see."""

    def of_agency(self, agency: Agency) -> Self:
        return self.filter(agency=agency)

    def visible_to(self, viewer: Viewer) -> Self:
        raise NotImplementedError(f"{type(self).__name__} ne dit pas ce que voit une personne.")


class AgencyOwned(models.Model):
    """Base of what belongs to one agency and may stand in a URL."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, verbose_name="agence")
    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False)

    class Meta:
        abstract = True


class AgencyLogoQuerySet(models.QuerySet["AgencyLogo"]):
    def visible_to(self, _viewer: Viewer) -> Self:
        """Everybody sees it, signed in or not."""
        return self


class AgencyLogo(models.Model):
    """The agency's logo, drawn again by us: a small JPEG without metadata. `digest` is its SHA-256."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="logo", verbose_name="agence")
    digest = models.CharField("empreinte", max_length=64)
    content = models.BinaryField("image")

    objects = AgencyLogoQuerySet.as_manager()

    class Meta:
        verbose_name = "logo"
        indexes = [models.Index(fields=["digest"], name="logo_by_digest")]

    def __str__(self) -> str:
        return f"logo {self.digest[:12]}"
