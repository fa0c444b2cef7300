"""The rows of the entrance: letters, former passwords, first connections, links, social accounts."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.viewer import Viewer
from parvis.people.models.campaigns import LetterBatch
from parvis.people.models.clients import Client
from parvis.people.models.logins import User

WRONG_TRIES_ALLOWED = 5


class LetterQuerySet(AgencyOwnedQuerySet["Letter"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Nobody reads a letter on screen: the paper is the only copy of its secrets."""
        return self.none()

    def usable(self) -> Self:
        """Not ended, and its 30 days not over (by the database's clock)."""
        return self.filter(ended_at=None, expires_at__gt=Now())

    def usable_by_code(self) -> Self:
        """Those whose code, typed, was not spent by wrong tries."""
        return self.usable().filter(wrong_tries__lt=WRONG_TRIES_ALLOWED)

    def usable_by_link(self) -> Self:
        """Those whose short link still leads somewhere, whatever was typed by others."""
        return self.usable().filter(link_wrong_tries__lt=WRONG_TRIES_ALLOWED)


class Letter(AgencyOwned):
    """A paper with an identifiant, a 6-digit provisional password, a 4-sign key and a short link.

    Only hashes are kept. The code opens the first connection and nothing else; it dies after 5 wrong
    tries, 30 days, the client's own password, or another letter. Whoever comes by the link has 5 tries of
    their own: nobody who only knows the identifiant can spoil a letter.
    """

    class Ending(models.TextChoices):
        TRIES = "tries", "essais épuisés"
        EXPIRED = "expired", "délai passé"
        ACTIVATED = "activated", "mot de passe choisi"
        REISSUED = "reissued", "remplacée par une autre lettre"
        CANCELLED = "cancelled", "annulée par l’agence"
        RETURNED = "returned", "revenue à l’envoyeur"

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="letters", verbose_name="client")
    code_hash = models.CharField("empreinte du code", max_length=256)
    key_hash = models.CharField("empreinte de la clé", max_length=64)
    token_hash = models.CharField("empreinte du lien court", max_length=64, unique=True)
    issued_at = models.DateTimeField("tirée le")
    expires_at = models.DateTimeField("valable jusqu’au")
    wrong_tries = models.PositiveSmallIntegerField("essais faux", default=0)
    link_wrong_tries = models.PositiveSmallIntegerField("essais faux par le lien court", default=0)
    uses = models.PositiveIntegerField("utilisations", default=0)
    ended_at = models.DateTimeField("close le", null=True, blank=True)
    ending = models.CharField("motif de fin", max_length=12, choices=Ending, blank=True)
    batch = models.ForeignKey(
        LetterBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="letters", verbose_name="lot"
    )
    address_digest = models.CharField("empreinte de l’adresse postale", max_length=64, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "lettre"
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["client"], condition=Q(ended_at=None), name="letter_one_live_per_client"),
            models.CheckConstraint(condition=Q(wrong_tries__lte=WRONG_TRIES_ALLOWED), name="letter_tries_are_bounded"),
            models.CheckConstraint(
                condition=Q(link_wrong_tries__lte=WRONG_TRIES_ALLOWED), name="letter_link_tries_are_bounded"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="letter_end_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"lettre du client {self.client_id}"


class FormerPassword(models.Model):
    """The own password of the former portal: its old hash, itself hashed with Argon2id (never alone)."""

    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="former_password")
    scheme = models.CharField("procédé de l’ancien portail", max_length=300, help_text="algorithme, sel, coût")
    wrapped = models.CharField("empreinte Argon2id de l’ancienne empreinte", max_length=256)

    class Meta:
        verbose_name = "mot de passe de l’ancien portail"

    def __str__(self) -> str:
        return f"ancien mot de passe du client {self.client_id}"


class ActivationQuerySet(AgencyOwnedQuerySet["Activation"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The entrance finds a first connection by its browser or its link, never by a viewer."""
        return self.none()

    def live(self) -> Self:
        """Neither finished nor replaced; of one client there is one at most."""
        return self.filter(state__in=Activation.LIVE)

    def current(self) -> Self:
        """Live, and its time is not over (by the database's clock)."""
        return self.live().filter(expires_at__gt=Now())


class Activation(AgencyOwned):
    """One start of « Première Connexion »: its state, its address, the browser it is bound to.

    Each new start of a client supersedes the one before, with its links and its pending social account.
    """

    class State(models.TextChoices):
        STARTED = "started", "secret reconnu, courriel à donner"
        ADDRESS_GIVEN = "address_given", "message envoyé"
        CONFIRMED = "confirmed", "courriel confirmé, mot de passe à choisir"
        FINISHED = "finished", "terminée"
        SUPERSEDED = "superseded", "remplacée par une autre"
        EXPIRED = "expired", "délai passé"

    LIVE = ("started", "address_given", "confirmed")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="activations", verbose_name="client")
    state = models.CharField("état", max_length=16, choices=State, default=State.STARTED)
    is_provisional = models.BooleanField("entrée par le mot de passe provisoire")
    own_password_hash = models.CharField("mot de passe déjà choisi", max_length=256, blank=True)
    browser_hash = models.CharField("empreinte du navigateur", max_length=64)
    email = models.EmailField("courriel donné", blank=True)
    social_provider = models.CharField("réseau social", max_length=20, blank=True)
    social_issuer = models.CharField("émetteur", max_length=200, blank=True)
    social_subject = models.CharField("sujet", max_length=255, blank=True)
    started_at = models.DateTimeField("commencée le")
    expires_at = models.DateTimeField("valable jusqu’à")
    messages_sent = models.PositiveSmallIntegerField("messages envoyés", default=0)
    last_message_at = models.DateTimeField("dernier message", null=True, blank=True)
    confirmed_at = models.DateTimeField("courriel confirmé le", null=True, blank=True)
    ended_at = models.DateTimeField("close le", null=True, blank=True)

    objects = ActivationQuerySet.as_manager()

    class Meta:
        verbose_name = "première connexion"
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(state__in=("started", "address_given", "confirmed")),
                name="activation_one_live_per_client",
            ),
            models.CheckConstraint(
                condition=~Q(state="address_given", email="") & ~Q(state="confirmed", email=""),
                name="activation_waits_for_an_address",
            ),
            models.CheckConstraint(
                condition=Q(is_provisional=True) | ~Q(own_password_hash="") | Q(ended_at__isnull=False),
                name="activation_keeps_the_own_password",
            ),
        ]

    def __str__(self) -> str:
        return f"première connexion du client {self.client_id}"


class SocialAccountQuerySet(AgencyOwnedQuerySet["SocialAccount"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the login itself."""
        return self.filter(agency_id=viewer.agency_id, user_id=viewer.user_id)


class SocialAccount(AgencyOwned):
    """An account at Google, LinkedIn, Facebook or X: known by issuer and subject, never by its e-mail."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="social_accounts", verbose_name="accès")
    provider = models.CharField("réseau", max_length=20)
    issuer = models.CharField("émetteur", max_length=200)
    subject = models.CharField("sujet", max_length=255)
    linked_at = models.DateTimeField("associé le")

    objects = SocialAccountQuerySet.as_manager()

    class Meta:
        verbose_name = "compte associé"
        ordering = ["provider", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "issuer", "subject"], name="social_account_of_one_login"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} de l’accès {self.user_id}"


class ForgottenPassword(models.Model):
    """A request « Mot de passe oublié » as typed; a job looks the client up, so that the page tells nothing."""

    host = models.CharField("hôte", max_length=120)
    typed_key = models.CharField("identifiant tapé", max_length=254)
    requested_at = models.DateTimeField("demandé le")
    handled_at = models.DateTimeField("traité le", null=True, blank=True)

    class Meta:
        verbose_name = "mot de passe oublié"
        indexes = [models.Index(fields=["handled_at", "requested_at"], name="forgotten_to_handle")]

    def __str__(self) -> str:
        return f"demande {self.pk}"
