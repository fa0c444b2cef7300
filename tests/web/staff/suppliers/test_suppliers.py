"""Entreprises: the directory, a firm added, a firm changed."""

import pytest

from parvis.interventions.models import Supplier
from tests.factories import AgencyFactory
from tests.interventions.factories import SupplierFactory

pytestmark = pytest.mark.django_db
PAGE = "/gestion/entreprises/"


def send(browser, path="ajouter/", **typed):
    known = {"name": "Plomberie Martel", "email": "martel@exemple.fr", "trade": "water", "phone": "01 00 00 00 31"}
    return browser.post(f"{PAGE}{path}", {**known, **typed}, follow=True).content.decode()


def test_firm_is_added(diane):
    page = send(diane, siret="732 829 320 00074")

    assert "L’entreprise est enregistrée." in page
    assert Supplier.objects.get().siret == "73282932000074"


def test_firm_is_changed(diane, agency):
    firm = SupplierFactory(agency=agency)

    send(diane, f"{firm.public_id}/", email="nouveau@exemple.fr")

    firm.refresh_from_db()
    assert firm.email == "nouveau@exemple.fr"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Renseignez le nom de l’entreprise."),
        ({"email": "martel"}, "Renseignez un courriel complet"),
        ({"siret": "12345678901234"}, "Renseignez un numéro SIRET"),
        ({"phone": "12"}, "Renseignez un numéro à 10"),
    ],
)
def test_what_is_wrong_is_said(diane, typed, said):
    assert said in send(diane, **typed)
    assert not Supplier.objects.exists()


def test_name_is_taken_once(diane):
    send(diane)

    assert "Ce nom est déjà pris" in send(diane, name="PLOMBERIE MARTEL")
    assert Supplier.objects.count() == 1


def test_firm_of_another_agency_does_not_exist(diane):
    stranger = SupplierFactory(agency=AgencyFactory(), name="Ailleurs")

    assert "Ailleurs" not in diane.get(PAGE).content.decode()
    assert diane.get(f"{PAGE}{stranger.public_id}/").status_code == 404


@pytest.mark.usefixtures("diane")
def test_cost_is_the_same_with_one_firm_and_with_many(assert_flat, agency):
    SupplierFactory(agency=agency)

    assert_flat(PAGE, lambda: SupplierFactory.create_batch(60, agency=agency))
