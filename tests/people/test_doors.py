"""Whose attempts count together."""

import pytest

from parvis.people.actions import doors


@pytest.mark.parametrize(
    ("address", "near", "wide"),
    [
        ("203.0.113.9", "203.0.113.9/32", "203.0.113.0/24"),
        ("::ffff:203.0.113.9", "203.0.113.9/32", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("", "", ""),
        ("unix:", "unix:", "unix:"),
    ],
)
def test_visitor_is_an_ipv4_address_or_an_ipv6_network(address, near, wide):
    assert doors.networks_of(address) == (near, wide)


@pytest.mark.django_db
def test_neighbours_share_a_thousand_tries_an_hour():
    for _ in range(1000):
        doors.throttle.admit(doors.TRIES_OF_A_NEIGHBOURHOOD, key="203.0.113.0/24")

    with pytest.raises(doors.TooManyFromHere):
        doors.admit_visitor("203.0.113.77")
    doors.admit_visitor("203.0.114.77")


@pytest.mark.django_db
def test_two_hundred_tries_an_hour_from_one_address():
    for _ in range(200):
        doors.throttle.admit(doors.TRIES_OF_AN_HOUR, key="203.0.113.9/32")

    with pytest.raises(doors.TooManyFromHere) as refusal:
        doors.admit_visitor("203.0.113.9")
    assert 3000 < refusal.value.wait_seconds <= 3600


@pytest.mark.django_db
def test_an_address_that_people_share_has_the_tries_of_each(settings):
    settings.VISITORS_PER_ADDRESS = 2
    for _ in range(79):
        doors.admit_visitor("203.0.113.9")

    doors.admit_visitor("203.0.113.9")

    with pytest.raises(doors.TooManyFromHere):
        doors.admit_visitor("203.0.113.9")
