"""The count of the drill about cases and the desk: it must notice each gesture lost, doubled or not asked for."""

import pytest

from tests.tools.work import done, keyed, line, nothing_done
from tools.drill import counting_work
from tools.drill.notebook import ASKED

CASE, TOKEN, KEY = "case", "token", "key"
ORDER = {"case": CASE, "is_done": False, "photos": 0, "slots": []}


def steps(*states):
    return nothing_done(steps={CASE: ["reported", *states]})


@pytest.mark.parametrize(
    ("states", "faults"),
    [(["acknowledged"], 0), ([], 1), (["rejected"], 2), (["acknowledged", "ordered"], 1)],
)
def test_move_is_the_step_after_the_version_of_its_page(states, faults):
    lines = done("gesture", CASE, "1 prendre-en-charge")

    assert len(list(counting_work.moves(lines, steps(*states)))) == faults


def test_move_without_an_answer_may_be_there_or_not():
    lines = [line(ASKED, "gesture", CASE, "1 prendre-en-charge")]

    assert not list(counting_work.moves(lines, steps()))
    assert not list(counting_work.moves(lines, steps("acknowledged")))


def test_end_of_works_may_pass_by_their_beginning_once():
    lines = [line(ASKED, "gesture", CASE, "1 prendre-en-charge"), line(ASKED, "gesture", CASE, "2 mandater")]
    lines += done("gesture", CASE, "3 terminer")
    to_the_end = ["acknowledged", "ordered", "in_progress", "done"]

    assert not list(counting_work.moves(lines, steps(*to_the_end)))
    assert list(counting_work.moves(lines, steps(*to_the_end, "closed")))


def test_works_that_a_firm_ended_were_asked_for():
    lines = [line(ASKED, "gesture", CASE, "1 prendre-en-charge"), line(ASKED, "gesture", CASE, "2 mandater")]
    there = steps("acknowledged", "ordered", "in_progress", "done") | {"orders": {TOKEN: ORDER | {"is_done": True}}}

    assert list(counting_work.moves(lines, there))
    assert not list(counting_work.moves([*lines, line(ASKED, "done", TOKEN)], there))


@pytest.mark.parametrize(("messages", "photos", "faults"), [(1, 1, 0), (0, 0, 1), (2, 2, 2), (1, 0, 1), (1, 2, 1)])
def test_message_is_there_once_with_its_photo(messages, photos, faults):
    counted = {"messages": {KEY: messages} if messages else {}, "pictures": {KEY: photos} if photos else {}}

    assert len(list(counting_work.written(done("case-message", KEY), nothing_done(**counted)))) == faults


@pytest.mark.parametrize(("slots", "told", "faults"), [(["a"], 1, 0), ([], 1, 1), (["a", "a"], 1, 1), (["a"], 2, 1)])
def test_offer_is_there_once_and_told_once(slots, told, faults):
    lines = [*done("offer", TOKEN), *done("slot", f"{TOKEN} a")]
    there = nothing_done(orders={TOKEN: ORDER | {"slots": slots}}, offers={CASE: told})

    assert len(list(counting_work.firms(lines, there))) == faults


@pytest.mark.parametrize(("photos", "is_done", "faults"), [(1, True, 0), (0, True, 1), (2, True, 1), (1, False, 1)])
def test_end_of_the_works_and_its_photo_are_there_once(photos, is_done, faults):
    lines = [*done("done", TOKEN), *done("paper", TOKEN, "0")]
    there = nothing_done(orders={TOKEN: ORDER | {"photos": photos, "is_done": is_done}})

    assert len(list(counting_work.firms(lines, there))) == faults


@pytest.mark.parametrize(
    ("verb", "where"),
    [("deposit", "deposits"), ("describe", "described"), ("publish", "documents"), ("intake", "intakes")],
)
def test_what_the_desk_did_is_there_once(verb, where):
    lines = done(verb, KEY)

    assert not list(counting_work.desk(lines, nothing_done(**{where: {KEY: 1}})))
    assert list(counting_work.desk(lines, nothing_done()))
    assert list(counting_work.desk(lines, nothing_done(**{where: {KEY: 2}})))
    assert list(counting_work.desk(keyed(verb, "other", ASKED), nothing_done(**{where: {KEY: 1}})))
