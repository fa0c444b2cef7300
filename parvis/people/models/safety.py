"""What protects a login from whoever took it: a freeze, a hold, an address that changes slowly, a notice on paper."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.viewer import Viewer
from parvis.people.models.clients import Client
from parvis.people.models.logins import User


class SensitiveAction(models.TextChoices):
    """What waits while a login is on hold: the one list of it. The label is the subject of the refusal."""

    PAYOUT = "payout", "le changement de vos coordonnées bancaires"
    MANDATE = "mandate", "la signature d’un mandat de prélèvement"
    VOTE = "vote", "le vote"
    PROXY = "proxy", "le pouvoir donné à une autre personne"
    BANK_DETAILS = "bank_details", "le téléchargement de coordonnées bancaires"
    ADDRESS = "address", "le changement de courriel"
    POSTAL_ADDRESS = "postal_address", "le changement d’adresse postale"
    HOUSEHOLD = "household", "l’invitation d’une autre personne"
    OWN_DATA = "own_data", "la copie de toutes vos données"


class AccessFreezeQuerySet(AgencyOwnedQuerySet["AccessFreeze"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The staff's business: whoever is frozen is not inside."""
        return self.filter(agency_id=viewer.agency_id) if viewer.is_staff else self.none()

    def open(self) -> Self:
        """Those on which the agency has not decided."""
        return self.filter(lifted_at=None)


class AccessFreeze(AgencyOwned):
    """« Ce n’est pas moi »: nothing opens for that client until the agency has decided.

    `client` is empty for a member of the staff, `user` when the client had no login, or no longer has one.
    """

    class Trigger(models.TextChoices):
        OTHER_ADDRESS = "other_address", "la confirmation d’une autre adresse"
        ACCESS_OPENED = "access_opened", "l’ouverture de l’accès"
        PASSWORD_CHANGED = "password_changed", "un changement de mot de passe"
        SIGN_IN_CODE = "sign_in_code", "une demande de code de connexion"
        FACTOR_CHANGED = "factor_changed", "l’ajout ou le retrait d’un moyen de connexion"
        ADDRESS_CHANGED = "address_changed", "un changement de courriel"
        ATTACHED = "attached", "un rattachement à un autre accès"
        PROFILE_CHANGED = "profile_changed", "un changement de coordonnées"
        HOUSEHOLD = "household", "l’invitation d’une personne du foyer"

    class Outcome(models.TextChoices):
        REOPENED = "reopened", "accès rouvert"
        CLOSED = "closed", "accès fermé"

    client = models.ForeignKey(
        Client, on_delete=models.PROTECT, null=True, blank=True, related_name="freezes", verbose_name="client"
    )
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="freezes", verbose_name="accès"
    )
    trigger = models.CharField("message d’où vient l’alerte", max_length=20, choices=Trigger)
    frozen_at = models.DateTimeField("gelé le")
    lifted_at = models.DateTimeField("levé le", null=True, blank=True)
    lifted_by = models.CharField("levé par", max_length=60, blank=True, help_text="« user:7fq29kxm… » ou « system »")
    outcome = models.CharField("décision", max_length=10, choices=Outcome, blank=True)

    objects = AccessFreezeQuerySet.as_manager()

    class Meta:
        verbose_name = "accès gelé"
        ordering = ["-frozen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["client"], condition=Q(lifted_at=None), name="freeze_one_open_per_client"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(lifted_at=None, client=None), name="freeze_one_open_per_login_alone"
            ),
            models.CheckConstraint(
                condition=Q(client__isnull=False) | Q(user__isnull=False), name="freeze_is_of_somebody"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by="", outcome="")
                | (Q(lifted_at__gte=F("frozen_at")) & ~Q(lifted_by="") & ~Q(outcome="")),
                name="freeze_end_has_its_author",
            ),
        ]

    def __str__(self) -> str:
        return f"gel du client {self.client_id}"

    @property
    def holder_name(self) -> str:
        """Whose access it is. Ask it of a freeze loaded with its `client`."""
        if self.client:
            return self.client.full_name
        access = self.user.household_accesses.order_by("-pk").first() if self.user else None
        return access.name if access else "un collaborateur de l’agence"


class AddressChangeQuerySet(AgencyOwnedQuerySet["AddressChange"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the login itself."""
        return self.filter(agency_id=viewer.agency_id, user_id=viewer.user_id)

    def pending(self) -> Self:
        """Asked for, and not confirmed yet."""
        return self.filter(confirmed_at=None, ended_at=None)


class AddressChange(AgencyOwned):
    """Another confirmed courriel for a login: the new one serves once confirmed, the former one may cancel 7 days."""

    class Ending(models.TextChoices):
        CANCELLED = "cancelled", "annulé par l’ancienne adresse"
        REPLACED = "replaced", "remplacé par une autre demande"
        WITHDRAWN = "withdrawn", "retiré par son auteur"
        FROZEN = "frozen", "accès gelé"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="address_changes", verbose_name="accès")
    former_email = models.EmailField("ancien courriel", blank=True)
    former_confirmed_at = models.DateTimeField("ancien courriel confirmé le", null=True, blank=True)
    new_email = models.EmailField("nouveau courriel")
    asked_at = models.DateTimeField("demandé le")
    confirmed_at = models.DateTimeField("confirmé le", null=True, blank=True)
    ended_at = models.DateTimeField("abandonné le", null=True, blank=True)
    ending = models.CharField("motif de fin", max_length=10, choices=Ending, blank=True)

    objects = AddressChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "changement de courriel"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(confirmed_at=None, ended_at=None),
                name="address_change_one_pending_per_login",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="address_change_end_has_its_reason",
            ),
            models.CheckConstraint(condition=~Q(new_email=F("former_email")), name="address_change_changes"),
        ]

    def __str__(self) -> str:
        return f"changement de courriel de l’accès {self.user_id}"


class PaperNoticeQuerySet(AgencyOwnedQuerySet["PaperNotice"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The staff print and post them."""
        return self.filter(agency_id=viewer.agency_id) if viewer.is_staff else self.none()

    def waiting(self) -> Self:
        """Not printed yet."""
        return self.filter(printed_at=None)


class PaperNotice(AgencyOwned):
    """What must be told by post, since the agency knows no courriel of the client but the one just given."""

    class Subject(models.TextChoices):
        ACCESS_OPENED = "access_opened", "l’accès vient d’être ouvert"
        ATTACHED = "attached", "l’identifiant vient d’être rattaché à un autre accès"

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="notices", verbose_name="client")
    subject = models.CharField("objet", max_length=20, choices=Subject)
    masked_email = models.CharField("adresse masquée", max_length=254)
    happened_at = models.DateTimeField("arrivé le")
    printed_at = models.DateTimeField("imprimé le", null=True, blank=True)
    printed_by = models.CharField("imprimé par", max_length=60, blank=True)

    objects = PaperNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "avis à poster"
        ordering = ["happened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(printed_at=None, printed_by="") | (Q(printed_at__isnull=False) & ~Q(printed_by="")),
                name="notice_print_has_its_author",
            ),
        ]

    def __str__(self) -> str:
        return f"avis au client {self.client_id}"
