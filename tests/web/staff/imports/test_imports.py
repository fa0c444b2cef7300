"""Imports: a file is brought in, its preview read line by line, applied, its report kept."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from parvis.exchange.actions.intakes import running
from parvis.exchange.jobs import run_intake, tend_intakes
from parvis.exchange.models import FolderFile, ImportRun, Intake
from parvis.kit.identifiers import new_public_id
from parvis.people.models import Client, User
from parvis.web.staff.imports.page import verdict_of
from tests.exchange.books import owed, write_fec
from tests.exchange.factories import PREVIEW, intake_of
from tests.exchange.packages import SLUG, as_csv, example, example_package
from tests.factories import AgencyFactory, BuildingFactory, StaffMemberFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "/gestion/imports/"
FEC = "123456782FEC20261231.txt"


@pytest.fixture
def agency():
    return AgencyFactory(slug=SLUG, host="testserver")


def package(**changes):
    """A package of this agency, some of its files changed."""
    rows = example_package() | {"agency": [example("agency", host="testserver")]} | changes
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, lines in rows.items():
            archive.writestr(f"{name}.csv", as_csv(name, lines))
    return SimpleUploadedFile("paquet.zip", content.getvalue())


def bring(browser, file, **headers):
    return browser.post(LIST, {"package": file, "sending_key": new_public_id()}, **headers)


def address(name, intake):
    return reverse(f"staff:imports-{name}", args=[intake.public_id])


def page_of(browser, intake):
    return browser.get(address("detail", intake)).content.decode()


def worked():
    tend_intakes()
    return Intake.objects.order_by("-pk").first()


def test_from_the_upload_to_the_report(diane, agency):
    answer = bring(diane, package())
    intake = Intake.objects.get()
    assert answer.url == address("detail", intake)
    assert "Aperçu en cours" in page_of(diane, intake)

    page = page_of(diane, worked())
    assert "Rien n’est encore changé" in page
    assert "clients.csv : 3 créées" in page.replace("\u00a0", " ")
    assert not Client.objects.exists()

    diane.post(address("application", intake))
    assert "Application en cours" in page_of(diane, intake)
    page = page_of(diane, worked())

    assert "Import appliqué" in page
    assert Client.objects.count() == 3
    history = diane.get(LIST).content.decode()
    assert "Paquet" in history
    assert "En attente" not in history


def test_what_is_refused_is_told_line_by_line_and_as_a_file(diane, agency):
    wrong = [example("buildings", postal_code="7501700000000")]
    bring(diane, package(buildings=wrong))
    intake = worked()

    page = page_of(diane, intake)
    table = diane.get(address("refusals", intake))

    assert "Ce qui est refusé" in page
    assert "buildings.csv, ligne 2" in page
    assert "buildings.csv" in table.content.decode()
    assert table.headers["Content-Type"].startswith("text/csv")


def test_what_would_change_is_told_with_what_it_was(diane, agency):
    bring(diane, package())
    running.ask_to_apply(worked())
    tend_intakes()
    rows = example_package()["clients"]
    rows[0] = example("clients", last_name="Vasseur")

    bring(diane, package(clients=rows))
    intake = worked()

    assert "devient « Vasseur »" in page_of(diane, intake).replace("\u00a0", " ")
    assert "Vasseur" in diane.get(address("changes", intake)).content.decode()


def test_same_file_again_says_that_it_changes_nothing(diane, agency):
    bring(diane, package())
    running.ask_to_apply(worked())
    tend_intakes()

    bring(diane, package())

    assert "ne change rien à ce que Parvis savait déjà" in page_of(diane, worked())


def test_refused_file_is_told_and_has_no_button_to_apply(diane, agency):
    bring(diane, package(agency=[example("agency", slug="autre")]))
    intake = worked()

    page = page_of(diane, intake)
    assert "Ce fichier est refusé" in page
    assert ">Appliquer<" not in page
    diane.post(address("application", intake))
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("photo.jpg", b"\xff\xd8\xff", "ni un paquet (ZIP) ni un FEC (TXT)"),
        ("vide.zip", b"", "Ce fichier est vide"),
    ],
)
def test_file_that_is_none_is_refused_beside_its_field(diane, name, content, reason):
    file = SimpleUploadedFile(name, content)

    assert reason in bring(diane, file).content.decode()
    answer = bring(diane, SimpleUploadedFile(name, content), headers={"accept": "application/json"})
    assert reason in answer.json()["refused"]
    assert not Intake.objects.exists()


def test_script_is_told_where_the_preview_is(diane, agency):
    answer = bring(diane, package(), headers={"accept": "application/json"})

    assert answer.json() == {"refused": "", "next": address("detail", Intake.objects.get())}


def test_form_sent_twice_brings_in_one_file(diane, agency):
    key = new_public_id()
    for _ in range(2):
        diane.post(LIST, {"package": package(), "sending_key": key})

    assert Intake.objects.count() == 1


def test_fec_is_read_otherwise_then_previewed_again(diane, agency, tmp_path):
    BuildingFactory(agency=agency, reference="B7")
    content = write_fec(tmp_path, owed("20260105", "450ALICE", "Appel", "412,35")).read_bytes()
    bring(diane, SimpleUploadedFile(FEC, content))
    intake = worked()

    diane.post(address("detail", intake), {"building": "B7", "begins_on": "", "ends_on": ""})
    intake = worked()

    assert intake.options == {"building": "B7"}
    assert intake.preview["is_applied"]


def test_half_an_exercise_is_refused_beside_its_field(diane, agency):
    intake = intake_of(agency.user_set.get(), source="fec", file_name=FEC)

    page = diane.post(address("detail", intake), {"begins_on": "2026-01-01"}).content.decode()

    assert "donnez les deux" in page


def test_accounts_without_a_client_are_told_and_the_file_comes_in_again(diane, agency, tmp_path):
    content = write_fec(tmp_path, owed("20260105", "450ALICE", "Appel", "412,35")).read_bytes()
    bring(diane, SimpleUploadedFile(FEC, content))
    diane.post(address("application", worked()))
    intake = worked()

    page = page_of(diane, intake)
    assert "Rattachez-les" in page
    diane.post(address("again", intake))

    assert "Aperçu en cours" in page_of(diane, intake)


def test_run_that_died_is_told_and_launched_again(diane, agency):
    bring(diane, package())
    intake = worked()
    Intake.objects.filter(pk=intake.pk).update(state="interrupted")

    assert "Le travail s’est arrêté avant sa fin" in page_of(diane, intake)
    diane.post(address("again", intake))

    assert worked().state == "done"


def test_while_it_runs_nothing_else_is_asked_of_it(diane, agency):
    intake = intake_of(agency.user_set.get(), state="running")

    for name in ("again", "abandon", "application"):
        diane.post(address(name, intake))

    intake.refresh_from_db()
    assert intake.state == "running"


def test_file_left_aside_is_told_so(diane, agency):
    bring(diane, package())
    intake = worked()

    page = diane.post(address("abandon", intake), follow=True).content.decode()

    assert "rien n’a été changé" in page
    assert "a été abandonné" in page_of(diane, intake)


def test_options_of_commands_are_not_told_on_pages(diane, agency):
    said = {"notes": ["Rien n’est fermé : relancez avec --prune pour clore ce qui manque."]}
    intake = intake_of(agency.user_set.get(), preview={**PREVIEW, **said})

    page = page_of(diane, intake)

    assert "--prune" not in page
    assert "cochez « Clore ce que le paquet ne contient plus »" in page


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({}, "Ce fichier ne change rien à ce que Parvis savait déjà."),
        ({"waiting": 2}, "2 lignes attendront qu’un client soit donné à leur compte."),
        ({"refused": 1}, "Rien ne changerait\u00a0: 1 ligne est refusée."),
        ({"changes_nothing": False, "withheld_accounts": 1}, "1 compte sera en situation incomplète."),
        ({"changes_nothing": False}, "Voici ce que ferait l’import."),
        ({"is_applied": False}, "Ce fichier est refusé"),
    ],
)
def test_preview_is_told_in_one_sentence(facts, verdict):
    assert verdict in verdict_of(PREVIEW | facts)


def test_history_costs_the_same_with_many_imports(diane, agency, assert_flat):
    moment = timezone.now()
    facts = {"agency": agency, "state": "applied", "digest": "0" * 64, "started_at": moment, "ended_at": moment}
    ImportRun.objects.create(**facts)

    assert_flat(LIST, lambda: [ImportRun.objects.create(**facts) for _ in range(15)])


def test_other_agency_s_files_do_not_exist(diane, agency):
    theirs = intake_of(intake_owner())

    assert diane.get(address("detail", theirs)).status_code == 404
    assert not run_intake("inconnu")


def intake_owner():
    user = UserFactory()
    StaffMemberFactory(agency=user.agency, user=user)
    return user


def test_what_was_seen_in_the_folder_is_shown(diane, agency, settings, tmp_path):
    assert "Dossier de l’agence" not in diane.get(LIST).content.decode()
    settings.IMPORT_FOLDER = str(tmp_path)
    assert "Rien n’y a encore été vu." in diane.get(LIST).content.decode()

    now = timezone.now()
    FolderFile.objects.create(agency=agency, name="paquet.zip", size=1, modified_ns=1, seen_at=now)
    FolderFile.objects.create(
        agency=agency,
        name=FEC,
        size=2,
        modified_ns=2,
        seen_at=now,
        taken_at=now,
        intake=intake_of(User.objects.get(staffmember__isnull=False)),
    )

    page = diane.get(LIST).content.decode()

    assert "paquet.zip" in page
    assert "pas encore pris" in page
    assert page.count("Voir l’import") == 1
