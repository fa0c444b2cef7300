"""What the agency's software leaves in its folder: taken once, whole, whoever dies and whatever goes away."""

import datetime as dt
import os

import pytest
from django.db import connection
from django.utils import timezone

from parvis.exchange.actions.intakes import folder as folders
from parvis.exchange.actions.intakes import running, taking
from parvis.exchange.jobs import forget_intakes, tend_intakes
from parvis.exchange.models import FolderFile, Intake
from parvis.kit.storage import document_storage
from parvis.people.models import Client
from tests.exchange.books import balances, confirm, owed
from tests.exchange.intakes import FEC, fec_bytes, package
from tests.exchange.packages import SLUG, example
from tests.factories import AgencyFactory, BuildingFactory, ClientFactory

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(minutes=3)


@pytest.fixture
def agency():
    return AgencyFactory(slug=SLUG, host=example("agency")["host"])


@pytest.fixture
def dropped(agency, settings, tmp_path):
    """The folder of the agency, where its software leaves files."""
    settings.IMPORT_FOLDER = str(tmp_path / "depot")
    place = tmp_path / "depot" / SLUG
    place.mkdir(parents=True)
    return place


def minutes_pass():
    FolderFile.objects.update(seen_at=timezone.now() - LATER)


def look_twice():
    folders.pick_up()
    minutes_pass()
    return folders.pick_up()


def test_file_is_taken_once_it_has_rested_previewed_and_applied_by_itself(dropped):
    (dropped / "paquet.zip").write_bytes(package())

    assert folders.pick_up() == 0
    minutes_pass()
    assert folders.pick_up() == 1
    assert folders.pick_up() == 0
    tend_intakes()
    tend_intakes()

    intake = Intake.objects.get()
    assert (intake.step, intake.state, intake.user) == ("application", "done", None)
    assert Client.objects.count() == 3
    assert (dropped / "paquet.zip").exists()


def test_file_that_still_grows_is_not_taken(dropped):
    path = dropped / "paquet.zip"
    path.write_bytes(package()[:100])
    folders.pick_up()
    minutes_pass()
    path.write_bytes(package())

    assert folders.pick_up() == 0
    minutes_pass()
    assert folders.pick_up() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("paquet.zip", package()[:-60]),
        (FEC, b"JournalCode\tJournalLib\r\nOD\tOp"),
        (FEC, b""),
        ("paquet.zip.part", package()),
        (".paquet.zip", package()),
    ],
)
def test_what_is_not_whole_or_not_ours_is_left_alone(dropped, name, content):
    (dropped / name).write_bytes(content)

    assert look_twice() == 0


def test_link_out_of_the_folder_is_not_followed(dropped, tmp_path):
    (tmp_path / "secret.zip").write_bytes(package())
    (dropped / "lien.zip").symlink_to(tmp_path / "secret.zip")

    assert look_twice() == 0


def test_new_version_of_a_file_is_taken_too(dropped):
    path = dropped / "paquet.zip"
    path.write_bytes(package())
    assert look_twice() == 1
    os.utime(path, ns=(1, 1))

    assert look_twice() == 1
    assert Intake.objects.count() == 2


def test_books_of_a_building_stand_in_its_folder(dropped, agency, tmp_path):
    BuildingFactory(agency=agency, reference="B7")
    (dropped / "B7").mkdir()
    (dropped / "B7" / FEC).write_bytes(fec_bytes(tmp_path, owed("20260105", "450ALICE", "Appel", "412,35")))

    assert look_twice() == 1
    assert Intake.objects.get().options == {"building": "B7"}


def test_file_that_would_take_lines_away_waits_for_somebody(dropped, agency, tmp_path):
    whole = fec_bytes(tmp_path, owed("20260105", "450A", "Appel", "412,35"), owed("20260405", "450A", "Appel", "1,00"))
    (dropped / FEC).write_bytes(whole)
    assert look_twice() == 1
    tend_intakes()
    tend_intakes()
    confirm("450A", ClientFactory(agency=agency), BuildingFactory(agency=agency))
    running.ask_again(Intake.objects.get())
    tend_intakes()
    tend_intakes()
    held = balances(agency.pk)
    (dropped / FEC).write_bytes(fec_bytes(tmp_path, owed("20260105", "450A", "Appel", "412,35")))

    assert look_twice() == 1
    tend_intakes()
    tend_intakes()

    latest = Intake.objects.order_by("-pk").first()
    assert (latest.step, latest.state) == ("preview", "done")
    assert latest.preview["counts"][FEC] == {"retirée": 1}
    assert balances(agency.pk) == held


@pytest.mark.parametrize("away", [True, False], ids=["absent", "empty"])
def test_folder_that_goes_away_and_comes_back_brings_nothing_twice(dropped, away):
    (dropped / "paquet.zip").write_bytes(package())
    assert look_twice() == 1
    elsewhere = dropped.with_name("elsewhere")
    dropped.rename(elsewhere)
    if not away:
        dropped.mkdir()
    FolderFile.objects.update(seen_at=timezone.now() - dt.timedelta(days=400))
    folders.pick_up()
    if not away:
        dropped.rmdir()
    elsewhere.rename(dropped)

    assert look_twice() == 0
    assert Intake.objects.count() == 1


def test_file_gone_alone_is_remembered_then_forgotten_long_after(dropped, tmp_path):
    (dropped / "paquet.zip").write_bytes(package())
    (dropped / FEC).write_bytes(fec_bytes(tmp_path, owed("20260105", "450A", "Appel", "1,00")))
    assert look_twice() == 2
    (dropped / "paquet.zip").unlink()

    folders.pick_up()
    assert FolderFile.objects.count() == 2
    FolderFile.objects.update(seen_at=timezone.now() - folders.REMEMBERED - LATER)
    folders.pick_up()
    assert FolderFile.objects.get().name == FEC


def test_former_version_put_back_is_taken_again(dropped):
    path = dropped / "paquet.zip"
    path.write_bytes(package())
    for instant in (1, 2, 1):
        os.utime(path, ns=(instant, instant))
        assert look_twice() == 1


def test_unreadable_file_stops_neither_the_others_nor_other_agencies_and_is_told_once(dropped, monkeypatch):
    (dropped / "a.zip").write_bytes(package())
    (dropped / "b.zip").write_bytes(package())
    other = dropped.parent / AgencyFactory(slug="zinc", host="zinc.test").slug
    other.mkdir()
    (other / "c.zip").write_bytes(package())
    with monkeypatch.context() as damaged:
        damaged.setattr(folders, "is_whole", whole_but("a.zip"))
        assert look_twice() == 2
        assert folders.pick_up() == 0

    told = Intake.objects.get(file_name="a.zip")
    assert (told.state, told.preview["is_applied"]) == ("done", False)
    assert "ne peut pas être lu" in told.preview["refusals"][0]["reason"]
    assert folders.pick_up() == 1
    assert Intake.objects.filter(file_name="a.zip", state="waiting").count() == 1


def whole_but(name):
    """Reading that file fails, as on a damaged disk."""
    return lambda path: (_ for _ in ()).throw(PermissionError(13, name)) if path.name == name else True


def test_folder_that_cannot_be_looked_at_stops_no_other_agency(dropped, monkeypatch):
    later = dropped.parent / AgencyFactory(slug="zinc", host="zinc.test").slug
    later.mkdir()
    (later / "c.zip").write_bytes(package())
    look = folders.take_whole

    def fail_at_first(agency, folder):
        if folder == dropped:
            raise OSError(5, "Input/output error")
        return look(agency, folder)

    monkeypatch.setattr(folders, "take_whole", fail_at_first)

    assert look_twice() == 1


def test_name_in_another_encoding_is_taken_too(dropped):
    (dropped / os.fsdecode(b"relev\xe9.zip")).write_bytes(package())

    assert look_twice() == 1
    assert FolderFile.objects.get().name == "relev\\udce9.zip"


def test_copy_holds_no_transaction_and_claims_the_file_first(dropped, monkeypatch):
    (dropped / "paquet.zip").write_bytes(package())
    depth, seen = len(connection.savepoint_ids), []
    save = taking.document_storage().save

    class Watching:
        def save(self, name, content):
            row = FolderFile.objects.get()
            seen.append((len(connection.savepoint_ids) - depth, row.taken_at, row.intake.state))
            return save(name, content)

        def __getattr__(self, name):
            return getattr(document_storage(), name)

    monkeypatch.setattr(taking, "document_storage", Watching)

    assert look_twice() == 1
    assert seen == [(0, None, "receiving")]
    assert Intake.objects.get().state == "waiting"


def test_file_whose_copy_was_cut_short_is_taken_again_as_the_same(dropped, monkeypatch):
    (dropped / "paquet.zip").write_bytes(package())
    with monkeypatch.context() as dying:
        dying.setattr(taking, "settled", lambda *_args, **_kwargs: (_ for _ in ()).throw(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            look_twice()

    assert folders.pick_up() == 0
    Intake.objects.update(started_at=timezone.now() - dt.timedelta(minutes=5))
    assert folders.pick_up() == 1
    assert folders.pick_up() == 0
    assert Intake.objects.get().state == "waiting"
    tend_intakes()
    assert Intake.objects.get().preview["is_applied"]


def test_cut_short_then_erased_at_night_is_taken_again(dropped, monkeypatch):
    (dropped / "paquet.zip").write_bytes(package())
    with monkeypatch.context() as dying:
        dying.setattr(taking, "settled", lambda *_args, **_kwargs: (_ for _ in ()).throw(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            look_twice()
    Intake.objects.update(received_at=timezone.now() - dt.timedelta(hours=7))
    assert forget_intakes() == 1

    assert folders.pick_up() == 1


def test_file_that_changes_while_it_is_copied_comes_as_another(dropped, monkeypatch):
    path = dropped / "paquet.zip"
    path.write_bytes(package())
    folders.pick_up()
    minutes_pass()
    beat = taking.Heart.beat
    with monkeypatch.context() as changing:
        changing.setattr(taking.Heart, "beat", lambda heart: (os.utime(path, ns=(5, 5)), beat(heart)))
        assert folders.pick_up() == 0

    assert not Intake.objects.exists()
    assert look_twice() == 1


def test_no_folder_no_pick_up(settings, agency):
    settings.IMPORT_FOLDER = ""

    assert folders.pick_up() == 0
