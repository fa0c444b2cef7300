"""What « Connexion et sécurité » says of the proofs beside the password, and what makes one of them."""

import dataclasses
import textwrap
from urllib.parse import quote

import segno
from django.http import HttpRequest

from parvis.agencies.models import Agency
from parvis.kit.sealing import seal, unseal
from parvis.people.actions import authenticators
from parvis.people.models import Authenticator, Passkey, RecoveryCode, User
from parvis.web.entrance.factors.ceremony import place_of
from parvis.web.ui.requests import ViewerRequest

SECRET = "authenticator-to-confirm"  # noqa: S105 -- the name of a key
SEALED_FOR = "authenticator to confirm"


@dataclasses.dataclass(frozen=True, kw_only=True)
class FactorsSection:
    """The passkeys of the login, its application of codes, how many recovery codes are left."""

    passkeys: list[Passkey]
    authenticator: Authenticator | None
    recovery_codes_left: int
    may_add_passkey: bool

    @property
    def has_factor(self) -> bool:
        return bool(self.passkeys) or self.authenticator is not None


def factors_section(request: ViewerRequest) -> FactorsSection:
    """For the template `entrance/factors/section.html`, which takes it as `factors`."""
    viewer = request.viewer
    return FactorsSection(
        passkeys=list(Passkey.objects.visible_to(viewer)),
        authenticator=Authenticator.objects.visible_to(viewer).first(),
        recovery_codes_left=RecoveryCode.objects.visible_to(viewer).left().count(),
        may_add_passkey=place_of(request) is not None,
    )


def label_of(user: User) -> str:
    """How a device or an application names the login to its holder: the identifiant, else the courriel."""
    grants = user.grants.filter(ended_at=None).select_related("client").order_by("pk")
    grant = grants.first()
    return grant.client.customer_reference if grant else user.email or user.agency.name


@dataclasses.dataclass(frozen=True, kw_only=True)
class Pairing:
    """What an application needs: a QR code, or the same secret to type."""

    secret: str = dataclasses.field(repr=False)
    address: str = dataclasses.field(repr=False)

    @property
    def typed_secret(self) -> str:
        """« JBSW Y3DP … »: by four, as people copy it."""
        return " ".join(textwrap.wrap(self.secret, 4))

    @property
    def picture(self) -> str:
        """The QR code as an address that holds the drawing itself, dark on white in either theme."""
        code = segno.make(self.address, error="m")
        return code.svg_data_uri(scale=5, border=4, dark="#000", light="#fff")


def pairing(request: HttpRequest, user: User) -> Pairing:
    """The secret to confirm, drawn once for this browser: the page may be shown again, after a slip."""
    sealed = request.session.get(SECRET, "")
    secret = unseal(sealed, purpose=SEALED_FOR) if sealed else authenticators.draw_secret()
    if not sealed:
        request.session[SECRET] = seal(secret, purpose=SEALED_FOR)
    address = authenticators.address_of(secret, user=user, label=label_of(user))
    return Pairing(secret=secret, address=address)


def forget_pairing(request: HttpRequest) -> None:
    request.session.pop(SECRET, None)


def plain_file(codes: list[str], *, agency: Agency) -> str:
    """The recovery codes as the address of a text file to keep: nothing of them stays on the server."""
    lines = [f"Codes de secours – espace client {agency.name}", "Chaque code sert une fois.", "", *codes, ""]
    return "data:text/plain;charset=utf-8," + quote("\r\n".join(lines))
