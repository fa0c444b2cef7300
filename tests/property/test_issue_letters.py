"""The command that prints letters: who is chosen, the file, and what it says."""

import datetime as dt
import stat

import pikepdf
import pytest
from django.core.management import CommandError, call_command

from parvis.people import letter_files
from parvis.people.actions import letters
from parvis.people.models import FormerPassword, Letter
from parvis.property.management.commands import issue_letters
from tests.factories import (
    AgencyFactory,
    ClientFactory,
    GrantFactory,
    LotFactory,
    OwnershipFactory,
)

pytestmark = pytest.mark.django_db
ADDRESS = {"street": "12 rue des Acacias", "postal_code": "75017", "city": "Paris"}


@pytest.fixture
def agency():
    return AgencyFactory(slug="tilleuls")


@pytest.fixture
def issue(tmp_path, capsys):
    """Run the command into a new file; the file and what was said."""

    def run(*choice):
        output = tmp_path / "lettres.pdf"
        call_command("issue_letters", "--agency=tilleuls", f"--output={output}", *choice)
        return output, capsys.readouterr().out

    return run


def test_chosen_client_gets_one_letter_in_a_file_for_its_owner_alone(agency, issue):
    alice = ClientFactory(agency=agency, customer_reference="10 427 835", reference_key="10427835", **ADDRESS)
    ClientFactory(agency=agency)

    output, said = issue("--client=10427835")

    assert list(Letter.objects.values_list("client", flat=True)) == [alice.pk]
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    with pikepdf.open(output) as document:
        assert len(document.pages) == 1
    assert "1 lettre(s)" in said


def test_file_that_exists_is_never_overwritten_and_no_letter_is_drawn(agency, issue, tmp_path):
    ClientFactory(agency=agency)
    (tmp_path / "lettres.pdf").write_text("une autre lettre")

    with pytest.raises(CommandError, match="existe déjà"):
        issue("--all")

    assert (tmp_path / "lettres.pdf").read_text() == "une autre lettre"
    assert not Letter.objects.exists()


def test_failure_leaves_neither_file_nor_letter(agency, issue, tmp_path, monkeypatch):
    ClientFactory(agency=agency)

    def fail(*arguments, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(letter_files, "letters_pdf", fail)
    with pytest.raises(CommandError, match="ne peut pas être écrit"):
        issue("--all")

    assert not (tmp_path / "lettres.pdf").exists()
    assert not Letter.objects.exists()


def test_never_connected_leaves_out_who_has_an_access_a_password_a_valid_letter_or_a_closed_file(agency, issue):
    alice = ClientFactory(agency=agency)
    GrantFactory(client__agency=agency)
    former = ClientFactory(agency=agency)
    FormerPassword.objects.create(client=former, scheme="x", wrapped="x")
    letters.draw_letter(client=ClientFactory(agency=agency))
    ClientFactory(agency=agency, closed_on=dt.date(2026, 1, 1))
    ClientFactory()
    Letter.objects.update(expires_at="2100-01-01T00:00Z")

    issue("--never-connected")

    assert Letter.objects.latest("pk").client == alice
    assert Letter.objects.filter(ended_at=None).count() == 2


def test_all_replaces_valid_letters_too(agency, issue):
    alice = ClientFactory(agency=agency)
    letters.draw_letter(client=alice)

    issue("--all")

    assert [letter.ending for letter in Letter.objects.filter(client=alice)] == ["", Letter.Ending.REISSUED]


def test_building_chooses_those_who_hold_a_lot_today(agency, issue):
    lot = LotFactory(building__agency=agency, building__reference="B1")
    owner = OwnershipFactory(lot=lot, client__agency=agency).client
    OwnershipFactory(lot=lot, client__agency=agency, ends_on=dt.date(2021, 1, 1))
    ClientFactory(agency=agency)

    issue("--building=B1")

    assert [letter.client for letter in Letter.objects.all()] == [owner]


def test_client_who_needs_no_letter_is_named_and_the_others_get_theirs(agency, issue):
    active = GrantFactory(client__agency=agency).client
    alice = ClientFactory(agency=agency)

    _, said = issue(f"--client={active.customer_reference}", f"--client={alice.customer_reference}")

    assert f"{active.customer_reference} : Ce client a déjà choisi son mot de passe" in said
    assert [letter.client for letter in Letter.objects.all()] == [alice]


def test_more_letters_than_a_file_holds_are_refused_before_any_is_drawn(agency, issue, monkeypatch):
    monkeypatch.setattr(issue_letters, "MOST_IN_A_FILE", 1)
    ClientFactory.create_batch(2, agency=agency)

    with pytest.raises(CommandError, match="au plus 1 par fichier"):
        issue("--all")

    assert not Letter.objects.exists()


def test_incomplete_address_is_said(agency, issue):
    alice = ClientFactory(agency=agency, street="", city="")

    _, said = issue("--all")

    assert f"{alice.customer_reference} : adresse postale incomplète" in said


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ("--client=99999", "Aucun client n’a l’identifiant 99999"),
        ("--building=B9", "Aucun immeuble n’a la référence B9"),
        ("--all", "Aucune lettre à tirer"),
    ],
)
def test_choice_that_names_nobody_is_refused_with_a_sentence(agency, issue, choice, sentence):
    with pytest.raises(CommandError, match=sentence):
        issue(choice)

    assert not Letter.objects.exists()


def test_client_of_another_agency_is_unknown(agency, issue):
    stranger = ClientFactory()

    with pytest.raises(CommandError, match="Aucun client"):
        issue(f"--client={stranger.customer_reference}")
