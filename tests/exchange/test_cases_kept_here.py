"""A case of the books that somebody has touched in Parvis is followed there: packages change nothing of it."""

import pytest

from parvis.interventions.actions import moves
from parvis.interventions.actions.actors import Actor
from parvis.interventions.models import Intervention
from tests.exchange.packages import example, example_package
from tests.factories import StaffMemberFactory

pytestmark = pytest.mark.django_db


def with_case(**values):
    """The package of the examples, its case saying something else."""
    return {**example_package(), "interventions": [example("interventions", **values)]}


def touched():
    """The case of the package, once Diane has noted that the works begin."""
    case = Intervention.objects.get()
    diane = Actor.of_staff(StaffMemberFactory(agency=case.agency))
    return moves.begin(intervention=case, by=diane, version=0)


def test_package_leaves_a_case_that_is_followed_here(bring_in):
    bring_in()
    case = touched()

    report = bring_in(with_case(title="Autre objet", state="reported"))

    case.refresh_from_db()
    assert (case.state, case.title) == ("in_progress", example("interventions")["title"])
    assert any("suivie dans Parvis" in note for note in report.notes)


def test_package_still_changes_a_case_that_nobody_touched(bring_in):
    bring_in()

    bring_in(with_case(state="done"))

    assert Intervention.objects.get().state == "done"


def test_case_followed_here_and_absent_from_the_package_stays_open(bring_in):
    bring_in()
    case = touched()

    bring_in({**example_package(), "interventions": [], "intervention_events": []}, prune=True)

    case.refresh_from_db()
    assert (case.state, case.closed_on) == ("in_progress", None)
    assert case.events.count() == 2
