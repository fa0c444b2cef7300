"""The package of the demonstration: who is in it, and what it must never hold."""

import datetime as dt
import re
from collections import Counter

import pytest

from parvis.demo import sources
from parvis.demo.applications import applications
from parvis.demo.former_portal import own_password
from parvis.demo.interventions import cases
from parvis.demo.ways import WAYS
from parvis.people.former_hashes import parse
from tests.demo.worlds import DAYS, MOULIN, TILLEULS, TODAY, package, stage

FICTION = re.compile(r"(01 99 00|06 39 98) \d\d \d\d")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return package(tmp_path_factory.mktemp("package"))


def test_the_same_day_gives_the_same_bytes(tmp_path):
    package(tmp_path / "once")
    package(tmp_path / "again")

    once, again = ({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("once", "again"))
    assert once == again


def test_size_of_a_small_agency(files):
    assert len(files["buildings"]) == 14
    assert 380 <= len(files["lots"]) <= 420
    assert 280 <= len(files["clients"]) <= 320
    years = {row["booked_on"][:4] for row in files["entries"]}
    assert years >= {"2023", "2024", "2025", "2026"}


def test_every_lot_is_held_wholly_and_belongs_to_a_key(files):
    held = {(row["building"], row["lot"]) for row in files["ownerships"] if not row["ends_on"]}
    syndic = {row["building"] for row in files["allocation_keys"]}
    lots = {(row["building"], row["number"]) for row in files["lots"] if row["building"] in syndic}
    general = {(row["building"], row["lot"]) for row in files["lot_shares"] if row["key"] == "GEN"}

    assert held == lots == general


def test_shares_add_up_to_the_deed(files):
    totals = Counter()
    for row in files["lot_shares"]:
        totals[row["building"], row["key"]] += int(row["shares"])

    assert totals == {(row["building"], row["code"]): int(row["total_shares"]) for row in files["allocation_keys"]}


@pytest.mark.parametrize("kind", ["person", "couple", "company", "joint"])
def test_every_kind_of_party(files, kind):
    assert any(row["kind"] == kind for row in files["clients"])


@pytest.mark.parametrize("right", ["full", "joint", "usufruct", "bare"])
def test_every_kind_of_ownership(files, right):
    assert any(row["kind"] == right for row in files["ownerships"])


@pytest.mark.parametrize("role", ["guardian", "notary", "accountant", "joint_representative"])
def test_every_kind_of_representative(files, role):
    assert any(row["role"] == role for row in files["representatives"])


@pytest.mark.parametrize("kind", ["owners_association", "free_association", "mandates"])
def test_every_kind_of_creditor_is_owed_something(files, kind):
    creditors = {row["reference"] for row in files["creditors"] if row["kind"] == kind}
    accounts = {row["reference"] for row in files["accounts"] if row["creditor"] in creditors}

    assert any(row["account"] in accounts for row in files["entries"])


def test_every_profile_and_several_at_once(files):
    owners = {row["client"] for row in files["ownerships"]}
    landlords = {row["client"] for row in files["mandates"]}
    tenants = {row["client"] for row in files["tenancies"]}
    applicants = {row["applicant"] for row in files["applications"]}
    council = {row["client"] for row in files["council_seats"] if not row["ends_on"]}

    assert owners & landlords & tenants & applicants
    assert council <= owners
    assert applicants - owners - tenants
    assert landlords - owners


def test_former_owners_former_tenants_and_a_former_council_member(files):
    for name in ("ownerships", "tenancies", "council_seats"):
        gone = {row["client"] for row in files[name] if row["ends_on"] and row["ends_on"] < TODAY.isoformat()}
        assert gone, name


def test_a_couple_shares_one_address(files):
    shared = Counter(row["known_email"] for row in files["clients"] if row["known_email"])

    assert [count for count in shared.values() if count > 1] == [2]


@pytest.mark.parametrize("agency", [TILLEULS, MOULIN], ids=lambda agency: agency.code)
def test_every_way_to_enter(agency):
    states = Counter(client.state for client in stage(agency).cast.clients)

    assert states.keys() == {"letter", "former", "active", "no-email"}


def test_former_passwords_come_in_every_notation_and_open(files):
    hashes = {row["customer_reference"]: row["password_hash"] for row in files["clients"] if row["password_hash"]}
    kinds = set()
    for client in stage().cast.clients:
        if client.reference in hashes:
            scheme, digest = parse(hashes[client.reference])
            kinds.add(scheme.kind)
            assert scheme.apply_to(own_password(client.reference)) == digest

    assert kinds == {"pbkdf2", "bcrypt", "salt_first", "salt_last"}


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_interventions_and_applications_in_every_state(today):
    shown = list(cases(stage(), today=today, states=TILLEULS.case_states))
    files = {application.state for application in applications(stage(), today=today)}

    assert {case.state for case in shown} == set(WAYS)
    assert {case.scope for case in shown} == {"common", "private"}
    assert all(step.day <= today for case in shown for step in case.steps)
    assert files >= {"draft", "submitted", "incomplete", "under_review", "sent_to_landlord", "accepted", "declined"}


def test_what_waits_says_what_comes_next_and_when(files):
    open_cases = [row for row in files["interventions"] if not row["closed_on"]]

    assert all(row["next_step"] and row["next_step_on"] > TODAY.isoformat() for row in open_cases)


def test_a_council_is_asked_only_where_there_is_one(files):
    seated = {row["building"] for row in files["council_seats"]}
    asked = [row for row in files["interventions"] if row["next_step"] == "Réponse du conseil syndical"]

    assert all(row["building"] in seated and row["scope"] == "common" for row in asked)


def test_a_supplier_is_named_once_ordered(files):
    for row in files["interventions"]:
        is_ordered = row["state"] in ("ordered", "scheduled", "in_progress", "done")
        assert bool(row["supplier_name"]) == is_ordered or row["closed_on"]


def test_people_are_reached_nowhere(files):
    phones = [row[name] for row in files["clients"] for name in ("mobile_phone", "landline_phone") if row[name]]
    phones += [row["phone"] for row in files["staff"] + files["agency"]]
    emails = [row["known_email"] for row in files["clients"]] + [row["email"] for row in files["staff"]]

    assert all(FICTION.fullmatch(phone) for phone in phones)
    assert all(re.search(r"[@.]exemple\.fr$", email) for email in emails if email)


def test_no_real_building_is_recognised_by_its_number_and_no_bank_exists(files):
    assert all(row["registration_number"].startswith("ZZ") for row in files["buildings"] if row["registration_number"])
    assert all(row["iban"][4:9] == "99999" and is_right(row["iban"]) for row in files["creditors"])


def test_the_two_agencies_share_nobody_but_their_host(files, tmp_path):
    other = package(tmp_path, agency=MOULIN)
    references = {row["customer_reference"] for row in files["clients"]}

    assert not references & {row["customer_reference"] for row in other["clients"]}
    assert files["agency"][0]["host"] == other["agency"][0]["host"]
    assert (files["agency"][0]["is_host_owner"], other["agency"][0]["is_host_owner"]) == ("oui", "non")


def test_rents_are_those_of_the_commune(files):
    per_square_metre = sources.rent_per_square_metre("93010")
    areas = {(row["building"], row["number"]): row["area"] for row in files["lots"]}
    for row in files["leases"]:
        area = float(areas[row["building"], row["lot"]].replace(",", "."))
        asked = float(row["rent"].replace(",", ".")) + float(row["charges"].replace(",", "."))
        years = TODAY.year - dt.date.fromisoformat(row["starts_on"]).year
        assert 0.88 < asked / (float(per_square_metre) * area) < 1.09 * (1.02**years)


def test_labels_fit_their_columns(files):
    for row in files["entries"]:
        assert max(len(row["label"]), len(row["detail"])) <= 160


def is_right(iban: str) -> bool:
    return int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97 == 1
