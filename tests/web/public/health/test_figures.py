"""The figures for who watches the site: who may read them, and that they tell the truth."""

import datetime as dt
import os

import pytest
from django.db import OperationalError, connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_q.models import OrmQ, Schedule, Task
from prometheus_client.parser import text_string_to_metric_families

from parvis.exchange.models import ImportRun
from parvis.journal.actions import record
from parvis.mail.models import OutboxMessage
from parvis.people.models import SiteShield
from tests.factories import AgencyFactory, ClientFactory
from tests.mail.factories import queued

TOKEN = "k" * 40
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def watched(settings, tmp_path):
    settings.METRICS_TOKEN = TOKEN
    settings.DATA_DIR = tmp_path


@pytest.fixture
def figures(client, db):
    """Ask for the page: each figure by its name, or by its name and the value of its label."""

    def ask():
        answer = client.get("/sante/mesures", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/plain; version=")
        families = text_string_to_metric_families(answer.content.decode())
        samples = [sample for family in families for sample in family.samples]
        return {(name.removeprefix("parvis_"), *labels.values()): value for name, labels, value, *_ in samples}

    return ask


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer é"])
def test_page_does_not_exist_without_the_token(client, header):
    assert client.get("/sante/mesures", headers={"Authorization": header}).status_code == 404


@pytest.mark.django_db
def test_page_does_not_exist_where_no_token_is_set(client, settings):
    settings.METRICS_TOKEN = ""

    assert client.get("/sante/mesures", headers={"Authorization": "Bearer "}).status_code == 404


def test_new_site_has_nothing_to_say(figures, settings):
    found = figures()

    assert found["build_info", settings.VERSION] == 1
    assert found["database_up",] == 1
    assert found["data_free_bytes",] > 0
    for name in ("migrations_missing", "messages_waiting", "messages_refused", "jobs_waiting", "shield_up"):
        assert found[name,] == 0
    assert found["last_backup_timestamp_seconds",] == 0


def test_messages_are_counted_by_what_became_of_them(figures):
    agency = AgencyFactory()
    for state in ("queued", "queued", "refused", "sent"):
        message = queued(agency=agency)
        if state != "queued":
            ended = {"state": state, "next_attempt_at": None, "ended_at": timezone.now() - HOUR / 2}
            OutboxMessage.objects.filter(pk=message.pk).update(**ended)
    OutboxMessage.objects.filter(state="queued").update(created_at=timezone.now() - 2 * HOUR)

    found = figures()

    assert found["messages_waiting",] == 2
    assert 7200 <= found["messages_oldest_waiting_seconds",] < 7300
    assert found["messages_refused",] == 1
    assert [found["messages_ended_last_hour", state] for state in ("sent", "refused", "expired")] == [1, 1, 0]


def test_worker_that_stands_still_is_seen(figures):
    now = timezone.now()
    Schedule.objects.create(func="math.sqrt", name="essai", next_run=now - HOUR)
    OrmQ.objects.create(key="parvis", payload="x", lock=now)
    Task.objects.create(id="a" * 32, name="essai", func="math.sqrt", started=now - HOUR, stopped=now - HOUR)

    found = figures()

    assert 3600 <= found["schedule_late_seconds",] < 3700
    assert found["jobs_waiting",] == 1
    assert found["worker_last_job_timestamp_seconds",] == pytest.approx((now - HOUR).timestamp(), abs=1)


def test_last_import_of_each_agency(figures):
    now = timezone.now()
    one, other = AgencyFactory(slug="tilleuls", data_as_of=dt.date(2026, 11, 20)), AgencyFactory(slug="acacias")
    for agency, state, refused in ((one, "refused", 9), (one, "applied", 4), (other, "refused", 0)):
        ImportRun.objects.create(agency=agency, state=state, digest="x", started_at=now, ended_at=now, refused=refused)

    found = figures()

    assert found["last_import_timestamp_seconds", "tilleuls"] == pytest.approx(now.timestamp(), abs=1)
    assert [found["last_import_applied", slug] for slug in ("tilleuls", "acacias")] == [1, 0]
    assert [found["last_import_refused_rows", slug] for slug in ("tilleuls", "acacias")] == [4, 0]
    assert found["books_as_of_timestamp_seconds", "tilleuls"] == dt.datetime(2026, 11, 20, tzinfo=dt.UTC).timestamp()


def test_sign_ins_of_the_last_minutes(figures):
    agency = AgencyFactory()
    for verb in ("sign-in.succeeded", "sign-in.by-passkey", "letter.drawn"):
        record(agency_id=agency.pk, verb=verb)
    for verb in ("sign-in.refused", "second-step.refused", "second-proof.refused"):
        record(agency_id=agency.pk, verb=verb)

    found = figures()

    assert [found["sign_ins_last_five_minutes", outcome] for outcome in ("succeeded", "refused")] == [2, 3]


def test_shield_that_is_up(figures):
    now = timezone.now()
    SiteShield.objects.create(raised_at=now, until=now + HOUR, wrong_codes=51, identifiers=21)

    assert figures()["shield_up",] == 1


def test_missing_migration_and_last_safety_copy(figures, settings):
    MigrationRecorder.Migration.objects.filter(app="agencies").first().delete()
    (settings.DATA_DIR / "last-backup").touch()
    os.utime(settings.DATA_DIR / "last-backup", (1_700_000_000, 1_700_000_000))

    found = figures()

    assert found["migrations_missing",] == 1
    assert found["last_backup_timestamp_seconds",] == 1_700_000_000


def test_database_that_is_away_is_a_figure_too(figures):
    def refuse(*_arguments):
        raise OperationalError("connection refused")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connections["default"], "cursor", refuse)
        found = figures()

    assert found["database_up",] == 0
    assert ("messages_waiting",) not in found


def test_cost_does_not_grow_with_the_clients(client, db, django_assert_max_num_queries):
    agency = AgencyFactory()
    ClientFactory.create_batch(20, agency=agency)
    for _ in range(20):
        queued(agency=agency)

    with django_assert_max_num_queries(12):
        client.get("/sante/mesures", headers={"Authorization": f"Bearer {TOKEN}"})


def test_figures_name_nobody(client, db):
    agency = AgencyFactory(slug="tilleuls")
    message = queued(agency=agency)

    page = client.get("/sante/mesures", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()

    assert message.to_address not in page
    assert message.public_id not in page
