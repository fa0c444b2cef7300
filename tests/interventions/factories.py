"""Minimal rows around a case: firms, orders, announcements."""

import datetime as dt

import factory
from django.utils import timezone

from parvis.interventions.models import Announcement, Supplier
from tests.factories import BuildingFactory, OwnedFactory


class AnnouncementFactory(OwnedFactory):
    class Meta:
        model = Announcement

    agency = factory.SelfAttribute("building.agency")
    building = factory.SubFactory(BuildingFactory)
    kind = Announcement.Kind.CUT
    title = "Coupure d’eau froide"
    begins_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=1))
    ends_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=2))
    published_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(minutes=1))


class SupplierFactory(OwnedFactory):
    class Meta:
        model = Supplier

    name = factory.Sequence(lambda n: f"Plomberie Martel {n}")
    email = "martel@exemple.fr"
    phone = "01 00 00 00 31"
