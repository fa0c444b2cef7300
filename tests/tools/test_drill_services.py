"""The init of the drill: what is killed comes back, nothing of its former life stays, dead or alive."""

import json
import os
import signal
import subprocess
import sys

import pytest

from bench.processes import fields_of, tree
from tools.drill.site import ROOT, replace, wait_until

PARENT_AND_CHILD = "import os, time; os.fork(); time.sleep(60)"
ZOMBIE = "Z"


@pytest.fixture
def init(tmp_path):
    service = {
        "name": "web",
        "command": [sys.executable, "-c", PARENT_AND_CHILD],
        "environment": dict(os.environ),
        "folder": str(tmp_path),
    }
    (tmp_path / "services.json").write_text(json.dumps([service]))
    (tmp_path / "state.json").write_text("{}")
    (tmp_path / "held.json").write_text("[]")
    command = [sys.executable, "-m", "tools.drill.services", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT) as process:
        wait_until(lambda: len(tree(process.pid)) == 3, "the service and its child")
        yield process
        process.terminate()
    assert len(tree(process.pid)) == 1


def running(folder):
    return json.loads((folder / "state.json").read_text())["web"]


@pytest.mark.load
def test_killed_service_comes_back_and_its_orphan_goes_with_it(init, tmp_path):
    _, parent, child = tree(init.pid)

    os.kill(parent, signal.SIGKILL)
    wait_until(lambda: running(tmp_path) != parent and len(tree(init.pid)) == 3, "the next life")

    assert not fields_of(child)
    assert all(fields_of(pid)[0] != ZOMBIE for pid in tree(init.pid))


@pytest.mark.load
def test_service_that_is_held_stays_down_until_it_may_start(init, tmp_path):
    replace(tmp_path / "held.json", '["web"]')
    parent = running(tmp_path)

    os.kill(parent, signal.SIGKILL)
    wait_until(lambda: len(tree(init.pid)) == 1, "the end of the service")
    replace(tmp_path / "held.json", "[]")
    wait_until(lambda: len(tree(init.pid)) == 3, "the next life")

    assert running(tmp_path) != parent
