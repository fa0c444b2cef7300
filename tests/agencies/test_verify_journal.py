"""The command that reads the journal again."""

import pytest
from django.core.management import CommandError, call_command

from parvis.journal.actions import record
from parvis.journal.models import Record
from tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    agency = AgencyFactory(slug="tilleuls")
    for number in range(6):
        record(agency_id=agency.pk, verb="letter.drawn", subject=("client", str(number)))
    return agency


def test_whole_journal_is_said_for_each_agency(agency, capsys):
    record(agency_id=AgencyFactory(slug="autre").pk, verb="elsewhere")

    call_command("verify_journal")

    said = capsys.readouterr().out
    assert "tilleuls : 6 faits, chaîne entière." in said
    assert "autre : 1 fait, chaîne entière." in said


def test_first_broken_link_is_named_and_the_command_fails(agency, capsys):
    Record.objects.filter(position__in=(2, 5)).update(verb="other")

    with pytest.raises(CommandError):
        call_command("verify_journal", agency="tilleuls")

    assert "tilleuls : le maillon 2 a été modifié." in capsys.readouterr().out


def test_head_printed_before_is_compared(agency, capsys):
    call_command("verify_journal", agency="tilleuls")
    noted = capsys.readouterr().out.split("tête ")[1].strip()
    record(agency_id=agency.pk, verb="later")

    call_command("verify_journal", agency="tilleuls", anchor=[noted])

    with pytest.raises(CommandError):
        call_command("verify_journal", agency="tilleuls", anchor=[noted.replace(":6:", ":5:")])


@pytest.mark.parametrize("wrong", [{"agency": "inconnue"}, {"anchor": ["tilleuls"]}])
def test_wrong_choice_is_refused_with_a_sentence(agency, wrong):
    with pytest.raises(CommandError, match=r"Aucune agence|ne se lit pas"):
        call_command("verify_journal", **wrong)
