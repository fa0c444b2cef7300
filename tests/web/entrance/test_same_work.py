"""A refusal takes the same time whoever was named: the same hashes are computed, the answer waits for its turn."""

import random
import time
from functools import partial

import pytest
from django.test import Client as Browser

from parvis.kit.models import AttemptCounter
from parvis.people import former_hashes, hashers
from parvis.people.access import former_password_like
from parvis.people.actions import sign_in as actions
from parvis.people.actions.former import wrap_former_hash
from parvis.people.models import FormerPassword
from tests.factories import ClientFactory
from tests.web.entrance.cast import active_client, client_of_former_portal, client_with_letter, sign_in

KINDS = {"known": "10427837", "unknown": "99999999", "former": "10427836", "letter": "10427835", "mail": "n@exemple.fr"}
DOORS = ["/connexion/", "/premiere-connexion/"]
SAMPLES = 400
MOST_TOLD = 0.55
OLD_HASH = "pbkdf2_sha256$10000$sel$bu0uy+inxNL6bXtxsFL5FZ2Vtmer/2emaAEQvTT0gQU="


@pytest.fixture
def everybody(agency):
    """One of each kind, the former portal's hashes as dear as ten of ours here."""
    active_client(agency, customer_reference=KINDS["known"])
    client_with_letter(agency, customer_reference=KINDS["letter"])
    client_of_former_portal(agency, customer_reference=KINDS["former"])
    wrapped = wrap_former_hash(OLD_HASH)
    FormerPassword.objects.update(scheme=wrapped.scheme, wrapped=wrapped.wrapped)


@pytest.mark.parametrize("secret", ["faux", "000000"])
def test_same_hashes_are_computed_whoever_is_named(everybody, secret, monkeypatch):
    done = []
    spy(monkeypatch, hashers.Argon2idHasher, "verify", done)
    spy(monkeypatch, former_hashes.Scheme, "apply_to", done)
    work = {}

    for kind, identifier in KINDS.items():
        done.clear()
        sign_in(Browser(), identifier, secret)
        work[kind] = sorted(done)

    expected = ["apply_to", "verify", "verify"] if secret == "000000" else ["apply_to", "verify"]
    assert work == dict.fromkeys(KINDS, expected)


def test_stand_in_of_an_identifiant_is_drawn_from_all_notations_and_stays(everybody):
    for number, notation in enumerate(["sha1$s$" + "a" * 40, "sha256$s$" + "a" * 64, "md5$s$" + "a" * 32]):
        wrapped = wrap_former_hash(notation)
        client = ClientFactory(customer_reference=f"f{number}")
        FormerPassword.objects.create(client=client, scheme=wrapped.scheme, wrapped=wrapped.wrapped)

    drawn = {key: former_password_like(key).scheme for key in map(str, range(60))}

    assert len(set(drawn.values())) == 4
    assert drawn == {key: former_password_like(key).scheme for key in drawn}


def spy(monkeypatch, owner, name, done):
    true = getattr(owner, name)

    def seen(*args):
        done.append(name)
        return true(*args)

    monkeypatch.setattr(owner, name, seen)


def test_refusal_waits_for_its_turn_and_success_does_not(everybody, monkeypatch):
    monkeypatch.setattr(actions, "ANSWER_EVERY_SECONDS", 0.4)
    browser = Browser()
    browser.get("/connexion/")

    refused = seconds_of(sign_in, browser, KINDS["unknown"], "faux")

    assert refused >= 0.4


def seconds_of(gesture, *args, **kwargs):
    started = time.perf_counter()
    gesture(*args, **kwargs)
    return time.perf_counter() - started


def in_drawn_order(one, other):
    """Both times; which is measured first is drawn, so that nothing that comes back regularly falls on one of them."""
    if random.random() < 0.5:
        return one(), other()
    second = other()
    return one(), second


def told(times, others):
    """The chance that a time of the first kind is longer than one of the second (AUC); 0.5 tells nothing."""
    wins = sum((one > other) + 0.5 * (one == other) for one in times for other in others)
    area = wins / (len(times) * len(others))
    return max(area, 1 - area)


def tells_nothing(measure):
    """Whether times of the two kinds are alike. Equal ones differ by chance once in twelve, three times never."""
    return any(told(*measure()) <= MOST_TOLD for _ in range(3))


@pytest.mark.load
@pytest.mark.parametrize("door", DOORS)
def test_time_of_a_refusal_does_not_tell_who_exists(everybody, door, monkeypatch):
    monkeypatch.setattr(actions, "ANSWER_EVERY_SECONDS", 0.05)
    browser = Browser()
    somebody = [identifier for kind, identifier in KINDS.items() if kind != "unknown"]

    def refuse(identifier, *, number):
        AttemptCounter.objects.all().delete()
        return seconds_of(sign_in, browser, identifier, "000000" if number % 2 else "faux", door=door)

    def measure():
        pairs = [
            in_drawn_order(
                partial(refuse, KINDS["unknown"], number=number),
                partial(refuse, somebody[number % len(somebody)], number=number),
            )
            for number in range(SAMPLES // 2)
        ]
        return zip(*pairs, strict=True)

    assert tells_nothing(measure)


@pytest.mark.load
def test_time_of_a_forgotten_password_does_not_tell_who_exists(everybody):
    browser = Browser()

    def request(identifier):
        AttemptCounter.objects.all().delete()
        return seconds_of(browser.post, "/mot-de-passe-oublie/", {"identifier": identifier})

    def measure():
        pairs = [
            in_drawn_order(lambda: request(KINDS["known"]), lambda: request(KINDS["unknown"]))
            for _ in range(SAMPLES // 2)
        ]
        return zip(*pairs, strict=True)

    assert tells_nothing(measure)
