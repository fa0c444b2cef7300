"""The import of a FEC killed at any moment leaves nothing behind; run again, it ends as if nothing had happened."""

from tests.exchange.books import owed, paid, write_fec
from tests.exchange.test_kill import KILLED, LEFT_NOTHING, base, run  # noqa: F401 -- `base` is a fixture


def books(folder):
    """Enough lines for several batches, on eight accounts."""
    rows = []
    for rank in range(1_200):
        account = f"450{rank % 8:05d}"
        rows += owed("20260105", account, f"Appel {rank}", f"{rank % 90 + 1},00", EcritureNum=str(2 * rank))
        rows += paid("20260201", account, f"Virement {rank}", "1,50", EcritureNum=str(2 * rank + 1))
    return write_fec(folder, rows)


def test_killed_anywhere_then_run_again_is_as_if_undisturbed(base, tmp_path):  # noqa: F811 -- the fixture
    found = run("kill_fec", base=base, package=books(tmp_path))

    assert len(found["killed"]) >= 3
    for step, outcome in found["killed"].items():
        assert outcome == [KILLED, LEFT_NOTHING], f"at news {step}"
    first, again = found["first"], found["again"]
    assert (first["created"], first["refused"]) == (2_400, 0)
    assert (again["created"], again["changed"], again["removed"], again["unchanged"]) == (0, 0, 0, 2_400)
    assert not found["is_empty"]
