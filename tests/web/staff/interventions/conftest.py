"""Alice declares a leak in her flat; Diane, of the cabinet, works on it."""

import pytest

from parvis.interventions.actions import moves
from parvis.interventions.actions.actors import Actor
from parvis.people.models import StaffMember
from tests.factories import LotFactory
from tests.interventions.cast import alice_of, declared, plumber_of


@pytest.fixture
def lot(agency):
    return LotFactory(building__agency=agency, building__name="Résidence Les Acacias", number="12")


@pytest.fixture
def alice(lot):
    return alice_of(lot)


@pytest.fixture
def case(lot, alice):
    return declared(lot, alice, title="Fuite sous l’évier", place="cuisine", phone="0612345678")


@pytest.fixture
def plumber(agency):
    return plumber_of(agency)


@pytest.fixture
def desk(diane):
    """Diane, as an author."""
    return Actor.of_staff(StaffMember.objects.get())


@pytest.fixture
def acknowledged(case, desk):
    return moves.acknowledge(intervention=case, by=desk, version=case.version)


def page_of(case, *rest):
    """The address of a page of that case."""
    return "/".join(["/gestion/interventions", case.public_id, *rest, ""])
