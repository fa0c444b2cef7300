"""A client is found by whatever somebody says on the telephone, and by nobody who may not see them."""

import datetime as dt

import pytest

from parvis.people.models import Viewer
from parvis.property import actions
from parvis.property.client_search import client_search
from parvis.property.client_terms import terms_of
from tests.factories import (
    AgencyFactory,
    BuildingAssignmentFactory,
    ClientFactory,
    GrantFactory,
    OwnershipFactory,
    StaffMemberFactory,
    TenancyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def diane(agency):
    return staff_of(agency)


def staff_of(agency, **options):
    user = UserFactory(agency=agency)
    StaffMemberFactory(agency=agency, user=user, **options)
    return Viewer.of(user)


@pytest.fixture
def helene(agency):
    """Somebody who is known by everything that a person is known by."""
    client = ClientFactory(
        agency=agency,
        customer_reference="98 427.835-A",
        reference_key="98427835a",
        first_name="Hélène",
        last_name="Lefèvre-Dupont",
        mobile_phone="+33 6 12 34 56 78",
        landline_phone="01 45 67 89 10",
        known_email="helene.lefevre@exemple.fr",
    )
    GrantFactory(client=client, user__agency=agency, user__email="h.dupont@autre.fr")
    OwnershipFactory(client=client, lot__building__agency=agency, lot__number="B12", lot__label="Appartement T3")
    for name in ("Perrin", "Moreau"):
        ClientFactory(agency=agency, last_name=name)
    actions.index_agency(agency=agency)
    return client


def names(viewer, words):
    return [found.client.last_name for found in client_search(viewer, words)]


@pytest.mark.parametrize(
    "words",
    [
        *("Lefèvre", "lefevre", "LEF", "dupont", "hélène lefe", "Lefèvre Hélène", "Mme Dupont", "evre"),
        *("98427835A", "98 427 835 a", "98427", "98 427 835"),
        *("06 12 34 56 78", "0612345678", "+33 6 12 34 56 78", "00336123456", "06.12.34", "0145", "dupont 06 12 34"),
        *("helene.lefevre@exemple.fr", "helene.lef", "h.dupont@autre.fr"),
        *("lot B12", "lot n° b12", "acacias lot B12", "lefevre acacias"),
    ],
)
def test_client_is_found_as_people_ask(diane, helene, words):
    found = names(diane, words)

    assert found == ["Lefèvre-Dupont"]


@pytest.mark.parametrize("words", ["", "  ", "!?", "lot B1", "lot 12", "perin", "0612345679", "lefevre perrin"])
def test_nobody_else_is(diane, helene, words):
    found = names(diane, words)

    assert found == []


def test_those_of_that_name_come_first_by_name_and_the_identifiant_before_all(diane, agency):
    street = OwnershipFactory(client__agency=agency, client__last_name="Albert", lot__building__name="Clos Martin")
    for first_name in ("Zoé", "Anne"):
        ClientFactory(agency=agency, last_name="Martin", first_name=first_name)
    ClientFactory(agency=agency, last_name="Zola", customer_reference="M4rtin", reference_key="m4rtin")
    actions.index_agency(agency=agency)

    found = [each.client.full_name for each in client_search(diane, "martin")]

    assert found == ["Anne Martin", "Zoé Martin", street.client.full_name]
    assert names(diane, "M-4RTIN") == ["Zola"]


def test_page_says_where_they_hold_something_today(diane, helene, agency):
    OwnershipFactory(
        client=helene,
        lot__building=helene.ownerships.get().lot.building,
        lot__kind="annex",
        lot__label="Cave",
        lot__number="3",
    )
    past = dt.date(2021, 1, 1)
    TenancyFactory(client=helene, lease__lot__number="7", ends_on=past, lease__lot__building__agency=agency)

    (found,) = client_search(diane, "lefevre")

    assert found.places == [
        f"{lot}, Résidence Les Acacias" for lot in ("Appartement T3, lot\u00a0B12", "Cave, lot\u00a03")
    ]


def test_two_letters_show_as_many_as_a_page_holds(diane, agency):
    ClientFactory.create_batch(30, agency=agency, last_name="Fontaine")
    actions.index_agency(agency=agency)

    assert len(client_search(diane, "fo")) == 20


def test_neither_another_agency_nor_a_client_nor_who_looks_after_other_buildings_finds_them(agency, helene):
    theirs = helene.ownerships.get().lot.building
    charlie = GrantFactory(client__agency=agency).user
    ines, gaston = staff_of(agency, scope="buildings"), staff_of(agency, desk_role="caretaker", role="caretaker")
    member = StaffMemberFactory._meta.model.objects.get(user_id=gaston.user_id)
    BuildingAssignmentFactory(building=theirs, staff_member=member)

    strangers = [staff_of(AgencyFactory()), Viewer.of(charlie), ines]

    assert [names(viewer, words) for viewer in strangers for words in ("lefevre", "98427835A")] == [[]] * 6
    assert names(gaston, "lefevre") == ["Lefèvre-Dupont"]


def test_words_follow_the_data_and_are_written_only_where_they_change(diane, helene, agency):
    assert actions.index_agency(agency=agency) == 0

    helene.first_name = "Solange"
    helene.save(update_fields=["first_name"])

    assert actions.index_agency(agency=agency) == 1
    assert names(diane, "solange") == ["Lefèvre-Dupont"]


def test_words_that_say_nothing_are_left_aside_unless_there_are_no_others():
    assert terms_of("Madame de la Tour") == [" tour"]
    assert terms_of("Le") == [" le"]
    assert terms_of("06 12, lot 3") == [" 0612", " lot3 "]
