"""What the machines that watch the site are told."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from parvis.mail.models import OutboxMessage
from tests.factories import AgencyFactory

HOUR = timedelta(hours=1)


@pytest.fixture
def no_database(db):
    """A server that does not answer."""

    def refuse(*_arguments):
        raise OperationalError("connection refused")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connections["default"], "cursor", refuse)
        yield


def queue_message(*, due):
    now = timezone.now()
    return OutboxMessage.objects.create(
        agency=AgencyFactory(),
        kind="test",
        to_address="alice@exemple.fr",
        subject="Essai",
        sealed_body="x",
        message_id="<essai@exemple.fr>",
        created_at=now - HOUR,
        next_attempt_at=now + due,
    )


def test_alive_asks_nothing_of_the_database(client, no_database):
    response = client.get("/sante/vivante")

    assert (response.status_code, response.json()) == (200, {"etat": "vivante"})


@pytest.mark.django_db
def test_ready_when_everything_runs(client):
    response = client.get("/sante/prete")

    assert response.status_code == 200
    assert set(response.json().values()) == {"prête", "ok"}


def test_not_ready_without_database(client, no_database):
    response = client.get("/sante/prete")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert (response.json()["etat"], response.json()["base"]) == ("indisponible", "absent")


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client):
    MigrationRecorder.Migration.objects.filter(app="agencies").delete()

    response = client.get("/sante/prete")

    assert response.status_code == 503
    assert (response.json()["base"], response.json()["migrations"]) == ("ok", "absent")


@pytest.mark.django_db
def test_waiting_message_says_that_the_worker_is_behind(client):
    queue_message(due=-HOUR)

    response = client.get("/sante/prete")

    assert response.status_code == 200
    assert (response.json()["etat"], response.json()["messages"]) == ("prête, travail en retard", "en retard")


@pytest.mark.django_db
def test_message_put_off_after_a_failure_is_on_time(client):
    queue_message(due=HOUR)

    response = client.get("/sante/prete")

    assert response.json()["messages"] == "ok"


@pytest.mark.django_db
def test_waiting_job_says_that_the_worker_is_behind(client):
    OrmQ.objects.create(key="parvis", payload="x", lock=timezone.now() - HOUR)

    response = client.get("/sante/prete")

    assert response.json()["travaux"] == "en retard"


@pytest.mark.django_db
def test_missed_schedule_says_that_the_worker_is_behind(client):
    Schedule.objects.create(func="math.sqrt", name="essai", next_run=timezone.now() - HOUR)

    response = client.get("/sante/prete")

    assert response.json()["travaux"] == "en retard"
