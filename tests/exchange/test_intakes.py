"""Files that the agency brings in: previewed, applied once, safe when the worker dies, told when it did."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from parvis.exchange.actions.intakes import progress, running
from parvis.exchange.actions.intakes.receiving import FileUnknown, NothingThere, receive
from parvis.exchange.jobs import forget_intakes, run_intake, tend_intakes
from parvis.exchange.models import FecAccount, ImportRun, Intake
from parvis.journal.models import Record
from parvis.kit.storage import document_storage
from parvis.ledger.models import Entry
from parvis.people.models import Client
from tests.exchange.books import confirm, owed
from tests.exchange.intakes import FEC, fec_bytes, package
from tests.exchange.packages import SLUG, example, example_package
from tests.factories import AgencyFactory, BuildingFactory, ClientFactory, StaffMemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return AgencyFactory(slug=SLUG, host=example("agency")["host"])


@pytest.fixture
def diane(agency):
    return StaffMemberFactory(agency=agency, user=UserFactory(agency=agency)).user


def brought(user, content=None, name="paquet.zip", **options):
    file = ContentFile(content or package())
    return receive(agency=user.agency, user=user, file=file, name=name, **options)


def done(intake):
    run_intake(intake.public_id)
    intake.refresh_from_db()
    return intake


def applied(intake):
    done(intake)
    assert running.ask_to_apply(intake)
    return done(intake)


def test_package_is_previewed_and_nothing_is_written(diane):
    intake = done(brought(diane))

    assert (intake.step, intake.state, intake.source) == ("preview", "done", "package")
    assert intake.preview["is_applied"]
    assert intake.preview["counts"]["clients.csv"] == {"créée": 3}
    assert not Client.objects.exists()
    assert not ImportRun.objects.exists()


def test_then_applied_with_its_report(diane):
    intake = applied(brought(diane))

    assert (intake.step, intake.state) == ("application", "done")
    assert intake.run.created + intake.run.changed == intake.run.read
    assert Client.objects.count() == 3
    assert Record.objects.filter(verb="package_applied").count() == 1


def test_same_file_again_changes_nothing(diane):
    applied(brought(diane))

    again = done(brought(diane))

    assert again.preview["changes_nothing"]
    assert running.ask_to_apply(again)
    assert done(again).run.unchanged == again.run.read


def test_form_sent_twice_brings_in_one_file(diane):
    key = "a" * 26

    assert brought(diane, sending_key=key) == brought(diane, sending_key=key)
    assert Intake.objects.count() == 1


def test_file_cut_short_before_its_bytes_were_kept_is_taken_up_by_the_same_key(diane, monkeypatch):
    key = "a" * 26
    monkeypatch.setattr(type(document_storage()), "save", killed)
    with pytest.raises(OSError, match="killed"):
        brought(diane, sending_key=key)
    monkeypatch.undo()
    assert Intake.objects.get().state == "receiving"

    assert done(brought(diane, sending_key=key)).preview["is_applied"]
    assert Intake.objects.count() == 1


def killed(*_what, **_ever):
    raise OSError("killed")


def test_refused_package_says_why_and_cannot_be_applied(diane):
    rows = example_package()
    del rows["clients"]

    intake = done(brought(diane, package(rows)))

    assert not intake.preview["is_applied"]
    assert "clients.csv" in intake.preview["refusals"][0]["reason"]
    assert not running.ask_to_apply(intake)


def test_damaged_zip_is_a_refusal_not_a_crash(diane):
    intake = done(brought(diane, package()[:-40]))

    assert intake.state == "done"
    assert not intake.preview["is_applied"]


@pytest.mark.parametrize(("content", "name"), [(b"%PDF-1.4", "facture.pdf"), (b"MZ", "virus.exe")])
def test_what_is_neither_package_nor_fec_stays_at_the_door(diane, content, name):
    with pytest.raises(FileUnknown):
        brought(diane, content, name)
    assert not Intake.objects.exists()


def test_empty_file_stays_at_the_door(diane):
    with pytest.raises(NothingThere):
        receive(agency=diane.agency, user=diane, file=ContentFile(b""), name="a.zip")


@pytest.mark.parametrize("name", [f"../../{FEC}", f"C:\\temp\\{FEC}", f"/etc/{FEC}"])
def test_name_of_the_file_leads_nowhere(diane, tmp_path, name):
    intake = brought(diane, fec_bytes(tmp_path, owed("20260105", "450A", "Appel", "1,00")), name)

    assert intake.file_name == FEC


def test_fec_waits_for_its_clients_then_comes_in_again(diane, agency, tmp_path):
    content = fec_bytes(tmp_path, owed("20260105", "450ALICE", "Appel", "412,35"))
    intake = applied(brought(diane, content, FEC))
    assert (intake.source, intake.run.waiting) == ("fec", 1)
    confirm("450ALICE", ClientFactory(agency=agency), BuildingFactory(agency=agency))

    assert running.ask_again(intake)
    intake = applied(intake)

    assert intake.run.created == 1
    assert Entry.objects.count() == 1
    assert ImportRun.objects.count() == 2


def test_fec_of_one_building_names_it(diane, agency, tmp_path):
    content = fec_bytes(tmp_path, owed("20260105", "450ALICE", "Appel", "412,35"))
    BuildingFactory(agency=agency, reference="B7")

    wrong = done(brought(diane, content, FEC, building="B8"))
    right = applied(brought(diane, content, FEC, building="B7"))

    assert not wrong.preview["is_applied"]
    assert right.run.state == "applied"
    assert set(FecAccount.objects.values_list("book__building__reference", flat=True)) == {"B7"}


def test_parcel_of_documents_is_known_by_its_index(diane):
    rows = {"documents": [example("documents")]}

    intake = done(brought(diane, package(rows)))

    assert intake.source == "papers"


# Who dies, who comes twice


def test_worker_that_dies_is_told_and_the_file_runs_again(diane, monkeypatch):
    intake = done(brought(diane))
    running.ask_to_apply(intake)
    monkeypatch.setattr(running, "brought_in", lambda *_args, **_kwargs: (_ for _ in ()).throw(MemoryError()))
    with pytest.raises(MemoryError):
        run_intake(intake.public_id)
    intake.refresh_from_db()
    assert intake.state == "interrupted"
    monkeypatch.undo()

    assert running.ask_again(intake)
    intake = applied(intake)
    assert intake.run.created + intake.run.changed == intake.run.read


def test_run_without_a_sign_of_life_for_a_minute_is_told_as_dead(diane):
    intake = brought(diane)
    long_ago = timezone.now() - dt.timedelta(minutes=5)
    Intake.objects.filter(pk=intake.pk).update(state="running", started_at=long_ago)

    tend_intakes()

    intake.refresh_from_db()
    assert intake.state == "interrupted"


def test_run_that_lives_is_left_alone_and_tells_its_news(diane):
    intake = brought(diane)
    Intake.objects.filter(pk=intake.pk).update(state="running", started_at=timezone.now() - dt.timedelta(minutes=5))

    with progress.Heart(intake) as heart:
        heart("entries.csv : 1000 lignes lues")
        heart.beat()
        tend_intakes()
        told = progress.progress_of(intake)

    intake.refresh_from_db()
    assert intake.state == "running"
    assert told.news == "entries.csv\u00a0: 1000 lignes lues"
    assert progress.progress_of(intake) is None


def test_application_that_was_committed_is_known_though_its_worker_died(diane, monkeypatch):
    intake = done(brought(diane))
    running.ask_to_apply(intake)
    monkeypatch.setattr(running, "settle", lambda *_args, **_kwargs: (_ for _ in ()).throw(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        run_intake(intake.public_id)

    intake.refresh_from_db()
    assert (intake.state, intake.run.state) == ("done", "applied")


def test_one_at_a_time_for_an_agency_and_the_next_waits_its_turn(diane):
    first, second = brought(diane), brought(diane)
    Intake.objects.filter(pk=first.pk).update(state="running", started_at=timezone.now())

    assert not run_intake(second.public_id)
    second.refresh_from_db()
    assert second.state == "waiting"
    with pytest.raises(IntegrityError), transaction.atomic():
        Intake.objects.filter(pk=second.pk).update(state="running", started_at=timezone.now())

    Intake.objects.filter(pk=first.pk).update(state="interrupted")
    assert tend_intakes() == 1


def test_job_that_comes_twice_does_it_once(diane):
    intake = applied(brought(diane))

    assert not run_intake(intake.public_id)
    assert ImportRun.objects.count() == 1


def test_given_up_is_erased_and_applies_no_more(diane, django_capture_on_commit_callbacks):
    intake = done(brought(diane))

    with django_capture_on_commit_callbacks(execute=True):
        assert running.give_up(intake)

    assert not document_storage().exists(intake.storage_name)
    assert not running.ask_to_apply(intake)


def test_night_erases_files_of_a_month_ago_and_keeps_their_reports(diane):
    intake = applied(brought(diane))
    Intake.objects.update(received_at=timezone.now() - dt.timedelta(days=31))

    assert forget_intakes() == 1
    assert ImportRun.objects.count() == 1
    assert not document_storage().exists(intake.storage_name)
