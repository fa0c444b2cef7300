"""The count of the drill: it must notice each thing that can be lost, doubled or changed on the way."""

import pytest

from tests.tools.work import ALICE, BOB, done, keyed, line, nothing_done
from tools.drill import count
from tools.drill.figures import at_least, at_most, no_slower
from tools.drill.notebook import ACKNOWLEDGED, ASKED, NONSENSE, Notebook, read_lines


def message(number, *, to="alice@exemple.fr", state="sent", kind="drill", created_at=0.0):
    return {
        "message_id": f"<{number}>",
        "subject": number,
        "to_address": to,
        "state": state,
        "kind": kind,
        "created_at": created_at,
    }


def taken(number, *, links=(), at=0.0, message_id=""):
    return {"id": message_id or f"<{number}>", "subject": number, "links": list(links), "is_numbered": True, "at": at}


def truth(**facts):
    nothing = count.Truth(
        grants={},
        verbs={},
        passwords={},
        forgotten={},
        unhandled=0,
        used_links=[],
        messages=[],
        runs={},
        balances={},
        entries={},
        reports={},
        cancelled={},
        case_faults=[],
        work=nothing_done(),
        broken_chains=[],
        journal_length=1,
    )
    return nothing | facts


def test_operation_that_is_there_once_is_no_fault():
    assert not list(count.neither_lost_nor_doubled(done("sign-in"), "sign-in", {ALICE: 1}))


def test_operation_without_an_answer_may_be_there_or_not():
    unanswered = [line(ASKED, "sign-in")]

    assert not list(count.neither_lost_nor_doubled(unanswered, "sign-in", {}))
    assert not list(count.neither_lost_nor_doubled(unanswered, "sign-in", {ALICE: 1}))


@pytest.mark.parametrize(("present", "word"), [(1, "lost"), (3, "doubled")])
def test_operation_that_is_lost_or_doubled_is_named(present, word):
    (fault,) = count.neither_lost_nor_doubled(done("sign-in") * 2, "sign-in", {ALICE: present})

    assert ALICE in fault
    assert word in fault


def test_operation_of_somebody_who_asked_for_nothing_is_named():
    assert list(count.neither_lost_nor_doubled(done("sign-in"), "sign-in", {ALICE: 1, BOB: 1}))


OPEN = {"grants": {ALICE: 1}, "verbs": {"access.opened": {ALICE: 1}}}


@pytest.mark.parametrize(
    ("facts", "faults"),
    [
        (OPEN, 0),
        ({}, 1),
        ({**OPEN, "grants": {}}, 2),
        ({**OPEN, "verbs": {"access.opened": {ALICE: 2}}}, 1),
        ({"grants": {ALICE: 1, BOB: 1}, "verbs": {"access.opened": {ALICE: 1, BOB: 1}}}, 1),
    ],
)
def test_access_is_opened_once_and_only_for_who_asked(facts, faults):
    assert len(list(count.accesses(done("access"), truth(**facts)))) == faults


def test_start_and_address_that_were_acknowledged_left_a_trace():
    lines = [*done("start"), *done("address", what="alice@exemple.fr")]
    there = truth(
        verbs={"first-connection.started": {ALICE: 1}},
        messages=[message("Confirmez votre adresse", kind="confirm-address")],
    )

    assert not list(count.steps(lines, there))
    assert len(list(count.steps(lines, truth()))) == 2


def test_password_is_the_last_acknowledged_one_or_one_sent_after_it():
    first, second = done("password", what="first"), [line(ASKED, "password", what="second")]

    assert not list(count.passwords(first, truth(passwords={ALICE: ["first"]})))
    assert not list(count.passwords(first + second, truth(passwords={ALICE: ["second"]})))
    assert list(count.passwords(first, truth(passwords={ALICE: []})))
    assert list(count.passwords(first + done("password", what="second"), truth(passwords={ALICE: ["first"]})))


def test_link_that_was_acknowledged_is_used():
    assert not list(count.links(done("link", what="token"), truth(used_links=["token"])))
    assert list(count.links(done("link", what="token"), truth()))


@pytest.mark.parametrize(
    ("rows", "messages", "unhandled", "faults"), [(1, 1, 0, 0), (0, 0, 0, 1), (2, 2, 0, 1), (1, 0, 1, 2), (1, 2, 0, 1)]
)
def test_forgotten_password_brings_one_message(rows, messages, unhandled, faults):
    there = truth(
        grants={ALICE: 1},
        forgotten={ALICE.lower(): rows} if rows else {},
        verbs={"password.reset-sent": {ALICE: messages}},
        unhandled=unhandled,
    )

    assert len(list(count.forgotten(done("forgotten"), there))) == faults


@pytest.mark.parametrize(
    ("created", "faults"), [([10], 0), ([0, 10], 0), ([], 2), ([10, 10], 1), ([4, 6], 1), ([4], 1)]
)
def test_package_is_applied_once_and_whole(created, faults):
    lines = [*done("import", "package-1"), line(ASKED, "import", "package-1")]

    assert len(list(count.imports(lines, truth(runs={"package-1": created}), rows=10))) == faults


BOOKS = {"450-1": (-150, {"a", "b"})}


@pytest.mark.parametrize(
    ("balance", "held", "references", "faults"),
    [
        (-150, -150, ["a", "b"], 0),
        (-150, -150, ["a"], 1),
        (-150, -150, ["a", "b", "b"], 1),
        (-151, -150, ["a", "b"], 1),
        (-150, -151, ["a", "b"], 1),
    ],
)
def test_ledger_holds_what_was_imported(balance, held, references, faults):
    there = truth(balances={"450-1": balance}, entries={"450-1": {"balance_cents": held, "references": references}})

    assert len(list(count.ledger(there, BOOKS))) == faults


@pytest.mark.parametrize(
    ("state", "arrived", "faults"),
    [
        ("sent", True, 0),
        ("sent", False, 1),
        ("queued", False, 1),
        ("expired", False, 0),
        ("expired", True, 1),
        ("refused", False, 0),
    ],
)
def test_message_arrives_unless_it_was_dropped(state, arrived, faults):
    rows = [taken("n1")] if arrived else []

    assert len(list(count.deliveries(truth(messages=[message("n1", state=state)]), rows))) == faults


def test_message_that_nobody_queued_is_named():
    assert list(count.deliveries(truth(), [taken("n1")]))


def test_refusal_for_ever_is_on_the_list_and_nothing_else_is_refused():
    gone = message("gone", to="gone@exemple.fr", state="refused")

    assert not list(count.refusals(truth(messages=[gone]), gone={"gone"}, listed="… gone@exemple.fr …"))
    assert list(count.refusals(truth(messages=[gone]), gone={"gone"}, listed=""))
    assert list(count.refusals(truth(messages=[gone]), gone=set(), listed="… gone@exemple.fr …"))


def test_message_sent_again_keeps_its_identity():
    again = [taken("n1"), taken("n1")]

    assert not list(count.one_identity(again))
    assert count.duplicates(again) == 1
    assert list(count.one_identity([taken("n1"), taken("n1", message_id="<another>")]))
    assert list(count.one_identity([taken("a", links=["token"]), taken("b", links=["token"])]))


def test_messages_of_one_person_arrive_in_their_order():
    queued = truth(messages=[message("n1"), message("n2"), message("n3", to="bob@exemple.fr")])

    assert not list(count.order(queued, [taken("n3"), taken("n1"), taken("n2"), taken("n1")]))
    assert list(count.order(queued, [taken("n2"), taken("n1")]))
    assert not list(count.order(queued, [taken("n2"), taken("n1")], shared={"alice@exemple.fr"}))


def test_broken_or_empty_journal_is_a_fault():
    assert not list(count.journal(truth()))
    assert list(count.journal(truth(broken_chains=["le maillon 2 a été modifié"])))
    assert list(count.journal(truth(journal_length=0)))


def test_nonsense_is_a_fault():
    assert list(count.nonsense([line(NONSENSE, "visit", what="the session is lost")]))
    assert not list(count.nonsense(done("visit")))


def test_recovery_lasts_from_a_kill_to_what_was_asked_for_after_it():
    asked_before, after, later = (9.0, 10.5), (10.2, 12.0), (30.0, 30.1)

    assert count.recoveries([10.0], [asked_before, after]) == [2.0]
    assert count.recoveries([10.0, 10.1, 20.0], [after, later]) == pytest.approx([1.9, 10.1])
    assert count.recoveries([40.0], [later]) == [float("inf")]
    assert count.recoveries([], [later]) == []


def test_message_arrives_at_its_first_delivery():
    there = truth(messages=[message("n1", created_at=1.0), message("n2", created_at=2.0)])

    assert count.arrivals(there, [taken("n1", at=3.0), taken("n1", at=9.0)]) == [(1.0, 3.0)]


def test_backlog_that_never_left_has_no_rate():
    assert count.drain_rate([11.0, 12.0, 13.0], since=10.0) == 1.0
    assert count.drain_rate([], since=10.0) == 0.0


def test_figure_misses_its_bar_also_when_there_is_nothing_to_measure():
    assert [at_most("a", value, 5.0).is_missed for value in (5.0, 5.1, float("nan"), float("inf"))] == [
        False,
        True,
        True,
        True,
    ]
    assert [at_least("a", value, 1.0).is_missed for value in (1.0, 0.0, float("nan"))] == [False, True, True]
    assert not no_slower("a", [0.010, 0.012], usual=[0.010, 0.010]).is_missed
    assert no_slower("a", [0.100, 0.120], usual=[0.010, 0.010]).is_missed
    assert no_slower("a", [], usual=[0.010]).is_missed


def test_notebook_reads_whole_lines_and_not_the_one_that_was_being_written(tmp_path):
    notebook = Notebook(tmp_path / "a.notebook")
    notebook.asked("sign-in", ALICE)
    notebook.acknowledged("sign-in", ALICE)
    notebook.close()
    with (tmp_path / "a.notebook").open("a") as file:
        file.write('{"at": 1.0, "stage": "acknow')

    assert [each.stage for each in read_lines([tmp_path / "a.notebook"])] == [ASKED, ACKNOWLEDGED]


def test_report_that_was_acknowledged_and_is_not_there_is_lost():
    lines = keyed("report", "abc", ASKED, ACKNOWLEDGED)

    assert list(count.cases(lines, truth()))
    assert not list(count.cases(lines, truth(reports={"abc": 1})))


def test_report_that_is_there_twice_or_that_nobody_asked_for_is_a_fault():
    lines = keyed("report", "abc", ASKED)

    assert list(count.cases(lines, truth(reports={"abc": 2})))
    assert list(count.cases([], truth(reports={"abc": 1})))
    assert not list(count.cases(lines, truth()))


def test_photo_that_is_torn_is_a_fault():
    assert list(count.cases([], truth(case_faults=["case 2026-0001: a photo is torn"])))
