"""Rows of a profile: a person of the household, a change that waits."""

import datetime as dt

import factory
from django.utils import timezone

from parvis.kit.days import paris_day
from parvis.people.models import DeliveryChoice, HouseholdAccess, ProfileChange
from tests.factories import ClientFactory, OwnedFactory, UserFactory


class HouseholdAccessFactory(OwnedFactory):
    """Accepted, and in force while its holder is."""

    class Meta:
        model = HouseholdAccess

    class Params:
        is_waiting = factory.Trait(user=None, accepted_at=None)
        is_revoked = factory.Trait(ended_at=factory.LazyFunction(timezone.now), ending=HouseholdAccess.Ending.REVOKED)

    agency = factory.SelfAttribute("client.agency")
    client = factory.SubFactory(ClientFactory)
    place = factory.Sequence(lambda n: n % 5 + 1)
    name = "Gaby Fontaine"
    email = factory.Sequence(lambda n: f"foyer{n}@exemple.fr")
    right = HouseholdAccess.Right.READ
    token_hash = factory.Sequence(lambda n: f"{n:064d}")
    invited_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1))
    expires_at = factory.LazyAttribute(lambda access: access.invited_at + dt.timedelta(days=7))
    user = factory.SubFactory(
        UserFactory, agency=factory.SelfAttribute("..agency"), email=factory.SelfAttribute("..email")
    )
    accepted_at = factory.LazyFunction(timezone.now)


class ProfileChangeFactory(OwnedFactory):
    class Meta:
        model = ProfileChange

    agency = factory.SelfAttribute("client.agency")
    client = factory.SubFactory(ClientFactory)
    subject = ProfileChange.Subject.PHONES
    wanted = {"mobile_phone": "0612345678", "landline_phone": ""}
    former = {"mobile_phone": "", "landline_phone": ""}
    asked_at = factory.LazyFunction(timezone.now)
    effective_on = factory.LazyFunction(lambda: paris_day(timezone.now()))


class DeliveryChoiceFactory(OwnedFactory):
    class Meta:
        model = DeliveryChoice

    agency = factory.SelfAttribute("client.agency")
    client = factory.SubFactory(ClientFactory)
    asked_by = factory.LazyAttribute(lambda choice: choice.client.grants.get().user)
    asked_at = factory.LazyFunction(timezone.now)
    received_on = factory.LazyFunction(lambda: paris_day(timezone.now()))
    effective_on = factory.SelfAttribute("received_on")
    kind = DeliveryChoice.Kind.CALLS
    channel = DeliveryChoice.Channel.POST
