"""Minimal rows around a case: firms, orders, announcements."""

import datetime as dt

import factory
from django.utils import timezone

from parvis.interventions.models import Announcement, Supplier, WorkOrder
from parvis.people.tokens import token_digest
from tests.factories import BuildingFactory, InterventionFactory, OwnedFactory

ORDER_TOKEN = "a2" * 13


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


class WorkOrderFactory(OwnedFactory):
    """An order whose link is ORDER_TOKEN."""

    class Meta:
        model = WorkOrder

    agency = factory.SelfAttribute("intervention.agency")
    intervention = factory.SubFactory(InterventionFactory, state="ordered")
    supplier = factory.SubFactory(SupplierFactory, agency=factory.SelfAttribute("..agency"))
    number = factory.LazyAttribute(lambda order: f"{order.intervention.number}-1")
    text = "Réparer la fuite."
    token_hash = token_digest(ORDER_TOKEN)
    sent_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=60))
