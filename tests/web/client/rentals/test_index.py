"""Mes recherches: the applicant's files and where they stand."""

from tests.factories import ClientFactory, RentalApplicationFactory


def test_each_file_says_where_it_stands(signed_in, alice):
    RentalApplicationFactory(applicant=alice, state="under_review", pieces_received=6, pieces_expected=8)

    page = signed_in.get("/recherches/").content.decode()

    assert "Appartement T2, 10 rue des Lilas, Paris" in page
    assert "En étude" in page
    assert "6 pièces sur 8" in page


def test_file_that_is_over_no_longer_stands_out(signed_in, alice):
    RentalApplicationFactory(applicant=alice, state="declined")

    page = signed_in.get("/recherches/").content.decode()

    assert '<span class="status">Non retenue</span>' in page


def test_file_of_somebody_else_is_not_there(signed_in, alice):
    RentalApplicationFactory(applicant=ClientFactory(agency=alice.agency))

    page = signed_in.get("/recherches/").content.decode()

    assert "rue des Lilas" not in page
    assert "Aucune candidature en cours." in page
