"""Whose an account is: what resembles a name, what makes a proposal, the table that a spreadsheet fills in."""

import csv
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.exchange.models import FecAccount
from parvis.exchange.rules.books import proposed_kind
from parvis.exchange.rules.likeness import Directory, keys_in, likeness
from parvis.journal.models import Record
from parvis.ledger.models import Entry
from tests.exchange.books import balances, bring_in, owed, write_fec
from tests.factories import AgencyFactory, BuildingFactory, ClientFactory, LotFactory, OwnershipFactory

FIRST = st.sampled_from(["Camille", "Hélène", "Jean-Noël", "Chloé", "François", "Zoë"])
LAST = st.sampled_from(["Fontaine", "Lefèvre", "Guillot", "Nguyen", "Chaponot", "Bœuf", "Delattre"])
CIVILITY = st.sampled_from(["", "M. ", "MME ", "M. et Mme ", "Mr ou Mme ", "INDIVISION "])


def without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


@given(first=FIRST, last=LAST, civility=CIVILITY)
def test_order_case_accents_and_civility_change_nothing(first, last, civility):
    name = f"{first} {last}"

    assert likeness(name, name) == 100
    assert likeness(f"{civility}{last} {first}".upper(), name) == 100
    assert likeness(without_accents(f"{last.upper()} {first}"), name) == 100


@given(one=st.text(max_size=40), other=st.text(max_size=40))
def test_likeness_is_a_share_and_the_same_both_ways(one, other):
    found = likeness(one, other)

    assert 0 <= found <= 100
    assert found == likeness(other, one)


@given(first=FIRST, last=LAST, cut=st.integers(min_value=3, max_value=8))
def test_a_first_name_cut_short_still_resembles_but_less(first, last, cut):
    shortened = f"{last} {first[:cut]}"

    assert 0 < likeness(shortened, f"{first} {last}") <= 100


@pytest.mark.parametrize(
    ("label", "name", "lowest", "highest"),
    [
        ("FONTAINE", "Camille Fontaine", 40, 99),
        ("FONTAINE C.", "Camille Fontaine", 40, 99),
        ("SCI FONTAINE", "Camille Fontaine", 0, 69),
        ("SCI DES TILLEULS", "SCI des Tilleuls", 100, 100),
        ("GUILLOT HELENE", "Camille Fontaine", 0, 0),
        ("M. ET MME", "Camille Fontaine", 0, 0),
        ("", "Camille Fontaine", 0, 0),
    ],
)
def test_what_accountants_write(label, name, lowest, highest):
    assert lowest <= likeness(label, name) <= highest


def test_the_identifiant_is_found_in_the_number_however_padded():
    for number, auxiliary in (
        ("411000", "10427318"),
        ("45010427318", ""),
        ("411", "C0010427318"),
        ("450", "10 427.318"),
    ):
        assert "10427318" in keys_in(number, auxiliary)


PEOPLE = [(1, "10427318", "Camille Fontaine"), (2, "10427319", "Hélène Guillot"), (3, "10427320", "Hélène Guillot")]


@pytest.mark.parametrize(
    ("number", "auxiliary", "label", "client", "is_sure"),
    [
        ("450", "10427318", "FONTAINE CAMILLE", 1, True),
        ("450", "10427318", "", 1, True),
        ("450", "10427318", "GUILLOT HELENE", 1, False),
        ("450", "ZZZ", "FONTAINE CAMILLE", 1, False),
        ("450", "ZZZ", "GUILLOT HELENE", None, None),
        ("450", "ZZZ", "DUPONT", None, None),
        ("450", "10427320", "GUILLOT H.", 3, True),
    ],
)
def test_a_proposal_is_sure_by_the_identifiant_alone_and_never_chooses_between_namesakes(
    number, auxiliary, label, client, is_sure
):
    found = Directory(PEOPLE).propose(number=number, auxiliary=auxiliary, label=label)

    assert (found.client if found else None, found.is_sure if found else None) == (client, is_sure)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("45000012", "co_owner"),
        ("411DURAND", "tenant"),
        ("467001", "landlord"),
        ("512000", ""),
        ("401X", ""),
        ("7", ""),
    ],
)
def test_only_third_parties_who_may_be_clients_are_proposed(number, kind):
    assert proposed_kind(number) == kind


# The table


@pytest.fixture
def agency(db):
    return AgencyFactory(slug="agence")


@pytest.fixture
def alice(agency):
    client = ClientFactory(agency=agency, customer_reference="10427318", first_name="Alice", last_name="Fontaine")
    building = BuildingFactory(agency=agency, reference="B1")
    OwnershipFactory(client=client, lot=LotFactory(building=building))
    return client


def write_table(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path


def test_the_table_goes_out_is_filled_in_and_comes_back(tmp_path, agency, alice):
    path = write_fec(tmp_path, owed("20260105", "450ALICE", "Appel", "10,00", CompteLib="FONTAINE ALICE"))
    rows = bring_in(path, dry_run=True, tells_mapping=True).mapping
    header, first = rows[0], dict(zip(rows[0], rows[1], strict=True))
    filled = first | {"decision": "rattache", "identifiant": "10 427 318", "nature": "copropriétaire"}

    report = bring_in(path, mapping=write_table(tmp_path / "comptes.csv", [header, list(filled.values())]))

    assert (first["compte"], first["identifiant propose"], first["sure"]) == ("450ALICE", "10427318", "")
    assert report.created == 1
    assert balances(agency.pk) == {"450ALICE": (-1000, False)}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"identifiant": "999"}, "Aucun client"),
        ({"nature": "ami"}, "La nature"),
        ({"decision": "oui"}, "La décision"),
        ({"immeuble": "B9"}, "Aucun immeuble"),
        ({"compte": "450AUTRE"}, "ni connu"),
    ],
)
def test_one_wrong_row_of_the_table_applies_nothing_and_says_its_line(tmp_path, agency, alice, changes, reason):
    header = ["compte", "auxiliaire", "decision", "identifiant", "nature", "immeuble"]
    row = dict(zip(header, ["450ALICE", "", "rattache", "10427318", "copropriétaire", "B1"], strict=True)) | changes

    report = bring_in(
        write_fec(tmp_path, owed("20260105", "450ALICE", "Appel", "10,00")),
        mapping=write_table(tmp_path / "comptes.csv", [header, list(row.values())]),
    )

    assert not report.is_applied
    assert reason in report.refusals[0].reason
    assert report.refusals[0].line == 2
    assert [model.objects.count() for model in (FecAccount, Entry)] == [0, 0]


def test_decisions_are_journalled(tmp_path, agency, alice):
    header = ["compte", "auxiliaire", "decision", "identifiant", "nature", "immeuble"]
    table = write_table(tmp_path / "c.csv", [header, ["450ALICE", "", "rattache", "10427318", "copropriétaire", ""]])

    bring_in(write_fec(tmp_path, owed("20260105", "450ALICE", "Appel", "10,00")), mapping=table)

    assert Record.objects.filter(verb="fec_account_confirmed").count() == 1
