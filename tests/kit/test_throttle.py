"""Counters that every door and process shares: exact under parallel attempts, by the database's clock."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from parvis.kit import throttle
from parvis.kit.models import AttemptCounter

PER_MINUTE = throttle.Limit(name="per-minute", allowed=3, seconds=60)
LOCK = throttle.Lock(name="door", waits={5: 60, 6: 120}, longest=600, closed_after=9)


def let_time_pass():
    """As if every window and every lock were over, but the count of failures stays."""
    AttemptCounter.objects.update(window_ends_ms=0, locked_until_ms=0)


def fail(times):
    return [throttle.reserve_try(LOCK, key="k") for _ in range(times)]


@pytest.mark.django_db
def test_limit_admits_what_it_allows_then_says_how_long_to_wait():
    answers = [throttle.admit(PER_MINUTE, key="a") for _ in range(5)]

    assert answers[:3] == [0, 0, 0]
    assert all(55 <= wait <= 60 for wait in answers[3:])


@pytest.mark.django_db
def test_limit_opens_again_after_its_window():
    for _ in range(4):
        throttle.admit(PER_MINUTE, key="a")

    let_time_pass()

    assert throttle.admit(PER_MINUTE, key="a") == 0


@pytest.mark.django_db
def test_limits_and_keys_are_counted_apart():
    for _ in range(4):
        throttle.admit(PER_MINUTE, key="a")

    other = throttle.Limit(name="other", allowed=3, seconds=60)

    assert throttle.admit(PER_MINUTE, key="b") == 0
    assert throttle.admit(other, key="a") == 0


@pytest.mark.django_db
def test_fifth_failure_closes_the_door_for_a_minute_and_nothing_more_is_counted():
    tries = fail(5)

    assert tries[:4] == [(True, 0)] * 4
    assert tries[4][0]
    assert 55 <= tries[4][1] <= 60
    assert fail(3)[-1][0] is False
    assert AttemptCounter.objects.get().count == 5


@pytest.mark.django_db
def test_each_later_failure_waits_longer_until_the_door_stays_closed():
    fail(5)
    waits = []
    for _ in range(4):
        let_time_pass()
        waits.append(fail(1)[0][1])

    assert [round(wait, -1) for wait in waits[:3]] == [120, 600, 600]
    assert waits[3] > 50 * 365 * 24 * 3600


@pytest.mark.django_db
def test_success_starts_again_from_nothing():
    fail(5)

    throttle.forget(LOCK, "k")

    assert fail(4) == [(True, 0)] * 4


@pytest.mark.django_db
def test_closed_doors_are_remembered_and_the_rest_is_forgotten():
    fail(9)
    throttle.admit(PER_MINUTE, key="a")
    AttemptCounter.objects.update(window_ends_ms=0)
    AttemptCounter.objects.filter(count=5).update(locked_until_ms=2**60)

    assert throttle.forget_old() == 1
    assert throttle.remaining_wait(LOCK, key="k") > 0


def in_parallel(gesture, *, times):
    def one(_):
        try:
            return gesture()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=times) as pool:
        return list(pool.map(one, range(times)))


@pytest.mark.load
@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_instant_are_all_counted_and_five_at_most_are_made():
    tries = in_parallel(lambda: throttle.reserve_try(LOCK, key="k"), times=24)

    assert sum(may for may, _ in tries) == 5
    assert AttemptCounter.objects.get().count == 5


@pytest.mark.load
@pytest.mark.django_db(transaction=True)
def test_attempts_at_the_same_instant_are_counted_one_by_one():
    waits = in_parallel(lambda: throttle.admit(PER_MINUTE, key="a"), times=24)

    assert waits.count(0) == 3
    assert AttemptCounter.objects.get().count == 24
