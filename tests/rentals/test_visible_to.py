import pytest

from parvis.rentals.models import RentalApplication
from tests.factories import RentalApplicationFactory
from tests.people.cast import neighbour_of, viewer_of

pytestmark = pytest.mark.django_db


def test_applicant_sees_own_file_and_the_neighbour_does_not():
    application = RentalApplicationFactory()

    assert RentalApplication.objects.visible_to(viewer_of(application.applicant)).get() == application
    assert not RentalApplication.objects.visible_to(neighbour_of(application.applicant)).exists()


@pytest.mark.parametrize(("state", "counted"), [("submitted", 1), ("declined", 0)])
def test_open_files_are_those_without_an_answer(state, counted):
    RentalApplicationFactory(state=state)

    assert RentalApplication.objects.open().count() == counted
