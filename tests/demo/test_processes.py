"""Children start together, stop together, and say why when one of them ends."""

import os
import sys
import time

import pytest

from parvis.demo import processes
from parvis.demo.processes import ChildDied, start, stopped_at_the_end, watch

SLEEP = "import time; print('ready', flush=True); time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)"
PARENT = f"import subprocess, sys; print('ready', flush=True); subprocess.run([sys.executable, '-c', {SLEEP!r}])"


@pytest.fixture
def run(tmp_path):
    """Start a child that runs a line of Python, once it says that it is ready."""

    def one(code, *, name="L’enfant"):
        log = tmp_path / f"{time.monotonic_ns()}.log"
        child = start(name, ["-c", code], environment={"COLOUR": "green"}, log=log)
        deadline = time.monotonic() + 10
        while "ready" not in log.read_text() and child.is_alive and time.monotonic() < deadline:
            time.sleep(0.02)
        return child

    return one


def group_is_empty(child):
    try:
        os.killpg(child.process.pid, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize("code", [SLEEP, DEAF, PARENT], ids=["sleeping", "deaf", "with a child"])
def test_everything_is_stopped_at_the_end(run, code, monkeypatch):
    monkeypatch.setattr(processes, "PATIENCE_SECONDS", 0.3)
    child = run(code)

    with stopped_at_the_end([child]):
        assert child.is_alive

    assert not child.is_alive
    deadline = time.monotonic() + 5
    while not group_is_empty(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert group_is_empty(child)


def test_a_child_that_dies_stops_the_rest_with_its_last_words(run):
    steady, failing = run(SLEEP), run("print('no table'); raise SystemExit(3)", name="Le serveur web")

    with pytest.raises(ChildDied, match="Le serveur web s’est arrêté tout seul") as died, stopped_at_the_end([steady]):
        watch([steady, failing])

    assert "no table" in str(died.value)
    assert not steady.is_alive


def test_a_child_runs_this_python_with_what_it_is_given(run):
    child = run("import os, sys; print('ready', sys.executable, os.environ['COLOUR'])")
    child.process.wait(10)

    assert child.last_words().split() == ["ready", sys.executable, "green"]
