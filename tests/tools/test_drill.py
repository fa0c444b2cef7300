"""The drill in short: the real product on SQLite, its web server killed once, and a count that notices what is lost."""

import json
import time

import pytest

from tools.drill import count
from tools.drill.crowd import Crowd, people_of
from tools.drill.notebook import Notebook, read_lines
from tools.drill.postbag import Postbag
from tools.drill.site import WEB, Site, wait_until
from tools.postgres import free_port

CLIENTS, SECONDS = 12, 3.0
SEED = 1


@pytest.fixture
def site(tmp_path):
    ports = (free_port(), free_port(), free_port())
    return Site(folder=tmp_path, on_postgresql=False, ports=ports, clients=CLIENTS)


@pytest.mark.load
def test_what_was_acknowledged_is_there_after_a_kill_and_what_is_then_lost_is_noticed(site):
    codes = site.prepare()
    with site.open():
        notebook, postbag = Notebook(site.folder / "people.notebook"), Postbag(site.folder / "taken.jsonl")
        people = people_of(codes, clients=CLIENTS, port=site.port)
        crowd = Crowd(people, notebook=notebook, postbag=postbag, seed=SEED, at_once=2)
        crowd.start()
        wait_until(lambda: postbag.to(people[1].email), "the mail")
        assert site.kill(WEB)
        time.sleep(SECONDS)
        wait_until(site.is_ready, "the product")
        wait_until(lambda: crowd.insiders, "a first connection")
        crowd.stop()
        undisturbed = truth_of(site)
        site.run("-m", "tools.drill.sabotage", "journal")
        spoilt = truth_of(site)
    notebook.close()
    postbag.close()

    lines = read_lines([site.folder / "people.notebook"])
    assert count.acknowledged(lines, "access")
    assert not [*count.accesses(lines, undisturbed), *count.steps(lines, undisturbed), *count.nonsense(lines)]
    assert not [*count.passwords(lines, undisturbed), *count.journal(undisturbed)]
    assert list(count.journal(spoilt))


def truth_of(site):
    site.run("-m", "tools.drill.truth", str(site.folder))
    return json.loads((site.folder / "truth.json").read_text())
