"""Who takes part in a case: Alice who declares, Erin who follows the building, the plumber."""

from parvis.interventions.actions import reports
from parvis.interventions.actions.actors import Actor
from parvis.interventions.actions.reports import Report
from parvis.interventions.models import Intervention, Supplier
from parvis.kit.identifiers import new_public_id
from parvis.people.models import Viewer
from tests.factories import BuildingAssignmentFactory, GrantFactory, OwnershipFactory, StaffMemberFactory


def alice_of(lot):
    """The login of somebody who owns that lot."""
    ownership = OwnershipFactory(lot=lot, client__agency=lot.agency)
    grant = GrantFactory(client=ownership.client)
    return Actor.of_client(grant.user, client=grant.client)


def erin_of(building):
    """Who follows the building."""
    member = StaffMemberFactory(agency=building.agency, first_name="Erin", last_name="Hamon", role="manager")
    BuildingAssignmentFactory(agency=building.agency, building=building, staff_member=member)
    return Actor.of_staff(member)


def eyes_of(actor):
    """The viewer of that login."""
    return Viewer.of(actor.user)


def plumber_of(agency):
    return Supplier.objects.create(agency=agency, name="Plomberie Martel", trade="water", email="martel@exemple.fr")


def report(lot, **values):
    """What somebody types about that lot; `is_common` for what is outside it."""
    is_common = values.pop("is_common", False)
    known = {
        "building": lot.building,
        "lot": None if is_common else lot,
        "client": None,
        "category": Intervention.Category.WATER,
        "title": "Eau : cuisine",
        "description": "L’évier fuit depuis hier.",
        "sending_key": new_public_id(),
    }
    return Report(**{**known, **values})


def declared(lot, by, **values):
    """A case that Alice has just declared."""
    return reports.declare(report=report(lot, client=by.client, **values), by=by)
