"""A second person of the household: their own login, which reads a client's affairs, and nothing of what opens it."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.viewer import Viewer
from parvis.people.models.clients import Client, Grant
from parvis.people.models.logins import User
from parvis.people.models.safety import AccessFreeze
from parvis.people.models.unread import unread_notices

MOST_PERSONS = 5


class HouseholdAccessQuerySet(AgencyOwnedQuerySet["HouseholdAccess"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those that the person gave for a client of theirs, and those that they hold."""
        mine = Q(client__grants__user_id=viewer.user_id, client__grants__ended_at=None) | Q(user_id=viewer.user_id)
        return self.filter(Exists(HouseholdAccess.objects.filter(mine, pk=OuterRef("pk"))), agency_id=viewer.agency_id)

    def open(self) -> Self:
        """Neither revoked nor left."""
        return self.filter(ended_at=None)

    def lasting(self) -> Self:
        """Open, and whoever gave it still holds the client, in an access that is neither closed nor frozen.

        Read at each request: what stops the holder stops these persons, and nobody has to think of it.
        """
        held = Grant.objects.filter(
            client=OuterRef("client"), user=OuterRef("given_by"), ended_at=None, user__is_active=True
        )
        frozen = AccessFreeze.objects.open().filter(client=OuterRef("client"))
        return self.open().filter(Exists(held), ~Exists(frozen))

    def in_force(self) -> Self:
        """Lasting, and accepted."""
        return self.lasting().filter(user__isnull=False)

    def of_login(self, user_id: int) -> Self:
        """Those in force of a login, with all that says who looks: client, login, agency, staff row."""
        mine = self.in_force().filter(user_id=user_id)
        whole = mine.select_related("client", "user__agency", "user__staffmember")
        return whole.annotate(unread_notices=unread_notices()).order_by("pk")


class HouseholdAccess(AgencyOwned):
    """Given by the holder of a client's login to a person of their choice; never a grant, so that whoever looks for
    the login of a client finds its holder alone."""

    class Right(models.TextChoices):
        READ = "read", "Consulter"
        READ_AND_PAY = "read_and_pay", "Consulter et payer"

    class Ending(models.TextChoices):
        REVOKED = "revoked", "retiré par le titulaire"
        LEFT = "left", "quitté par la personne"
        REPLACED = "replaced", "invitation remplacée"
        HOLDER_GONE = "holder_gone", "le titulaire n’a plus cet accès"

    client = models.ForeignKey(
        Client, on_delete=models.PROTECT, related_name="household_accesses", verbose_name="client"
    )
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="donné par")
    place = models.PositiveSmallIntegerField("rang dans le foyer")
    name = models.CharField("nom de la personne", max_length=120)
    email = models.EmailField("courriel")
    right = models.CharField("droit", max_length=12, choices=Right, default=Right.READ)
    token_hash = models.CharField("empreinte du lien", max_length=64, unique=True)
    invited_at = models.DateTimeField("invitée le")
    expires_at = models.DateTimeField("invitation valable jusqu’à")
    user = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="household_accesses",
        verbose_name="accès de la personne",
    )
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    ended_at = models.DateTimeField("terminé le", null=True, blank=True)
    ending = models.CharField("fin", max_length=12, choices=Ending, blank=True)

    objects = HouseholdAccessQuerySet.as_manager()
    unread_notices: int  # annotated by `of_login`

    class Meta:
        verbose_name = "accès du foyer"
        verbose_name_plural = "accès du foyer"
        ordering = ["invited_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST_PERSONS), name="household_has_five_places"
            ),
            models.UniqueConstraint(
                fields=["client", "place"], condition=Q(ended_at=None), name="household_place_taken_once"
            ),
            models.UniqueConstraint(
                fields=["client", "email"], condition=Q(ended_at=None), name="household_person_once_per_client"
            ),
            models.CheckConstraint(
                condition=Q(user=None, accepted_at=None)
                | Q(user__isnull=False, accepted_at__gte=F("invited_at")) & ~Q(user=F("given_by")),
                name="household_acceptance_has_its_login",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | (Q(ended_at__gte=F("invited_at")) & ~Q(ending="")),
                name="household_end_has_its_reason",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("invited_at")), name="household_link_lives_a_while"),
        ]
        indexes = [models.Index(fields=["user"], condition=Q(ended_at=None), name="household_by_login")]

    def __str__(self) -> str:
        return f"accès de {self.name} au client {self.client_id}"
