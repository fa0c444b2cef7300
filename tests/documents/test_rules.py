"""What a file seems to be, by its name and its first words."""

import datetime as dt

import pytest

from parvis.documents.models import Audience, Kind
from parvis.documents.rules import KINDS, Place, audience_of, guess

TODAY = dt.date(2026, 11, 23)
PLACES = [
    Place(1, "b0012", "les acacias", "12 rue des acacias"),
    Place(2, "0013", "les acacias nord", "14 rue des acacias"),
    Place(3, "7", "tour", "3 place bellecour"),
]


def guessed(name, text=""):
    return guess(name=name, text=text, places=PLACES, today=TODAY)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("PV_AG_2026.pdf", "minutes"),
        ("Procès-verbal de l'assemblée générale.PDF", "minutes"),
        ("Convocation AG 12-05-2026.pdf", "meeting_notice"),
        ("Règlement de copropriété - Les Acacias.pdf", "bylaws"),
        ("RCP modificatif 1998.pdf", "bylaws"),
        ("carnet d’entretien 2025.pdf", "maintenance_log"),
        ("Appel de fonds T4.pdf", "funds_call"),
        ("DPE_collectif.pdf", "energy_report"),
        ("diagnostic amiante parties communes.pdf", "technical_report"),
        ("Assurance multirisque immeuble.pdf", "insurance_contract"),
        ("Attestation d'assurance habitation.pdf", "tenant_insurance"),
        ("contrat de syndic 2026-2027.pdf", "syndic_contract"),
        ("EDL entrée lot 12.pdf", "inventory_report"),
        ("photo.jpg", "other"),
    ],
)
def test_kind_follows_the_name(name, kind):
    assert guessed(name).kind == kind


def test_text_says_what_the_name_does_not_and_the_name_decides():
    text = "CABINET DES TILLEULS\nFICHE SYNTHÉTIQUE de la copropriété, au 12 mars 2026"

    assert guessed("scan0001.pdf", text).kind == "building_summary_sheet"
    assert guessed("scan0001.pdf", text).dated_on == dt.date(2026, 3, 12)
    assert guessed("pv 2025-01-02.pdf", text).kind == "minutes"
    assert guessed("pv 2025-01-02.pdf", text).dated_on == dt.date(2025, 1, 2)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("PV 2026-03-12.pdf", dt.date(2026, 3, 12)),
        ("PV_20260312.pdf", dt.date(2026, 3, 12)),
        ("PV du 12.03.2026.pdf", dt.date(2026, 3, 12)),
        ("PV du 1er août 2025.pdf", dt.date(2025, 8, 1)),
        ("Décompte septembre 2025.pdf", dt.date(2025, 9, 1)),
        ("PV 2026-02-31.pdf", None),
        ("PV 31-12-2099.pdf", None),
        ("Facture 123456.pdf", None),
    ],
)
def test_date_is_read_in_every_usual_way_and_never_invented(name, day):
    assert guessed(name).dated_on == day


@pytest.mark.parametrize(
    ("name", "text", "building"),
    [
        ("PV B0012.pdf", "", 1),
        ("PV Les Acacias.pdf", "", 1),
        ("PV Les Acacias Nord.pdf", "", 2),
        ("scan.pdf", "Copropriété LES ACACIAS, 12 rue des Acacias", 1),
        ("scan.pdf", "Résidence inconnue, 3 place Bellecour", 3),
        ("PV 7.pdf", "", None),
        ("PV.pdf", "", None),
    ],
)
def test_building_is_the_one_that_is_named(name, text, building):
    assert guessed(name, text).building == building


def test_two_buildings_named_alike_leave_the_choice_to_a_person():
    twins = [Place(1, "0001", "les lilas", ""), Place(2, "0002", "les lilas", "")]

    assert guess(name="PV Les Lilas.pdf", text="", places=twins, today=TODAY).building is None


def test_lot_and_identifiants_are_found():
    found = guessed("Bail lot n°012 - 10427318.pdf", "Locataire C00231, né le 12/03/1980")

    assert found.lot == "12"
    assert "10427318" in found.clients
    assert "c00231" in found.clients


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("PV_AG-Les Acacias_2026-03-12.pdf", "PV AG Les Acacias"),
        ("règlement de copropriété (2).pdf", "Règlement de copropriété"),
        ("scan0001.pdf", ""),
        ("IMG_2041.jpg", ""),
        ("123.pdf", ""),
    ],
)
def test_title_is_the_name_without_what_a_machine_put_there(name, title):
    assert guessed(name).title == title


def test_every_proposed_kind_exists_and_has_readers():
    for kind, _pattern in KINDS:
        assert kind in Kind.values
        assert audience_of(kind, has_client=True, has_lot=True) in Audience.values


def test_paper_of_a_client_has_no_reader_until_its_client_is_known():
    assert audience_of("funds_call", has_client=False, has_lot=True) == ""
    assert audience_of("lease", has_client=False, has_lot=True) == "lot"
    assert audience_of("funds_call", has_client=True, has_lot=False) == "account"
    assert audience_of("bank_statement", has_client=False, has_lot=False) == "council"
