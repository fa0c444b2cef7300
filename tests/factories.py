"""Minimal rows for tests. The cast: Alice owns, Bob shares, Charlie must see nothing, Diane works at the cabinet."""

import datetime as dt
from typing import Any

import factory
from django.utils import timezone

from parvis.agencies.models import Agency
from parvis.interventions.models import Intervention
from parvis.ledger.models import Account, Call, Creditor, Entry
from parvis.people.models import Client, Grant, StaffMember, User
from parvis.property.models import (
    AllocationKey,
    Building,
    BuildingAssignment,
    CouncilSeat,
    Lease,
    Lot,
    LotShare,
    ManagementMandate,
    Ownership,
    Tenancy,
)
from parvis.rentals.models import RentalApplication

LONG_AGO = dt.date(2020, 1, 1)


class AgencyFactory(factory.django.DjangoModelFactory[Agency]):
    class Meta:
        model = Agency

    slug = factory.Sequence(lambda n: f"agence-{n}")
    name = "Cabinet des Tilleuls"
    host = factory.Sequence(lambda n: "testserver" if n == 0 else f"espace-{n}.exemple.fr")
    phone = "01 00 00 00 00"
    email = "contact@exemple.fr"
    sender_email = "noreply@exemple.fr"
    opening_hours = "du lundi au vendredi, de 9 h à 12 h et de 14 h à 18 h"
    street = "3 rue des Tilleuls"
    postal_code = "75017"
    city = "Paris"


class OwnedFactory(factory.django.DjangoModelFactory[Any]):
    class Meta:
        abstract = True

    agency = factory.SubFactory(AgencyFactory)


class UserFactory(OwnedFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")
    email_confirmed_at = factory.LazyFunction(timezone.now)
    password = ""


class StaffMemberFactory(OwnedFactory):
    class Meta:
        model = StaffMember

    reference = factory.Sequence(lambda n: f"S{n}")
    first_name = "Diane"
    last_name = "Hamon"
    role = StaffMember.Role.MANAGER
    desk_role = factory.LazyAttribute(lambda member: member.role)
    scope = factory.LazyAttribute(lambda member: "buildings" if member.desk_role == "caretaker" else "agency")
    phone = "01 00 00 00 01"
    email = "d.hamon@exemple.fr"


class ClientFactory(OwnedFactory):
    class Meta:
        model = Client

    customer_reference = factory.Sequence(lambda n: f"{10427000 + n}")
    reference_key = factory.LazyAttribute(lambda client: client.customer_reference)
    civility = Client.Civility.MADAM
    first_name = "Alice"
    last_name = "Fontaine"


class GrantFactory(factory.django.DjangoModelFactory[Grant]):
    class Meta:
        model = Grant

    client = factory.SubFactory(ClientFactory)
    user = factory.SubFactory(UserFactory, agency=factory.SelfAttribute("..client.agency"))


class BuildingFactory(OwnedFactory):
    class Meta:
        model = Building

    reference = factory.Sequence(lambda n: f"B{n}")
    name = "Résidence Les Acacias"
    street = "12 rue des Acacias"
    postal_code = "75017"
    city = "Paris"


class LotFactory(OwnedFactory):
    class Meta:
        model = Lot

    agency = factory.SelfAttribute("building.agency")
    building = factory.SubFactory(BuildingFactory)
    number = factory.Sequence(lambda n: str(n + 1))
    label = "Appartement T3"


class AllocationKeyFactory(OwnedFactory):
    class Meta:
        model = AllocationKey

    agency = factory.SelfAttribute("building.agency")
    building = factory.SubFactory(BuildingFactory)
    code = "GEN"
    label = "Charges générales"
    total_shares = 10000


class LotShareFactory(factory.django.DjangoModelFactory[LotShare]):
    class Meta:
        model = LotShare

    lot = factory.SubFactory(LotFactory)
    key = factory.SubFactory(AllocationKeyFactory, building=factory.SelfAttribute("..lot.building"))
    shares = 124


class BuildingAssignmentFactory(OwnedFactory):
    class Meta:
        model = BuildingAssignment

    agency = factory.SelfAttribute("building.agency")
    building = factory.SubFactory(BuildingFactory)
    staff_member = factory.SubFactory(StaffMemberFactory, agency=factory.SelfAttribute("..building.agency"))
    starts_on = LONG_AGO


class OwnershipFactory(OwnedFactory):
    class Meta:
        model = Ownership

    agency = factory.SelfAttribute("client.agency")
    client = factory.SubFactory(ClientFactory)
    lot = factory.SubFactory(LotFactory, building__agency=factory.SelfAttribute("...client.agency"))
    starts_on = LONG_AGO


class ManagementMandateFactory(OwnershipFactory):
    class Meta:
        model = ManagementMandate

    number = factory.Sequence(lambda n: f"M{n}")


class LeaseFactory(OwnedFactory):
    class Meta:
        model = Lease

    agency = factory.SelfAttribute("lot.agency")
    lot = factory.SubFactory(LotFactory)
    reference = factory.Sequence(lambda n: f"L{n}")
    rent_cents = 72000
    charges_cents = 12500
    starts_on = LONG_AGO


class TenancyFactory(OwnedFactory):
    class Meta:
        model = Tenancy

    agency = factory.SelfAttribute("client.agency")
    client = factory.SubFactory(ClientFactory)
    lease = factory.SubFactory(LeaseFactory, lot__building__agency=factory.SelfAttribute("....client.agency"))
    starts_on = LONG_AGO


class CouncilSeatFactory(OwnedFactory):
    class Meta:
        model = CouncilSeat

    agency = factory.SelfAttribute("client.agency")
    client = factory.SubFactory(ClientFactory)
    building = factory.SubFactory(BuildingFactory, agency=factory.SelfAttribute("..client.agency"))
    starts_on = LONG_AGO


class CreditorFactory(OwnedFactory):
    class Meta:
        model = Creditor

    reference = factory.Sequence(lambda n: f"C{n}")
    kind = Creditor.Kind.OWNERS_ASSOCIATION
    name = "Syndicat des copropriétaires Les Acacias"
    iban = "FR7630006000011234567890189"
    cheque_order = "Syndicat Les Acacias"


class AccountFactory(OwnedFactory):
    class Meta:
        model = Account

    agency = factory.SelfAttribute("client.agency")
    client = factory.SubFactory(ClientFactory)
    creditor = factory.SubFactory(CreditorFactory, agency=factory.SelfAttribute("..client.agency"))
    reference = factory.Sequence(lambda n: f"450-{n:04d}")
    kind = Account.Kind.CO_OWNER
    as_of = dt.date(2026, 11, 22)


class EntryFactory(factory.django.DjangoModelFactory[Entry]):
    class Meta:
        model = Entry

    account = factory.SubFactory(AccountFactory)
    reference = factory.Sequence(lambda n: f"E{n}")
    booked_on = dt.date(2026, 11, 15)
    kind = Entry.Kind.CALL
    label = "Appel de charges"
    debit_cents = 41235


class CallFactory(factory.django.DjangoModelFactory[Call]):
    class Meta:
        model = Call

    account = factory.SubFactory(AccountFactory)
    reference = factory.Sequence(lambda n: f"A{n}")
    label = "Appel de charges, 1er trimestre 2027"
    issued_on = dt.date(2026, 11, 15)
    due_on = dt.date(2027, 1, 1)
    amount_cents = 41235


class InterventionFactory(OwnedFactory):
    class Meta:
        model = Intervention

    agency = factory.SelfAttribute("building.agency")
    building = factory.SubFactory(BuildingFactory)
    number = factory.Sequence(lambda n: f"2026-{1187 + n}")
    scope = Intervention.Scope.COMMON
    title = "Fuite au plafond du parking"
    reported_on = dt.date(2026, 11, 18)


class RentalApplicationFactory(OwnedFactory):
    class Meta:
        model = RentalApplication

    agency = factory.SelfAttribute("applicant.agency")
    applicant = factory.SubFactory(ClientFactory)
    reference = factory.Sequence(lambda n: f"D{n}")
    listing_label = "Appartement T2, 10 rue des Lilas, Paris"
