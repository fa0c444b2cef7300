"""The telephones of the demonstration's staff show codes that open."""

import pytest

from parvis.demo import telephones
from parvis.people.actions import authenticators
from parvis.people.models import Authenticator
from tests.factories import AgencyFactory, StaffMemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def elise():
    user = UserFactory(agency=AgencyFactory(), email="e.hamon@exemple.fr")
    StaffMemberFactory(agency=user.agency, user=user)
    telephones.give_telephone(user)
    return user


def code_of(user):
    (shown,) = telephones.codes_now()
    assert shown.email == user.email
    return shown.code


def test_code_shown_opens_and_the_next_one_is_another(elise):
    first = code_of(elise)
    authenticators.use(user=elise, typed=first)
    second = code_of(elise)
    authenticators.use(user=elise, typed=second)

    assert first != second


def test_no_code_is_shown_that_would_be_refused(elise):
    Authenticator.objects.update(last_step=10**12)

    assert code_of(elise) == ""


def test_telephone_given_twice_is_the_same(elise):
    telephones.give_telephone(elise)

    assert Authenticator.objects.count() == 1
