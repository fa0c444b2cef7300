"""What proves who a person is beside their password: passkeys, an application's codes, recovery codes."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.viewer import Viewer
from parvis.people.models.logins import User
from parvis.people.rules import RECOVERY_CODES


class PasskeyQuerySet(AgencyOwnedQuerySet["Passkey"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the login itself."""
        return self.filter(agency_id=viewer.agency_id, user_id=viewer.user_id)

    def at(self, rp_id: str) -> Self:
        """Those that a browser would offer at that host: a passkey serves only where it was made."""
        return self.filter(rp_id=rp_id)


class Passkey(AgencyOwned):
    """A key that a phone, a computer or a security key keeps, and opens by fingerprint, face or its own code."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys", verbose_name="accès")
    name = models.CharField("nom", max_length=60)
    rp_id = models.CharField("hôte", max_length=120, help_text="Sans port : espace.exemple.fr")
    credential_id = models.CharField("identifiant de la clé", max_length=1364, unique=True, help_text="En base64url")
    public_key = models.TextField("clé publique", help_text="COSE, en base64url")
    sign_count = models.PositiveBigIntegerField("nombre de signatures", default=0)
    transports = models.JSONField("moyens de transport", default=list, blank=True)
    is_backed_up = models.BooleanField("sauvegardée par son appareil", default=False)
    added_at = models.DateTimeField("ajoutée le")
    last_used_at = models.DateTimeField("utilisée le", null=True, blank=True)

    objects = PasskeyQuerySet.as_manager()

    class Meta:
        verbose_name = "clé d’accès"
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(rp_id="") & ~Q(public_key=""), name="passkey_has_name_host_and_key"
            ),
            models.CheckConstraint(
                condition=Q(last_used_at=None) | Q(last_used_at__gte=F("added_at")), name="passkey_used_once_added"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AuthenticatorQuerySet(AgencyOwnedQuerySet["Authenticator"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """That of the login itself."""
        return self.filter(agency_id=viewer.agency_id, user_id=viewer.user_id)


class Authenticator(AgencyOwned):
    """An application that shows a code of 6 digits, another every 30 seconds (RFC 6238). One for a login.

    `last_step` is the half-minute of the last code accepted: that code and those before it open nothing more.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="authenticator", verbose_name="accès")
    sealed_secret = models.CharField("secret scellé", max_length=400)
    last_step = models.PositiveBigIntegerField("demi-minute du dernier code")
    confirmed_at = models.DateTimeField("confirmée le")
    last_used_at = models.DateTimeField("utilisée le", null=True, blank=True)

    objects = AuthenticatorQuerySet.as_manager()

    class Meta:
        verbose_name = "application de codes"
        constraints = [
            models.CheckConstraint(condition=~Q(sealed_secret=""), name="authenticator_has_a_secret"),
        ]

    def __str__(self) -> str:
        return f"application de l’accès {self.user_id}"


class RecoveryCodeQuerySet(AgencyOwnedQuerySet["RecoveryCode"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the login itself; their signs were shown once, only hashes are left."""
        return self.filter(agency_id=viewer.agency_id, user_id=viewer.user_id)

    def left(self) -> Self:
        """Not used yet."""
        return self.filter(used_at=None)


class RecoveryCode(AgencyOwned):
    """One of the ten codes on paper that stand in for a lost telephone, each once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes", verbose_name="accès")
    number = models.PositiveSmallIntegerField("numéro")
    code_hash = models.CharField("empreinte", max_length=256)
    made_at = models.DateTimeField("tiré le")
    used_at = models.DateTimeField("utilisé le", null=True, blank=True)

    objects = RecoveryCodeQuerySet.as_manager()

    class Meta:
        verbose_name = "code de secours"
        ordering = ["user", "number"]
        constraints = [
            models.UniqueConstraint(fields=["user", "number"], name="recovery_code_number_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=RECOVERY_CODES), name="recovery_code_number_in_its_list"
            ),
            models.CheckConstraint(condition=~Q(code_hash=""), name="recovery_code_has_a_hash"),
        ]

    def __str__(self) -> str:
        return f"code {self.number} de l’accès {self.user_id}"
