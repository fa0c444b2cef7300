"""An import killed at any moment leaves nothing behind; run again, it ends as if nothing had happened."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.exchange.packages import entry, example, example_package, write_folder
from tests.kit.other_databases import empty_database

KILLED, LEFT_NOTHING = -9, True
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def base(tmp_path):
    """The DATABASE_URL of an empty base of the kind under test, which the killed processes share."""
    with empty_database(tmp_path) as url:
        yield url


@pytest.fixture
def package(tmp_path):
    """Enough rows for several batches of entries."""
    rows = example_package()
    rows["accounts"] += [example("accounts", reference=f"450-{rank}", client="10427400") for rank in range(20)]
    rows["entries"] = [
        entry(f"E{rank}", account=f"450-{rank % 20}", debit=f"{rank},00")
        if rank % 3
        else entry(f"E{rank}", credit="1,50")
        for rank in range(5_000)
    ]
    return write_folder(tmp_path / "package", rows)


def run(task, *, base, package):
    environment = {
        **os.environ,
        "PARVIS_ENV": "test",
        "DATABASE_URL": base,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "-m", "tests.exchange.killing", task, str(package)]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_killed_anywhere_then_run_again_is_as_if_undisturbed(base, package):
    found = run("kill", base=base, package=package)

    assert len(found["killed"]) >= 4
    for step, outcome in found["killed"].items():
        assert outcome == [KILLED, LEFT_NOTHING], f"at news {step}"
    first, again = found["first"], found["again"]
    assert (first["created"], first["refused"]) == (first["read"], 0)
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, first["read"])
    assert not found["is_empty"]


def test_two_imports_at_once_end_as_one(base, package):
    found = run("twice", base=base, package=package)

    assert found["statuses"] == [0, 0]
    read = found["reports"][0]["read"]
    assert sorted(report["created"] for report in found["reports"]) == [0, read]
    assert sorted(report["unchanged"] for report in found["reports"]) == [0, read]
