"""manage.py frozen_accesses: the gestures of the staff's page, for who has none."""

import io

import pytest
from django.core.management import CommandError, call_command

from parvis.people.actions import freezing, objections
from parvis.people.models import AccessFreeze, EmailLink, PaperNotice
from tests.factories import AgencyFactory, ClientFactory, GrantFactory, StaffMemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return AgencyFactory(slug="tilleuls")


def freeze(user):
    objections.of_login(user, trigger=AccessFreeze.Trigger.PASSWORD_CHANGED, email="j@exemple.fr")
    freezing.freeze(link=EmailLink.objects.latest("pk"))


def say(*words):
    said = io.StringIO()
    call_command("frozen_accesses", "--agency", "tilleuls", *words, stdout=said)
    return said.getvalue()


def test_list_names_who_waits(agency):
    freeze(GrantFactory(client=ClientFactory(agency=agency, customer_reference="10 42-A", reference_key="1042a")).user)

    said = say()

    assert "10 42-A (Alice Fontaine) : gelé le" in said
    assert "1 accès gelé(s), 0 avis à poster." in said


@pytest.mark.parametrize(("gesture", "is_active"), [("--reopen", True), ("--close", False)])
def test_access_is_decided_by_its_identifiant_however_typed(agency, gesture, is_active):
    user = GrantFactory(client=ClientFactory(agency=agency, customer_reference="1042A", reference_key="1042a")).user
    freeze(user)

    say(gesture, "10 42 a")

    user.refresh_from_db()
    row = AccessFreeze.objects.get()
    assert user.is_active is is_active
    assert row.lifted_by == "system"


def test_member_of_the_staff_is_let_in_again(agency):
    user = UserFactory(agency=agency)
    StaffMemberFactory(agency=agency, user=user)
    freeze(user)

    say("--reopen", user.public_id)

    user.refresh_from_db()
    assert user.is_active


def test_notices_are_printed_in_a_new_file_of_its_owner(agency, tmp_path):
    client = ClientFactory(agency=agency)
    PaperNotice.objects.create(
        agency=agency,
        client=client,
        subject="attached",
        masked_email="x•••y@exemple.fr",
        happened_at=freezing.database_now(),
    )
    output = tmp_path / "avis.pdf"

    said = say("--print-notices", str(output))

    assert output.read_bytes().startswith(b"%PDF")
    assert output.stat().st_mode & 0o077 == 0
    assert "1 avis dans" in said
    assert PaperNotice.objects.get().printed_at is not None


@pytest.mark.parametrize("words", [("--reopen", "99"), ("--close", "99"), ("--print-notices", "/nowhere/x.pdf")])
def test_what_is_not_there_is_said(agency, words):
    with pytest.raises(CommandError, match="Aucun"):
        say(*words)


def test_unknown_agency_is_said():
    with pytest.raises(CommandError, match="Aucune agence"):
        say()
