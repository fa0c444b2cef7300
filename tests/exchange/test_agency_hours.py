"""The hours, the closures and the absences of an agency come in its package."""

import datetime as dt

import pytest

from parvis.agencies.models import Agency
from parvis.people.models import StaffAbsence
from tests.exchange.packages import example, example_package

pytestmark = pytest.mark.django_db


def package(*absences, **agency):
    rows = example_package() | {"agency": [example("agency", **agency)], "absences": list(absences)}
    rows["staff"].append(example("staff", reference="KB", first_name="Karim", last_name="Benali", civility="sir"))
    return rows


def away(**changes):
    return example("absences", replacement="KB", **changes)


def test_hours_and_closures_are_kept(bring_in):
    bring_in(package())

    agency = Agency.objects.get()
    assert agency.weekly_hours == "lundi-vendredi 09:00-12:00 14:00-18:00, samedi 09:00-12:00"
    assert agency.closures == "2026-12-24, 2027-08-09/2027-08-20"


@pytest.mark.parametrize(
    ("column", "value"),
    [("weekly_hours", "de 9 h à 18 h"), ("weekly_hours", "lundi 18:00-09:00"), ("closures", "Noël")],
)
def test_hours_that_cannot_be_read_are_refused_before_anything(bring_in, column, value):
    report = bring_in(package(**{column: value}))

    assert not report.is_applied
    assert [fault.column for fault in report.refusals] == [column]
    assert not Agency.objects.exists()


def test_an_absence_names_who_answers(bring_in):
    bring_in(package(away()))

    absence = StaffAbsence.objects.get()
    assert (absence.staff_member.reference, absence.replacement.reference) == ("DH", "KB")
    assert absence.ends_on == dt.date(2026, 11, 30)


def test_an_absence_that_is_no_longer_said_goes_with_prune(bring_in):
    bring_in(package(away()))

    bring_in(package(), prune=True)

    assert not StaffAbsence.objects.exists()


@pytest.mark.parametrize("changes", [{"ends_on": "2026-11-01"}, {"replacement": "DH"}, {"replacement": "ZZ"}])
def test_an_absence_that_cannot_be_is_refused_alone(bring_in, changes):
    report = bring_in(package(away() | changes))

    assert report.is_applied
    assert [fault.file for fault in report.refusals] == ["absences.csv"]
    assert not StaffAbsence.objects.exists()
