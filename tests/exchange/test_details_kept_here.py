"""What an administrator wrote of a colleague is not what packages say: they leave it, and note what the books say."""

import datetime as dt

import pytest

from parvis.people.actions.colleagues import Person, add, end_post
from parvis.people.actions.details import change_details, follow_books
from parvis.people.models import KeptDetail, StaffMember
from tests.exchange.packages import example, example_package
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
BY = ("user", "diane")
ALL = {
    "civility": "sir",
    "first_name": "Denis",
    "last_name": "Martin",
    "role": "accountant",
    "phone": "01 99 00 00 99",
    "email": "accueil@exemple.fr",
}


def saying(**values):
    return {**example_package(), "staff": [example("staff", **values)]}


def of_books():
    return StaffMember.objects.get(reference=example("staff")["reference"])


@pytest.mark.parametrize("name", ALL)
def test_package_leaves_what_was_written_here_and_brings_the_rest(bring_in, name):
    bring_in()
    change_details(member=of_books(), values={name: ALL[name]}, by=BY)
    other = "phone" if name != "phone" else "email"
    said = {"phone": "01 00 00 00 77", "email": "neuf@exemple.fr"}[other]

    report = bring_in(saying(**{other: said}))

    member = of_books()
    assert getattr(member, name) == ALL[name]
    assert getattr(member, other) == said
    assert any("1 détail décidé dans Parvis" in note for note in report.notes)


def test_books_stand_again_as_they_say_it_now(bring_in):
    bring_in()
    change_details(member=of_books(), values={"phone": ALL["phone"], "email": ALL["email"]}, by=BY)
    bring_in(saying(phone="01 00 00 00 77"))

    follow_books(member=of_books(), name="phone", by=BY)

    assert (of_books().phone, of_books().email) == ("01 00 00 00 77", ALL["email"])
    bring_in(saying(phone="01 00 00 00 78"))
    assert (of_books().phone, of_books().email) == ("01 00 00 00 78", ALL["email"])
    assert KeptDetail.objects.get().name == "email"


def test_who_was_said_to_have_left_is_not_brought_back_by_a_package(bring_in):
    bring_in()
    end_post(member=of_books(), by=UserFactory(agency=of_books().agency))
    left_on = of_books().left_on

    bring_in()
    assert of_books().left_on == left_on

    follow_books(member=of_books(), name="left_on", by=BY)
    assert of_books().left_on is None


def test_day_that_the_books_give_stands_again_when_they_are_followed(bring_in):
    bring_in()
    end_post(member=of_books(), by=UserFactory(agency=of_books().agency))
    bring_in(saying(left_on="2026-01-31"))

    follow_books(member=of_books(), name="left_on", by=BY)

    assert of_books().left_on == dt.date(2026, 1, 31)


def test_colleague_added_here_and_absent_from_the_package_stays(bring_in):
    bring_in()
    person = Person(reference="ICI", first_name="Zoé", last_name="M", role="assistant", email="z@exemple.fr", phone="")
    add(agency=of_books().agency, person=person, by=BY)

    bring_in(prune=True)

    assert StaffMember.objects.get(reference="ICI").left_on is None


def test_preview_says_nothing_of_what_stays(bring_in):
    bring_in()
    change_details(member=of_books(), values={"phone": ALL["phone"]}, by=BY)

    report = bring_in(dry_run=True)

    assert report.changed == 0
    assert of_books().phone == ALL["phone"]
    assert KeptDetail.objects.get().books == example("staff")["phone"]
