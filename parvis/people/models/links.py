"""Links sent by e-mail, whatever they are for."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from parvis.people.models.clients import Client
from parvis.people.models.entrance import Activation
from parvis.people.models.logins import User
from parvis.people.models.safety import AccessFreeze, AddressChange


class EmailLinkQuerySet(models.QuerySet["EmailLink"]):
    def usable(self) -> Self:
        """Neither used, nor replaced, nor too old (by the database's clock)."""
        return self.filter(used_at=None, superseded_at=None, expires_at__gt=Now())


class EmailLink(models.Model):
    """A link sent by e-mail: its token is stored hashed, works once, and dies with its process.

    « Ce n’est pas moi » alone outlives what it is about: it objects to it.
    """

    class Purpose(models.TextChoices):
        CONFIRM_ADDRESS = "confirm_address", "confirmer une adresse"
        RESET_PASSWORD = "reset_password", "choisir un nouveau mot de passe"
        NOT_ME = "not_me", "bloquer l’accès"
        CONFIRM_CHANGE = "confirm_change", "confirmer un changement d’adresse"
        CANCEL_CHANGE = "cancel_change", "annuler un changement d’adresse"

    purpose = models.CharField("objet", max_length=20, choices=Purpose)
    token_hash = models.CharField("empreinte", max_length=64, unique=True)
    activation = models.ForeignKey(Activation, on_delete=models.CASCADE, null=True, blank=True, related_name="links")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="links")
    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, null=True, blank=True, related_name="links", help_text="le seul à geler"
    )
    change = models.ForeignKey(AddressChange, on_delete=models.CASCADE, null=True, blank=True, related_name="links")
    trigger = models.CharField("message", max_length=20, choices=AccessFreeze.Trigger, blank=True)
    email = models.EmailField("adresse")
    created_at = models.DateTimeField("créé le")
    expires_at = models.DateTimeField("valable jusqu’à")
    used_at = models.DateTimeField("utilisé le", null=True, blank=True)
    superseded_at = models.DateTimeField("remplacé le", null=True, blank=True)

    objects = EmailLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "lien"
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose="confirm_address", activation__isnull=False, user=None, client=None, change=None)
                | Q(purpose="reset_password", activation=None, user__isnull=False, client=None, change=None)
                | Q(purpose="not_me", activation__isnull=False, user=None, client=None, change=None)
                | Q(purpose="not_me", activation=None, user__isnull=False, change=None)
                | Q(
                    purpose__in=("confirm_change", "cancel_change"),
                    activation=None,
                    user__isnull=False,
                    client=None,
                    change__isnull=False,
                ),
                name="link_belongs_to_its_process",
            ),
            models.CheckConstraint(
                condition=Q(purpose="not_me") & ~Q(trigger="") | ~Q(purpose="not_me") & Q(trigger=""),
                name="link_that_objects_says_to_what",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="link_lives_a_while"),
        ]

    def __str__(self) -> str:
        return f"lien {self.purpose}"
