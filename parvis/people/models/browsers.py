"""How a person proved who they are, and where: known browsers, the second step under way, open sessions."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from parvis.agencies.models import AgencyOwned, AgencyOwnedQuerySet
from parvis.kit.identifiers import PUBLIC_ID_LENGTH, new_public_id
from parvis.kit.viewer import Viewer
from parvis.people.models.logins import User

WRONG_CODES_ALLOWED = 5
LONGEST_PATH = 2000


class Proof(models.TextChoices):
    """What showed, at the end of a way in, that the person is the holder of the login."""

    PASSWORD = "password", "mot de passe"
    FIRST_CONNECTION = "first_connection", "première connexion"
    RESET = "reset", "lien de mot de passe oublié"
    SOCIAL = "social", "compte associé"
    MAILED_CODE = "mailed_code", "code envoyé par courriel"
    PASSKEY = "passkey", "clé d’accès"
    TOTP = "totp", "code d’une application"
    RECOVERY = "recovery", "code de secours"


class KnownBrowserQuerySet(AgencyOwnedQuerySet["KnownBrowser"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the login itself."""
        return self.filter(agency_id=viewer.agency_id, user_id=viewer.user_id)

    def current(self) -> Self:
        """Its year is not over (by the database's clock)."""
        return self.filter(expires_at__gt=Now())


class KnownBrowser(AgencyOwned):
    """A browser from which the login was proven twice. Its cookie holds one token, whoever signs in there."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="browsers", verbose_name="accès")
    token_hash = models.CharField("empreinte du navigateur", max_length=64)
    name = models.CharField("nom", max_length=80)
    first_seen_at = models.DateTimeField("connu depuis")
    last_seen_at = models.DateTimeField("dernière connexion")
    expires_at = models.DateTimeField("connu jusqu’à")

    objects = KnownBrowserQuerySet.as_manager()

    class Meta:
        verbose_name = "navigateur connu"
        ordering = ["-last_seen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "token_hash"], name="known_browser_once_per_login"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("first_seen_at")), name="known_browser_lives_a_while"),
        ]

    def __str__(self) -> str:
        return f"{self.name} de l’accès {self.user_id}"


class PendingSignInQuerySet(models.QuerySet["PendingSignIn"]):
    def live(self) -> Self:
        """Neither finished nor replaced; of one login there is one at most."""
        return self.filter(ended_at=None)

    def current(self) -> Self:
        """Live, and its time is not over (by the database's clock)."""
        return self.live().filter(expires_at__gt=Now())


class PendingSignIn(models.Model):
    """The second step of a sign-in: a first proof was right, another is awaited in the same browser.

    The session holds a random token, nothing else: the person stays anonymous until the step is done.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="pending_sign_ins", verbose_name="accès")
    token_hash = models.CharField("empreinte de la session", max_length=64, unique=True)
    proof = models.CharField("première preuve", max_length=20, choices=Proof)
    next_path = models.CharField("page demandée", max_length=LONGEST_PATH, blank=True)
    code_hash = models.CharField("empreinte du code", max_length=256, blank=True)
    wrong_tries = models.PositiveSmallIntegerField("essais faux", default=0)
    code_sent_at = models.DateTimeField("code envoyé le", null=True, blank=True)
    code_expires_at = models.DateTimeField("code valable jusqu’à", null=True, blank=True)
    messages_sent = models.PositiveSmallIntegerField("messages envoyés", default=0)
    started_at = models.DateTimeField("commencée le")
    expires_at = models.DateTimeField("valable jusqu’à")
    ended_at = models.DateTimeField("close le", null=True, blank=True)

    objects = PendingSignInQuerySet.as_manager()

    class Meta:
        verbose_name = "connexion en attente"
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at=None), name="pending_sign_in_one_live_per_login"
            ),
            models.CheckConstraint(
                condition=Q(wrong_tries__lte=WRONG_CODES_ALLOWED), name="pending_sign_in_tries_are_bounded"
            ),
            models.CheckConstraint(
                condition=Q(code_hash="") | Q(code_sent_at__isnull=False, code_expires_at__gt=F("code_sent_at")),
                name="pending_sign_in_code_lives_a_while",
            ),
        ]

    def __str__(self) -> str:
        return f"connexion en attente de l’accès {self.user_id}"


class SignedInSessionQuerySet(models.QuerySet["SignedInSession"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the login itself."""
        return self.filter(user_id=viewer.user_id)


class SignedInSession(models.Model):
    """A session of a login, so that a change of password can end the others, and its holder see and end them.

    When it was last used stands in the session itself, which is saved then.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions", verbose_name="accès")
    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False)
    session_key = models.CharField("session", max_length=40, unique=True)
    browser = models.ForeignKey(
        KnownBrowser,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name="navigateur",
    )
    name = models.CharField("nom du navigateur", max_length=80)
    proof = models.CharField("preuve", max_length=20, choices=Proof)
    proved_at = models.DateTimeField("dernière preuve le")
    started_at = models.DateTimeField("ouverte le", auto_now_add=True)

    objects = SignedInSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "session ouverte"
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"session de l’accès {self.user_id}"
