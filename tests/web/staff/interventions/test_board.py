"""The board: five columns, urgent and oldest first, what is late said; its cost does not follow the cases."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.interventions.models import Intervention
from parvis.kit.days import paris_day
from parvis.people.models import ClientRead
from tests.factories import AgencyFactory, BuildingFactory, InterventionFactory, StaffMemberFactory, UserFactory
from tests.people.cast import staff_session

pytestmark = pytest.mark.django_db
PAGE = "/gestion/interventions/"


def read(browser, path=PAGE):
    return browser.get(path).content.decode()


def test_each_case_stands_in_the_column_of_its_state(diane, acknowledged):
    page = read(diane)

    to_arrange = page.partition('id="a-organiser"')[2].partition("</section>")[0]
    assert "Fuite sous l’évier" in to_arrange
    assert "Prise en charge" in to_arrange
    assert "Rien n’attend" in page


def test_what_nobody_acknowledged_in_time_is_said_to_be_late(diane, case):
    Intervention.objects.update(acknowledge_before=timezone.now() - dt.timedelta(hours=1))

    page = read(diane)

    assert "1 attend une prise en charge, dont 1 en retard" in page
    assert "En retard" in page


def test_case_of_the_books_is_late_once_its_working_day_is_over_on_every_page(diane, lot):
    old, new = (InterventionFactory(building=lot.building, title=title) for title in ("Ancienne", "Neuve"))
    Intervention.objects.filter(pk=old.pk).update(reported_on=dt.date(2026, 1, 2), state="reported")
    Intervention.objects.filter(pk=new.pk).update(reported_on=paris_day(timezone.now()), state="reported")

    board, late, home = (read(diane, path) for path in (PAGE, f"{PAGE}liste/?voir=en-retard", "/gestion/"))

    assert "2 attendent une prise en charge, dont 1 en retard" in board
    assert "Ancienne" in late
    assert "Neuve" not in late
    assert "1 en retard" in home


def test_urgent_ones_come_first_then_the_oldest(diane, lot):
    day = dt.date(2026, 11, 2)
    InterventionFactory(building=lot.building, title="Ancienne", reported_on=day)
    InterventionFactory(building=lot.building, title="Recente", reported_on=day + dt.timedelta(days=9))
    InterventionFactory(building=lot.building, title="Pressee", reported_on=day + dt.timedelta(days=9), is_urgent=True)

    page = read(diane)

    assert page.index("Pressee") < page.index("Ancienne") < page.index("Recente")


def test_what_is_over_is_not_on_the_board(diane, lot):
    InterventionFactory(building=lot.building, title="Finie", state="closed", closed_on=dt.date(2026, 11, 20))

    assert "Finie" not in read(diane)


def test_board_shows_no_client_hence_notes_no_reading(diane, case):
    assert "Fontaine" not in read(diane)
    assert not ClientRead.objects.exists()


def test_cases_of_another_agency_do_not_exist(diane):
    InterventionFactory(building=BuildingFactory(agency=AgencyFactory()), title="Ailleurs")

    assert "Ailleurs" not in read(diane)


def test_who_looks_after_some_buildings_sees_theirs_alone(client, agency, case):
    user = UserFactory(agency=agency)
    StaffMemberFactory(agency=agency, user=user, role="manager", scope="buildings")

    assert "Fuite sous l’évier" not in read(staff_session(client, user))


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}liste/"])
@pytest.mark.usefixtures("diane")
def test_cost_is_the_same_with_ten_thousand_cases(assert_flat, case, desk, plumber, path):
    facts = {"agency": case.agency, "building": case.building, "scope": "common", "reported_on": case.reported_on}
    facts |= {"assigned_to": desk.member, "supplier": plumber, "title": "Ampoule grillée"}
    many = [
        Intervention(number=f"A{rank}", state=state, **facts)
        for rank, state in enumerate(["reported", "acknowledged", "ordered", "done"] * 2_500)
    ]

    assert_flat(path, lambda: Intervention.objects.bulk_create(many, batch_size=500))


@pytest.mark.usefixtures("diane")
def test_board_asks_the_database_four_things(queries_of, case):
    """How late it is, how many cases in each state, the first of each, how many are late."""
    queries_of(PAGE)

    about_cases = [sql for sql in queries_of(PAGE) if "interventions_intervention" in sql or "JULIANDAY" in sql]

    assert len(about_cases) in {3, 4}  # PostgreSQL is asked the time in other words
