"""Whatever people try on a case, in whatever order: the machine of the rules holds, and its story can be read again."""

import datetime as dt
import itertools

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.interventions.actions import moves
from parvis.interventions.actions.actors import CLOCK, Actor
from parvis.interventions.models import Intervention
from parvis.interventions.rules.machine import TRANSITIONS
from parvis.interventions.rules.steps import Standing, next_step
from parvis.kit.refusals import Refusal
from tests.factories import LotFactory
from tests.interventions.cast import alice_of, declared, erin_of, plumber_of

TODAY = dt.date(2026, 11, 23)
AT = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
VERBS = {
    "acknowledge": moves.acknowledge,
    "request_quote": moves.request_quote,
    "await_approval": moves.await_approval,
    "order": moves.order,
    "schedule": moves.schedule,
    "replan": moves.replan,
    "begin": moves.begin,
    "hold": moves.hold,
    "resume": moves.resume,
    "finish": moves.finish,
    "confirm_solved": moves.confirm_solved,
    "reopen": moves.reopen,
    "reject": moves.reject,
    "cancel": moves.cancel,
}
# Most gestures are the agency's, on the page as it is now; some are anybody's, on an old one.
GESTURES = st.tuples(
    st.sampled_from(sorted(VERBS)),
    st.sampled_from(["staff", "staff", "supplier", "client", "system"]),
    st.sampled_from([0, 0, 0, 1]),
)


def needed(verb, supplier):
    """What a verb needs besides the case, the author and the version."""
    soon = timezone.now() + dt.timedelta(days=1)
    return {
        "order": {"supplier": supplier},
        "schedule": {"begins_at": soon, "ends_at": soon + dt.timedelta(hours=2)},
        "hold": {"reason": "Pièce commandée", "until": soon.date()},
        "reject": {"reason": "Hors du contrat"},
        "cancel": {"reason": "Inutile"},
    }.get(verb, {})


@pytest.fixture
def people(db):
    lot = LotFactory()
    alice, supplier = alice_of(lot), plumber_of(lot.agency)
    actors = {"client": alice, "staff": erin_of(lot.building), "supplier": Actor.of_supplier(supplier), "system": CLOCK}
    return declared(lot, alice), actors, supplier


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gestures=st.lists(GESTURES, max_size=14))
def test_any_story_follows_the_machine_and_can_be_read_again(people, gestures):
    case, actors, supplier = people
    with transaction.atomic():
        for verb, who, late in gestures:
            seen = Intervention.objects.with_place().get(pk=case.pk)
            try:
                VERBS[verb](intervention=seen, by=actors[who], version=seen.version - late, **needed(verb, supplier))
            except Refusal:
                continue
        told = list(case.events.exclude(to_state="").values_list("from_state", "to_state", "author_kind"))
        now = Intervention.objects.with_place().get(pk=case.pk)
        coming = now.coming_step(today=TODAY).text
        transaction.set_rollback(True)

    steps = told[1:]
    assert all(author in TRANSITIONS[before, after] for before, after, author in steps)
    assert all(one[1] == other[0] for one, other in itertools.pairwise(told))
    assert (now.state, now.version) == (told[-1][1], len(told))
    assert coming


@given(
    state=st.sampled_from(Intervention.State.values),
    manager=st.sampled_from(["", "Élise Hamon"]),
    supplier=st.sampled_from(["", "Plomberie Martel"]),
    has_more=st.booleans(),
    announced=st.sampled_from(["", "Passage du plombier"]),
    days=st.integers(min_value=-400, max_value=400),
)
def test_next_step_is_never_empty(state, manager, supplier, has_more, announced, days):
    at = AT + dt.timedelta(days=days)
    known = {"acknowledge_before": at, "appointment": (at, at), "done_on": at.date(), "ended_on": at.date()}
    held = {"held": ("Pièce commandée", at.date()), "announced_on": at.date(), "reason": "Hors du contrat"}
    standing = Standing(
        state=state,
        today=TODAY,
        manager=manager,
        supplier=supplier,
        announced=announced,
        **(known | held if has_more else {}),
    )

    said = next_step(standing)

    assert said.text.strip()
    assert not said.is_late or (said.on is not None and said.on < TODAY)
