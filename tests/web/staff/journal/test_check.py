"""The whole chain is read by the worker; its page says what was found, and costs the same however long it is."""

import datetime as dt

import pytest
from django_q.models import OrmQ

from parvis.journal import verifying
from parvis.journal.actions import record
from parvis.journal.models import Record, Verification
from parvis.kit.clock import database_now
from tests.factories import AgencyFactory

PAGE = "/gestion/journal/verification/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(diane, agency, django_capture_on_commit_callbacks):
    """Diane has pressed « Vérifier » on a journal of several facts."""
    for _rank in range(5):
        record(agency_id=agency.pk, verb="shield.raised")
    with django_capture_on_commit_callbacks(execute=True):
        diane.post(PAGE)
    return agency


def shown(diane):
    return diane.get(PAGE).content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def test_nothing_is_said_before_the_first_reading_and_looking_reads_nothing(diane, agency):
    record(agency_id=agency.pk, verb="shield.raised")

    assert "n’a pas encore été relu" in shown(diane)
    assert not Verification.objects.exists()


def test_worker_is_asked_and_the_page_says_what_it_found(diane, asked):
    assert OrmQ.objects.count() == 1
    assert "Vérification en cours" in shown(diane)

    verifying.go_on_verifying(asked.pk)

    page = shown(diane)
    length = Record.objects.filter(agency_id=asked.pk).count()
    assert f"chaîne entière, {length} faits" in page
    assert "en cours" not in page


def test_changed_fact_is_named(diane, asked):
    Record.objects.filter(agency_id=asked.pk, position=2).update(verb="letter.drawn")

    verifying.go_on_verifying(asked.pk)

    assert "le maillon 2 a été modifié" in shown(diane)


def test_second_press_waits_for_the_first_unless_it_has_stopped(diane, asked, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        diane.post(PAGE)
    assert OrmQ.objects.count() == 1

    Verification.objects.update(moved_at=database_now() - dt.timedelta(hours=1))
    with django_capture_on_commit_callbacks(execute=True):
        diane.post(PAGE)

    assert OrmQ.objects.count() == 2


def test_long_reading_goes_on_where_it_was_and_leaves_turns_to_others(diane, asked, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        verifying.go_on_verifying(asked.pk, lasts=0)
    assert "1 fait à cette heure" in shown(diane)
    assert OrmQ.objects.count() == 2

    Record.objects.filter(agency_id=asked.pk, position=1).update(verb="read.already")
    verifying.go_on_verifying(asked.pk)

    assert "chaîne entière" in shown(diane)


def test_reading_of_another_agency_is_not_shown(diane, agency):
    other = AgencyFactory(host="ailleurs.exemple.fr")
    verifying.ask(agency_id=other.pk, by=("system", ""))
    verifying.go_on_verifying(other.pk)

    assert "n’a pas encore été relu" in shown(diane)


def test_page_costs_the_same_however_long_the_journal(diane, asked, assert_flat):
    def grow():
        for _rank in range(40):
            record(agency_id=asked.pk, verb="shield.raised")

    verifying.go_on_verifying(asked.pk)
    assert_flat(PAGE, grow)
