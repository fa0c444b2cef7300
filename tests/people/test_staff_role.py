"""The role of a member of the staff, given by whoever runs the site."""

import pytest
from django.core.management import CommandError, call_command

from parvis.journal.models import Record
from parvis.people.models import StaffMember
from tests.factories import AgencyFactory, StaffMemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def diane():
    agency = AgencyFactory(slug="tilleuls")
    return StaffMemberFactory(agency=agency, user=UserFactory(agency=agency), reference="DH", role="manager")


def given(**options):
    call_command("staff_role", "--agency", "tilleuls", *(f"--{name}={value}" for name, value in options.items()))


def test_first_administrator_is_named_by_a_command(diane):
    given(reference="DH", role="administrator", scope="buildings")

    diane.refresh_from_db()
    assert (diane.desk_role, diane.scope) == ("administrator", "agency")
    assert Record.objects.get().actor_kind == "system"


def test_last_administrator_stays(diane):
    given(reference="DH", role="administrator")

    with pytest.raises(CommandError, match="dernier administrateur"):
        given(reference="DH", role="assistant")
    assert StaffMember.objects.get().desk_role == "administrator"


def test_nobody_of_that_reference(diane):
    with pytest.raises(CommandError, match="Personne"):
        given(reference="XX", role="assistant")
