"""Alice, her manager Erin, and the case that she declared."""

import pytest

from parvis.interventions.actions import moves
from parvis.interventions.actions.actors import Actor
from tests.interventions.cast import declared, erin_of


@pytest.fixture
def erin(home):
    return erin_of(home.building)


@pytest.fixture
def me(alice):
    return Actor.of_client(alice.grants.get().user, client=alice)


@pytest.fixture
def case(home, me, erin):
    """What Alice has declared at home, taken up by Erin."""
    made = declared(home, me)
    return moves.acknowledge(intervention=made, by=erin, version=made.version)
