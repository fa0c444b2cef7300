"""Conseil syndical: the room opens with a term and closes the day after its last."""

import csv
import datetime as dt
import io

import pikepdf
import pytest

from parvis.compliance.actions.checks import NoSeat, answer, ask
from parvis.compliance.actions.objections import object_to_listing
from parvis.compliance.models import ExpenseQuestion, ExpenseSeen
from parvis.documents.models import Kind
from parvis.journal.models import Record
from parvis.mail.actions import read_body
from parvis.mail.models import OutboxMessage
from parvis.notices.models import Notice
from parvis.notices.rules import path_to
from parvis.property.models import CouncilSeat
from tests.compliance.factories import DocumentFactory, ExpenseFactory, FiscalYearFactory
from tests.factories import (
    AccountFactory,
    AllocationKeyFactory,
    ClientFactory,
    CouncilSeatFactory,
    GrantFactory,
    LotFactory,
    LotShareFactory,
    OwnershipFactory,
    StaffMemberFactory,
)
from tests.people.factories import HouseholdAccessFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat(alice, home):
    return CouncilSeatFactory(client=alice, building=home.building)


@pytest.fixture
def year(seat):
    return FiscalYearFactory(building=seat.building)


@pytest.fixture
def expense(year):
    return ExpenseFactory(fiscal_year=year)


@pytest.fixture
def room(seat):
    return f"/conseil-syndical/{seat.building.public_id}/"


def text(response):
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ").replace("&nbsp;", " ")


def addresses(room, expense):
    year = expense.fiscal_year
    return [
        "/conseil-syndical/",
        room,
        f"{room}coproprietaires/",
        f"{room}liste.csv",
        f"{room}liste.pdf",
        f"/conseil-syndical/exercices/{year.public_id}/",
        f"/conseil-syndical/depenses/{expense.public_id}/",
    ]


def test_room_is_open_until_the_last_day_of_the_term_and_then_is_not_there(signed_in, seat, room, expense, today):
    CouncilSeat.objects.update(ends_on=today)
    assert {signed_in.get(path).status_code for path in addresses(room, expense)} == {200}

    CouncilSeat.objects.update(ends_on=today - dt.timedelta(days=1))
    assert {signed_in.get(path).status_code for path in addresses(room, expense)} == {404}
    assert signed_in.post(f"/conseil-syndical/depenses/{expense.public_id}/vue/", {"vue": "oui"}).status_code == 404


def test_owner_without_a_seat_finds_no_room(signed_in, home, year):
    CouncilSeat.objects.all().delete()
    expense = ExpenseFactory(fiscal_year=year)

    room = f"/conseil-syndical/{home.building.public_id}/"

    assert {signed_in.get(path).status_code for path in addresses(room, expense)} == {404}


def test_seat_in_one_building_opens_no_other(signed_in, alice, seat, today):
    other = ExpenseFactory(fiscal_year__building__agency=alice.agency)
    OwnershipFactory(client=alice, lot=LotFactory(building=other.fiscal_year.building))
    building = other.fiscal_year.building

    paths = addresses(f"/conseil-syndical/{building.public_id}/", other)[1:]

    assert {signed_in.get(path).status_code for path in paths} == {404}


def test_room_holds_what_the_law_gives_the_council(signed_in, seat, room):
    for kind in (Kind.GENERAL_BALANCE, Kind.BANK_STATEMENT, Kind.WRIT):
        DocumentFactory(building=seat.building, kind=kind, title=f"Pièce {kind.value}")
    end = {"valid_until": dt.date(2027, 3, 31), "title": "Contrat d’ascenseur"}
    DocumentFactory(building=seat.building, kind=Kind.MAINTENANCE_CONTRACT, **end)

    page = text(signed_in.get(room))

    assert "Réservé aux membres du conseil syndical" in page
    assert all(f"Pièce {kind}" in page for kind in ("general_balance", "bank_statement", "writ"))
    assert "Prend fin le" in page
    assert "31 mars 2027" in page


def test_arrears_are_a_total_and_name_nobody(signed_in, alice, seat, room):
    for cents in (10_000, 25_050):
        debtor = ClientFactory(agency=alice.agency, first_name="Bob", last_name="Perrin")
        AccountFactory(client=debtor, building=seat.building, balance_cents=-cents)
    AccountFactory(client=alice, building=seat.building, balance_cents=5_000)

    page = text(signed_in.get(room))

    assert "350,50 €" in page
    assert "Perrin" not in page


def test_list_of_owners_is_complete_and_the_same_as_page_table_and_paper(signed_in, alice, home, room):
    key = AllocationKeyFactory(building=home.building)
    LotShareFactory(lot=home, key=key, shares=124)
    bob = ClientFactory(agency=alice.agency, first_name="Bob", last_name="Perrin", known_email="bob@exemple.fr")
    for number in ("A32", "A4"):
        lot = LotFactory(building=home.building, number=number)
        OwnershipFactory(client=bob, lot=lot)
        LotShareFactory(lot=lot, key=key, shares=10)

    page = text(signed_in.get(f"{room}coproprietaires/"))
    rows = list(csv.reader(io.StringIO(signed_in.get(f"{room}liste.csv").content.decode("utf-8-sig")), delimiter=";"))
    paper = signed_in.get(f"{room}liste.pdf")

    assert "Bob Perrin" in page
    assert "bob@exemple.fr" in page
    assert [row[4:] for row in rows[1:]] == [[home.number, "124"], ["A4, A32", "20"]]
    with pikepdf.open(io.BytesIO(paper.content)) as pdf:
        assert pdf.Root.Lang == "fr-FR" or str(pdf.Root.Lang).startswith("fr")
        assert pdf.Root.MarkInfo.Marked


def test_who_opposes_it_is_listed_without_courriel(signed_in, alice, home, room):
    bob = ClientFactory(agency=alice.agency, known_email="bob@exemple.fr")
    OwnershipFactory(client=bob, lot=LotFactory(building=home.building))

    object_to_listing(client=bob, is_opposed=True)
    object_to_listing(client=bob, is_opposed=True)
    assert "bob@exemple.fr" not in text(signed_in.get(f"{room}coproprietaires/"))
    assert Record.objects.filter(verb="object_to_listing").count() == 1

    object_to_listing(client=bob, is_opposed=False)
    assert "bob@exemple.fr" in text(signed_in.get(f"{room}coproprietaires/"))


def test_member_ticks_what_they_have_seen_and_nobody_else_sees_it(signed_in, alice, seat, year):
    first, second = ExpenseFactory(fiscal_year=year), ExpenseFactory(fiscal_year=year, label="Contrat d’eau")
    path = f"/conseil-syndical/exercices/{year.public_id}/"
    shown = [first.public_id, second.public_id]

    signed_in.post(path, {"ligne": shown, "vue": [first.public_id]})
    assert "1 ligne vue sur 2" in text(signed_in.get(path))

    signed_in.post(path, {"ligne": shown, "vue": [second.public_id]})
    assert [row.expense_reference for row in ExpenseSeen.objects.all()] == [second.reference]

    ExpenseSeen.objects.update(client=CouncilSeatFactory(building=seat.building, client__agency=alice.agency).client)
    assert "0 ligne vue sur 2" in text(signed_in.get(path))


def test_line_of_another_building_cannot_be_ticked(signed_in, year):
    other = ExpenseFactory(fiscal_year__building__agency=year.agency)

    signed_in.post(
        f"/conseil-syndical/exercices/{year.public_id}/", {"ligne": [other.public_id], "vue": [other.public_id]}
    )

    assert not ExpenseSeen.objects.exists()


def test_invoice_stands_beside_its_line(signed_in, year):
    invoice = DocumentFactory(building=year.building, kind=Kind.SUPPLIER_INVOICE, reference="FAC-12")
    ExpenseFactory(fiscal_year=year, piece="FAC-12")
    ExpenseFactory(fiscal_year=year)

    page = text(signed_in.get(f"/conseil-syndical/exercices/{year.public_id}/"))

    assert f"État des comptes : {year.get_status_display()}" in page.replace("\u00a0", " ").replace("&nbsp;", " ")
    assert page.count("Facture<span") == 1
    assert "Facture non jointe" in page
    assert invoice.kind == "supplier_invoice"


def test_question_and_its_answer_are_dated_and_signed(signed_in, expense):
    path = f"/conseil-syndical/depenses/{expense.public_id}/"

    signed_in.post(path, {"body": "Pourquoi deux passages <b>?"})
    asked = text(signed_in.get(path))
    diane = StaffMemberFactory(agency=expense.agency)
    answer(question=ExpenseQuestion.objects.get(), body="Le second est un avoir.", by=diane)
    answered = text(signed_in.get(path))

    assert "Alice Fontaine, conseil syndical" in asked
    assert "Pourquoi deux passages &lt;b&gt;" in asked
    assert "L’agence n’a pas encore répondu" in asked
    assert "Diane Hamon, agence" in answered
    assert "L’agence n’a pas encore répondu" not in answered
    assert "visibles par l’agence et par tous les membres" in answered


def test_empty_question_is_refused_and_says_why(signed_in, expense):
    page = text(signed_in.post(f"/conseil-syndical/depenses/{expense.public_id}/", {"body": " "}))

    assert "Écrivez votre question." in page
    assert not ExpenseQuestion.objects.exists()


def test_action_itself_refuses_a_seat_of_another_building(seat):
    other = ExpenseFactory()

    with pytest.raises(NoSeat):
        ask(expense=other, seat=seat, body="Pourquoi ?")


def test_same_question_sent_twice_is_asked_once(signed_in, expense):
    for _again in range(2):
        signed_in.post(f"/conseil-syndical/depenses/{expense.public_id}/", {"body": "Pourquoi deux passages ?"})

    assert ExpenseQuestion.objects.get().messages.count() == 1


def test_too_many_messages_in_an_hour_are_refused_and_kept_on_the_page(signed_in, expense):
    path = f"/conseil-syndical/depenses/{expense.public_id}/"
    for rank in range(20):
        assert signed_in.post(path, {"body": f"Question {rank}"}).status_code == 302

    page = text(signed_in.post(path, {"body": "Une de trop"}))

    assert "Réessayez dans une heure" in page
    assert "Une de trop" in page


def test_answer_is_told_to_the_member_who_asked_and_to_nobody_else(signed_in, alice, seat, expense, agency_writer):
    """By a notice that leads to the line, and by a mail that holds the answer; not to somebody of the household."""
    spouse = HouseholdAccessFactory(client=alice, given_by=alice.grants.get().user)
    question = ask(expense=expense, seat=seat, body="Pourquoi deux passages ?")

    answer(question=question, body="La facture est jointe.", by=agency_writer)

    told, mail = Notice.objects.get(), OutboxMessage.objects.get()
    assert told.user == alice.grants.get().user != spouse.user
    followed = signed_in.get(path_to((told.target_kind, told.target_id)))
    assert followed["Location"] == f"/conseil-syndical/depenses/{expense.public_id}/"
    assert "La facture est jointe." in read_body(mail)[0]


@pytest.fixture
def agency_writer(seat):
    return StaffMemberFactory(agency=seat.agency)


def test_question_survives_a_new_import_of_the_books(signed_in, seat, expense):
    ask(expense=expense, seat=seat, body="Pourquoi ?")
    reference, year = expense.reference, expense.fiscal_year
    expense.delete()

    again = ExpenseFactory(fiscal_year=year, reference=reference)

    assert "Pourquoi" in text(signed_in.get(f"/conseil-syndical/depenses/{again.public_id}/"))


@pytest.mark.parametrize("may_read_accounts", [True, False])
def test_representative_of_a_member_finds_no_room_and_no_question(signed_in, alice, karine, may_read_accounts):
    """The seat is Madame Cherif's own: nobody sits for her."""
    expense = ExpenseFactory(fiscal_year__building__agency=alice.agency)
    seat = CouncilSeatFactory(client=karine, building=expense.fiscal_year.building)
    alice.mandates_held.update(may_read_accounts=may_read_accounts)
    room = f"/conseil-syndical/{seat.building.public_id}/"

    assert {signed_in.get(path).status_code for path in addresses(room, expense)} == {404}
    assert signed_in.post(f"/conseil-syndical/depenses/{expense.public_id}/vue/", {"vue": "oui"}).status_code == 404


def test_other_member_of_the_council_reads_the_question(client, seat, expense):
    ask(expense=expense, seat=seat, body="Pourquoi deux passages ?")
    grant = GrantFactory(client=ClientFactory(agency=seat.agency))
    CouncilSeatFactory(client=grant.client, building=seat.building)
    client.force_login(grant.user)

    assert "Pourquoi deux passages" in text(client.get(f"/conseil-syndical/depenses/{expense.public_id}/"))


def test_cost_does_not_grow_with_lines_and_papers(signed_in, seat, year, expense, room, assert_flat):
    DocumentFactory(building=seat.building, kind=Kind.BANK_STATEMENT)

    def grow():
        for day in range(1, 12):
            DocumentFactory(building=seat.building, kind=Kind.BANK_STATEMENT)
            ExpenseFactory(fiscal_year=year, key=expense.key, booked_on=dt.date(2025, 5, day))
            OwnershipFactory(client__agency=seat.agency, lot=LotFactory(building=seat.building))

    assert_flat(room, grow)
    assert_flat(f"/conseil-syndical/exercices/{year.public_id}/", grow)
    assert_flat(f"{room}coproprietaires/", grow)
