"""Each page of the staff names the duty it needs; the menu shows what the role opens, and nothing else."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from parvis.exchange.rules.tables import load_table
from parvis.people.rules import DUTIES_OF, OF_THE_WHOLE_AGENCY, Duty, duties_of
from parvis.web.ui.staff_menu import ENTRIES, LODGE
from tests.factories import StaffMemberFactory, UserFactory
from tests.matrix.addresses import every_address
from tests.people.cast import staff_session


def at_work(agency, **post):
    user = UserFactory(agency=agency)
    StaffMemberFactory(agency=agency, user=user, **post)
    return staff_session(Browser(), user)


def test_no_page_of_the_staff_lacks_its_duty():
    of_staff = [address for address in every_address() if address.name.startswith("staff:")]

    assert [address.name for address in of_staff if not isinstance(getattr(address.view, "duty", None), Duty)] == []


def test_every_role_has_its_duties_and_knows_the_first_page():
    assert all(Duty.HOME in duties for duties in DUTIES_OF.values())
    assert DUTIES_OF["administrator"] == frozenset(Duty)
    assert not duties_of("unknown", of_whole_agency=True)


def test_some_buildings_open_nothing_of_the_whole_agency():
    assert not duties_of("manager", of_whole_agency=False) & OF_THE_WHOLE_AGENCY
    assert not duties_of("accountant", of_whole_agency=False) & OF_THE_WHOLE_AGENCY


def test_no_import_says_what_somebody_opens():
    assert {"desk_role", "scope"}.isdisjoint(field.name for field in load_table("staff").fields)


@pytest.mark.parametrize("role", sorted(set(DUTIES_OF) - {"caretaker"}))
@pytest.mark.django_db
def test_the_menu_shows_what_the_role_opens(agency, role):
    page = at_work(agency, role=role).get("/gestion/autres/").content.decode()

    shown = {entry.name for entry in (*ENTRIES, LODGE) if f'href="{reverse(entry.name)}"' in page}
    assert shown == {entry.name for entry in ENTRIES if entry.duty in duties_of(role, of_whole_agency=True)}


@pytest.mark.django_db
def test_caretaker_has_the_lodge_and_nothing_else(agency):
    page = at_work(agency, role="caretaker").get("/gestion/autres/").content.decode()

    assert [entry.name for entry in (*ENTRIES, LODGE) if f'href="{reverse(entry.name)}"' in page] == [LODGE.name]
    assert 'class="menu-phone"' not in page, "The way to sign out is in the menu of every screen."


@pytest.mark.django_db
def test_every_entry_of_the_menu_opens_for_an_administrator(agency):
    browser = at_work(agency, role="administrator")

    assert {entry.name: browser.get(reverse(entry.name)).status_code for entry in ENTRIES} == dict.fromkeys(
        (entry.name for entry in ENTRIES), 200
    )
