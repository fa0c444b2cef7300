"""Whose portal is shown: the agency of the signed-in person, else the agency of the host."""

from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpRequest

from parvis.agencies.models import Agency

DEFAULT_HUE = 222


@dataclass(frozen=True, slots=True)
class Branding:
    """What public pages and error pages say of an agency. The default says nothing of anyone."""

    agency_id: int = 0
    name: str = ""
    hue: int = DEFAULT_HUE
    phone: str = ""
    emergency_phone: str = ""
    opening_hours: str = ""
    email: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    legal_name: str = ""
    professional_card: str = ""
    financial_guarantee: str = ""
    mediator: str = ""
    welcome: str = ""
    logo: str = ""

    @classmethod
    def of(cls, agency: Agency) -> Self:
        return cls(
            agency_id=agency.pk,
            name=agency.name,
            hue=agency.hue,
            phone=agency.phone,
            emergency_phone=agency.emergency_phone,
            opening_hours=agency.opening_hours,
            email=agency.email,
            street=agency.street,
            postal_code=agency.postal_code,
            city=agency.city,
            legal_name=agency.legal_name,
            professional_card=agency.professional_card,
            financial_guarantee=agency.financial_guarantee,
            mediator=agency.mediator,
            welcome=agency.welcome,
            logo=agency.logo_digest,
        )


NOBODY = Branding()


def branding_of(request: HttpRequest) -> Branding:
    """The agency of the person, once signed in; of the host, before."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return Branding.of(user.agency)
    return branding_at(request)


def branding_at(request: HttpRequest) -> Branding:
    """The agency of the host, whoever is signed in: for what a browser keeps."""
    agency = agency_at(request.get_host())
    return Branding.of(agency) if agency else NOBODY


def agency_at(host: str) -> Agency | None:
    """The agency whose portal answers at `host`, be it its first address or another; the first, at the staff's."""
    agency = Agency.objects.at_host(host).first()
    if agency:
        return agency
    if host and host == settings.STAFF_HOST:
        return Agency.objects.order_by("pk").first()
    return next((other for other in Agency.objects.order_by("pk") if host in other.other_hosts), None)


def branding_despite_all(request: HttpRequest) -> Branding:
    """For error pages: what is known, or nothing when the host is forged or the database is away."""
    try:
        return branding_of(request)
    except (DatabaseError, DisallowedHost):
        return NOBODY
