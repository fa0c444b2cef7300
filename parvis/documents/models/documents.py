"""A document: a file, what it is, and who may read it."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, TruncDate

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.documents.models.files import StoredFile
from parvis.documents.models.kinds import KINDS_OF, Audience, Category, Kind
from parvis.kit.days import PARIS
from parvis.kit.viewer import Viewer
from parvis.people.models import Client
from parvis.property.models import Building, CouncilSeat, Holding, Lot, Ownership, Tenancy, still_readable

# The day in Paris by the database's clock.
TODAY = TruncDate(Now(), tzinfo=PARIS)


def in_force(prefix: str = "") -> Q:
    """What has begun and has not ended today (the last day counts)."""
    begun, endless, not_ended = f"{prefix}starts_on__lte", f"{prefix}ends_on", f"{prefix}ends_on__gte"
    return Q(**{begun: TODAY}) & (Q(**{endless: None}) | Q(**{not_ended: TODAY}))


def owns_or_lets_today(prefix: str) -> Q:
    """A holding in force, of an owner or of a landlord."""
    return in_force(prefix) & Q(**{f"{prefix}right__in": (Holding.Right.OWNERSHIP, Holding.Right.MANDATE)})


def of_their_time() -> Q:
    """A holding of the lot, whatever its right, that ran on the day of the paper."""
    begun = Q(lot__holdings__starts_on__lte=F("dated_on")) & Q(lot__holdings__starts_on__lte=TODAY)
    return begun & (Q(lot__holdings__ends_on=None) | Q(lot__holdings__ends_on__gte=F("dated_on")))


class DocumentQuerySet(AgencyOwnedQuerySet["Document"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """What is published to one of the viewer's clients, and has not been withdrawn.

        Whoever has left a lot keeps their own papers, and the lot's papers of their time; nothing of the building.
        A tenant too reads those of their time alone.
        """
        if not viewer.client_ids:
            return self.none()
        parts = [
            self._to_client(viewer),
            self._to_account(viewer),
            self._to_lot(viewer),
            self._to_building(Audience.OWNERS, owned_today(viewer)),
            self._to_building(Audience.TENANTS, rented_today(viewer)),
            self._to_building(Audience.COUNCIL, seats_today(viewer)),
            self._documents(Audience.EVERYONE).filter(agency_id=viewer.agency_id),
        ]
        first, *others = (part.values("pk") for part in parts)
        found = first.union(*others, all=True)
        in_time = still_readable("building__") & still_readable("lot__building__")
        return self.published().filter(in_time, pk__in=found, agency_id=viewer.agency_id)

    def published(self) -> Self:
        """Put online already, and not withdrawn, by the database's clock."""
        return self.filter(published_at__lte=Now(), withdrawn_at=None)

    def of_category(self, category: Category) -> Self:
        return self.filter(kind__in=KINDS_OF[category])

    def newest_first(self) -> Self:
        return self.order_by("-dated_on", "-pk")

    def with_files(self) -> Self:
        return self.select_related("file")

    def _documents(self, audience: Audience) -> "DocumentQuerySet":
        return Document.objects.filter(audience=audience).order_by()

    def _to_client(self, viewer: Viewer) -> "DocumentQuerySet":
        return self._documents(Audience.CLIENT).filter(client_id__in=viewer.client_ids)

    def _to_account(self, viewer: Viewer) -> "DocumentQuerySet":
        return self._documents(Audience.ACCOUNT).filter(client_id__in=viewer.account_client_ids)

    def _to_lot(self, viewer: Viewer) -> "DocumentQuerySet":
        """To who owns or lets the lot today, whatever its day; to tenants and former holders, if it is of their time.

        What tells of a former tenant is not for the next one; the file of a lot passes from owner to owner.
        """
        mine = Q(lot__holdings__client_id__in=viewer.client_ids)
        return self._documents(Audience.LOT).filter(mine, owns_or_lets_today("lot__holdings__") | of_their_time())

    def _to_building(self, audience: Audience, buildings: "models.QuerySet[Any, Any]") -> "DocumentQuerySet":
        return self._documents(audience).filter(building_id__in=buildings)


def owned_today(viewer: Viewer) -> "models.QuerySet[Any, Any]":
    owned = Ownership.objects.visible_to(viewer).filter(in_force()).order_by()
    return owned.values("lot__building_id")


def rented_today(viewer: Viewer) -> "models.QuerySet[Any, Any]":
    rented = Tenancy.objects.visible_to(viewer).filter(in_force(), in_force("lease__")).order_by()
    return rented.values("lease__lot__building_id")


def seats_today(viewer: Viewer) -> "models.QuerySet[Any, Any]":
    return CouncilSeat.objects.visible_to(viewer).filter(in_force()).order_by().values("building_id")


def audience_needs(audience: tuple[Audience, ...], **columns: bool) -> Q:
    """Those columns are filled (True) or empty (False) for such an audience."""
    return Q(audience__in=audience, **{f"{column}__isnull": not filled for column, filled in columns.items()})


class Document(AgencyOwned):
    """A paper of the agency put online. Never deleted: withdrawn, then gone for every reader.

    `client`, `lot` and `building` say to whom, as `audience` wants them; a client's paper may also name the lot or
    the building that it is about. `covers_from`/`covers_until`: the period that it tells of.
    """

    Kind = Kind
    Audience = Audience

    reference = models.CharField("référence", max_length=60)
    kind = models.CharField("nature", max_length=30, choices=Kind)
    title = models.CharField("titre", max_length=200)
    dated_on = models.DateField("date")
    valid_until = models.DateField("valable jusqu’au", null=True, blank=True)
    covers_from = models.DateField("période, du", null=True, blank=True)
    covers_until = models.DateField("période, au", null=True, blank=True)
    audience = models.CharField("pour", max_length=8, choices=Audience)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    building = models.ForeignKey(Building, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="documents", verbose_name="fichier")
    heading_words = models.TextField("mots du titre", blank=True)
    published_at = models.DateTimeField("publié le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document"
        ordering = ["-dated_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "reference"],
                name="document_reference_once_per_agency",
                violation_error_message="Un autre document porte déjà cette référence.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values),
                name="document_kind_is_known",
                violation_error_message="Cette nature de document n’existe pas.",
            ),
            models.CheckConstraint(
                condition=audience_needs((Audience.CLIENT, Audience.ACCOUNT), client=True)
                | audience_needs((Audience.LOT,), client=False, lot=True)
                | audience_needs((Audience.OWNERS, Audience.TENANTS, Audience.COUNCIL), client=False, building=True)
                | audience_needs((Audience.EVERYONE,), client=False, lot=False, building=False),
                name="document_says_to_whom",
                violation_error_message="Le document ne dit pas à qui il s’adresse : client, lot ou immeuble.",
            ),
            models.CheckConstraint(
                condition=Q(covers_until=None) | Q(covers_from=None) | Q(covers_until__gte=F("covers_from")),
                name="document_period_ends_after_it_begins",
                violation_error_message="La fin de la période précède son début.",
            ),
        ]
        indexes = [
            models.Index(fields=["building", "audience", "dated_on"], name="document_of_building"),
            models.Index(fields=["lot", "audience", "dated_on"], name="document_of_lot"),
            models.Index(fields=["client", "audience", "dated_on"], name="document_of_client"),
            models.Index(fields=["agency", "dated_on"], condition=Q(audience="everyone"), name="document_of_everyone"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def category(self) -> Category:
        return Kind(self.kind).category
