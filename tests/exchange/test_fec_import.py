"""A FEC comes in: whose lines, what they replace, what makes a balance."""

import datetime as dt

import pytest

from parvis.exchange.actions.fec.decisions import Decided, confirm_account
from parvis.exchange.actions.fec.loading import FecLoader
from parvis.exchange.models import FecAccount, ImportRun
from parvis.journal.models import Record
from parvis.kit.refusals import Refusal
from parvis.ledger.models import Account, Entry, Exercise
from tests.exchange.books import (
    ALICE,
    BOB,
    LAST_YEAR,
    OPENED,
    YEAR,
    balances,
    bring_in,
    confirm,
    confirm_in,
    line,
    owed,
    paid,
    told,
    write_fec,
)
from tests.factories import AccountFactory, AgencyFactory, BuildingFactory, ClientFactory, EntryFactory

pytestmark = pytest.mark.django_db


def figures(report):
    return report.created, report.changed, report.unchanged, report.removed


def test_lines_of_an_account_that_is_nobodys_yet_wait(tmp_path, agency):
    report = bring_in(write_fec(tmp_path, YEAR))

    assert report.is_applied, report.refusals
    assert (report.read, report.waiting, report.left_out, report.waiting_accounts) == (4, 2, 2, 1)
    assert not Entry.objects.exists()
    assert FecAccount.objects.get(number=ALICE).decision == "waiting"
    assert FecAccount.objects.get(number="512000").decision == "ignored"


def test_once_confirmed_the_same_file_makes_the_balance(tmp_path, agency, alice, building):
    path = write_fec(tmp_path, YEAR)
    bring_in(path)
    confirm(ALICE, alice, building)

    report = bring_in(path)

    assert figures(report) == (2, 0, 0, 0), report.refusals
    account = Account.objects.get()
    assert (account.client, account.kind, account.balance_cents, account.is_withheld) == (
        alice,
        "co_owner",
        -4000,
        False,
    )
    assert account.creditor.name == "Syndicat des copropriétaires Résidence Les Acacias"


def test_the_same_file_again_changes_nothing(tmp_path, agency, known):
    path = write_fec(tmp_path, YEAR)
    bring_in(path)

    report = bring_in(path)

    assert figures(report) == (0, 0, 2, 0)
    assert report.changes_nothing


def test_a_line_with_a_debit_and_a_credit_moves_their_difference(tmp_path, agency, known):
    both = [
        line("20260105", ALICE, "Appel et avoir", debit="100,00", credit="40,00"),
        line("20260105", BOB, "Avoir et appel", debit="10,00", credit="70,00"),
    ]

    report = bring_in(write_fec(tmp_path, both))

    assert report.refusals == []
    assert [tolerance.kind for tolerance in report.tolerances] == ["side-both"]
    assert balances(agency.pk) == {ALICE: (-6000, False), BOB: (6000, False)}


def test_debits_are_owed_and_credits_are_in_favour_of_every_kind_of_account(tmp_path, agency, alice, bob):
    path = write_fec(
        tmp_path, [*owed("20260105", "411BOB", "Loyer", "700,00"), *paid("20260106", "467ALICE", "Loyers", "650,00")]
    )
    bring_in(path)
    confirm("411BOB", bob, kind="tenant")
    confirm("467ALICE", alice, kind="landlord")

    bring_in(path)

    assert balances(agency.pk) == {"411BOB": (-70000, False), "467ALICE": (65000, False)}


# A complete exercise replaces what was known of it


def test_a_line_deleted_in_the_books_leaves_the_balance_and_the_report_says_so(tmp_path, agency, known):
    bring_in(write_fec(tmp_path, YEAR))

    report = bring_in(write_fec(tmp_path, YEAR[:2]))

    assert figures(report) == (0, 0, 1, 1)
    assert "1 écriture connue a quitté les livres" in told(report)
    assert balances(agency.pk)[ALICE] == (-10000, False)


def test_an_account_that_the_file_no_longer_holds_is_emptied(tmp_path, agency, known):
    bring_in(write_fec(tmp_path, [*YEAR, *owed("20260105", BOB, "Appel", "5,00")]))

    report = bring_in(write_fec(tmp_path, YEAR))

    assert report.removed == 1
    assert balances(agency.pk)[BOB] == (0, False)


def test_lettering_changes_a_line_and_makes_no_other(tmp_path, agency, known):
    bring_in(write_fec(tmp_path, YEAR))
    lettered = [
        row | {"EcritureLet": "AA", "DateLet": "20260201"} if row["CompteNum"] == ALICE else row for row in YEAR
    ]

    report = bring_in(write_fec(tmp_path, lettered))

    assert figures(report) == (0, 2, 0, 0)
    assert set(Entry.objects.values_list("lettering", flat=True)) == {"AA"}
    assert balances(agency.pk)[ALICE] == (-4000, False)


def test_lines_equal_in_everything_are_as_many_as_the_file_says(tmp_path, agency, known):
    twins = [*owed("20260105", ALICE, "Badge", "10,00"), *owed("20260105", ALICE, "Badge", "10,00")]
    path = write_fec(tmp_path, twins)

    assert bring_in(path).created == 2
    assert figures(bring_in(path)) == (0, 0, 2, 0)
    assert balances(agency.pk)[ALICE] == (-2000, False)
    assert figures(bring_in(write_fec(tmp_path, twins[:2]))) == (0, 0, 1, 1)
    assert balances(agency.pk)[ALICE] == (-1000, False)


def test_equal_lines_far_apart_are_counted_too(tmp_path, agency, known, monkeypatch):
    monkeypatch.setattr(FecLoader, "has_twins", property(lambda _self: False, lambda _self, _found: None))
    twins = [*owed("20260105", ALICE, "Badge", "10,00"), *YEAR, *owed("20260105", ALICE, "Badge", "10,00")]

    assert bring_in(write_fec(tmp_path, twins)).created == 4
    assert figures(bring_in(write_fec(tmp_path, twins))) == (0, 0, 4, 0)


def test_a_month_replaces_itself_within_the_year(tmp_path, agency, known):
    bring_in(
        write_fec(tmp_path, [*YEAR, *owed("20260301", ALICE, "Appel", "7,00"), *owed("20260302", ALICE, "Eau", "1,00")])
    )
    march = write_fec(tmp_path, owed("20260301", ALICE, "Appel", "7,00"))

    report = bring_in(march, begins_on=dt.date(2026, 3, 1), ends_on=dt.date(2026, 3, 31))

    assert figures(report) == (0, 0, 1, 1)
    assert balances(agency.pk)[ALICE] == (-4700, False)


def test_a_year_takes_the_place_of_its_months(tmp_path, agency, known):
    for month, last in ((1, 31), (2, 28)):
        rows = owed(f"20260{month}05", ALICE, f"Appel {month}", "10,00")
        bring_in(write_fec(tmp_path, rows), begins_on=dt.date(2026, month, 1), ends_on=dt.date(2026, month, last))

    report = bring_in(write_fec(tmp_path, owed("20260105", ALICE, "Appel 1", "10,00")))

    assert figures(report) == (0, 0, 1, 1)
    assert Exercise.objects.count() == 1


def test_a_period_that_cuts_across_a_held_exercise_is_refused(tmp_path, agency, known):
    bring_in(write_fec(tmp_path, YEAR))

    report = bring_in(write_fec(tmp_path, YEAR), begins_on=dt.date(2025, 7, 1), ends_on=dt.date(2026, 6, 30))

    assert not report.is_applied
    assert "chevauche l’exercice du 1er janvier 2026 au 31 décembre 2026" in told(report)
    assert balances(agency.pk)[ALICE] == (-4000, False)


# All or nothing, per account


def test_a_faulty_line_withholds_its_whole_account_and_no_other(tmp_path, agency, known):
    bring_in(write_fec(tmp_path, YEAR))
    faulty = [*YEAR, *owed("20260205", ALICE, "Appel", "1,00"), *owed("20260105", BOB, "Appel", "5,00")]
    faulty[4]["Debit"] = "1.O0"

    report = bring_in(write_fec(tmp_path, faulty))

    assert report.is_applied
    assert balances(agency.pk) == {ALICE: (-4000, True), BOB: (-500, False)}
    assert report.refusals[0].line == 6
    assert report.read == sum(figures(report)[:3]) + report.refused + report.left_out + report.waiting
    faulty[4]["Debit"] = "1,00"
    bring_in(write_fec(tmp_path, faulty))
    assert balances(agency.pk)[ALICE] == (-4100, False)


def test_a_fault_of_last_year_is_not_cleared_by_this_year(tmp_path, agency, known):
    faulty = [row | {"Debit": "x"} if row["CompteNum"] == ALICE else row for row in LAST_YEAR[:2]]
    bring_in(write_fec(tmp_path, faulty, closing="20251231"))

    bring_in(write_fec(tmp_path, OPENED))

    assert balances(agency.pk)[ALICE][1] is True
    bring_in(write_fec(tmp_path, LAST_YEAR, closing="20251231"))
    assert balances(agency.pk)[ALICE] == (-7000, False)


def test_a_line_in_the_future_is_a_fault_of_its_account(tmp_path, agency, known):
    report = bring_in(write_fec(tmp_path, [*YEAR, *owed("20261224", ALICE, "Appel", "1,00")]))

    assert "dans le futur" in report.refusals[0].reason
    assert balances(agency.pk)[ALICE] == (0, True)


# What is refused whole


@pytest.mark.parametrize(
    ("rows", "closing", "reason"),
    [
        ([], "20261231", "écriture"),
        (YEAR, "20251231", "après la fin de l’exercice"),
        (YEAR, "20271231", "Aucune écriture entre"),
        (YEAR, "20261215", "--from et --to"),
    ],
)
def test_a_name_that_does_not_fit_the_lines_applies_nothing(tmp_path, agency, known, rows, closing, reason):
    report = bring_in(write_fec(tmp_path, rows, closing=closing))

    assert not report.is_applied
    assert reason in report.refusals[0].reason
    assert not Entry.objects.exists()


def test_the_books_of_another_company_are_refused(tmp_path, agency, known):
    path = write_fec(tmp_path, YEAR, siren="732829320")

    report = bring_in(path)

    assert "SIREN" in report.refusals[0].reason
    assert not Entry.objects.exists()
    assert bring_in(path, accepts_siren=True).is_applied


def test_a_rehearsal_writes_nothing(tmp_path, agency):
    report = bring_in(write_fec(tmp_path, YEAR), dry_run=True, tells_mapping=True)

    assert report.waiting == 2
    assert [row[0] for row in report.mapping[1:]] == [ALICE, "512000", "701000"]
    assert [model.objects.count() for model in (FecAccount, ImportRun, Exercise)] == [0, 0, 0]


def test_each_import_is_kept_and_journalled(tmp_path, agency, known):
    bring_in(write_fec(tmp_path, YEAR))

    run = ImportRun.objects.first()
    assert (run.source, run.state, run.file_name, run.created, run.left_out) == (
        "fec",
        "applied",
        "123456782FEC20261231.txt",
        2,
        2,
    )
    assert Record.objects.filter(verb="fec_applied").last().object_id == run.public_id


# Beside a package, beside another agency


def test_entries_that_came_by_package_are_not_counted_twice(tmp_path, agency, known, alice, building):
    account = AccountFactory(client=alice, building=building, kind="co_owner", reference="PAQUET")
    EntryFactory(account=account, debit_cents=10000)

    report = bring_in(write_fec(tmp_path, YEAR))

    assert "viennent déjà du paquet" in report.refusals[0].reason
    assert Entry.objects.filter(exercise__isnull=False).count() == 0


def test_the_empty_account_of_a_package_takes_the_lines(tmp_path, agency, known, alice, building):
    AccountFactory(client=alice, building=building, kind="co_owner", reference="PAQUET", payment_reference="REF")

    bring_in(write_fec(tmp_path, YEAR))

    assert balances(agency.pk)["PAQUET"] == (-4000, False)


def test_books_of_a_building_are_apart_from_those_of_the_agency(tmp_path, agency, known, bob, building):
    bring_in(write_fec(tmp_path, YEAR))
    path = write_fec(tmp_path, owed("20260105", ALICE, "Appel", "9,00"), siren="732829320")

    bring_in(path, building="B1")

    assert FecAccount.objects.filter(number=ALICE).count() == 2
    confirm_in(building, ALICE, bob)
    bring_in(path, building="B1")
    assert balances(agency.pk)[f"B1/{ALICE}"] == (-900, False)
    assert balances(agency.pk)[ALICE] == (-4000, False)


def test_two_agencies_keep_their_books_apart(tmp_path, agency, known, building):
    other = AgencyFactory(slug="ailleurs")
    carol = ClientFactory(agency=other, first_name="Carol", last_name="Fontaine")
    bring_in(write_fec(tmp_path, YEAR))
    path = write_fec(tmp_path, owed("20260105", ALICE, "Appel", "3,00"))
    bring_in(path, slug="ailleurs")
    confirm(ALICE, carol, BuildingFactory(agency=other))

    bring_in(path, slug="ailleurs")

    assert balances(agency.pk)[ALICE] == (-4000, False)
    assert balances(other.pk)[ALICE] == (-300, False)
    with pytest.raises(Refusal, match="Aucun client"):
        confirm_account(
            account=FecAccount.objects.get(agency=agency, number=BOB), decided=Decided(client=carol, kind="tenant")
        )


def test_an_account_given_to_another_client_leaves_the_first_at_once(tmp_path, agency, known, alice, bob, building):
    bring_in(write_fec(tmp_path, YEAR))

    confirm(ALICE, bob, building)

    assert not Entry.objects.filter(account__client=alice).exists()
    assert Account.objects.get(client=alice).closed_on is not None
    bring_in(write_fec(tmp_path, YEAR))
    assert Account.objects.get(client=bob, closed_on=None, balance_cents__lt=0).balance_cents == -4000
