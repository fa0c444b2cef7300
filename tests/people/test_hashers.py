"""Argon2id at 19 MiB, two at a time."""

import threading

import pytest
from django.contrib.auth.hashers import check_password, make_password

from parvis.people import hashers


def test_passwords_are_hashed_with_argon2id_at_the_chosen_cost():
    encoded = make_password("Grande#9Tortue")

    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password("Grande#9Tortue", encoded)


def test_comparing_with_nothing_costs_the_same_and_is_never_right():
    assert hashers.NO_PASSWORD.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert not hashers.is_secret("", encoded="")
    assert not hashers.is_secret("A", encoded=hashers.NO_PASSWORD)


def test_two_hashes_at_a_time_and_the_third_waits_less_than_a_second(monkeypatch):
    monkeypatch.setattr(hashers, "LONGEST_WAIT_SECONDS", 0.05)
    release = threading.Event()

    def hold():
        with hashers.hashing_slot():
            release.wait(5)

    holders = [threading.Thread(target=hold) for _ in range(hashers.AT_ONCE)]
    for holder in holders:
        holder.start()
    with pytest.raises(hashers.TooBusy):
        hashers.hash_secret("x")
    release.set()
    for holder in holders:
        holder.join()

    assert hashers.AT_ONCE == 2
    assert hashers.is_secret("x", encoded=hashers.hash_secret("x"))
