"""The address and the telephones: asked on their page, shown at once, settled by the agency's data."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.kit.days import paris_day
from parvis.people.actions import hold
from parvis.people.actions.profile_changes import settle
from parvis.people.models import ProfileChange
from tests.factories import ClientFactory, GrantFactory
from tests.people.factories import ProfileChangeFactory

MOVED = {"street": "4 rue des Lilas", "address_extra": "", "postal_code": "69003", "city": "Lyon", "country": ""}
WAITS = "En cours de prise en compte"


def move(browser, alice, **fields):
    day = paris_day(timezone.now()).isoformat()
    return browser.post(f"/profil/{alice.public_id}/adresse/", MOVED | {"effective_on": day} | fields, follow=True)


def profile(browser):
    return browser.get("/profil/").content.decode()


def test_new_address_is_shown_at_once_as_under_way(proven, alice):
    page = move(proven, alice).content.decode()

    assert "Votre adresse est enregistrée." in page
    assert "4 rue des Lilas" in page
    assert WAITS in page


def test_import_of_the_old_address_keeps_it_shown_that_of_the_new_one_settles_it(proven, alice):
    alice.street = "12 rue des Acacias"
    alice.save()
    move(proven, alice)

    settle(agency=alice.agency)
    before = profile(proven)
    type(alice).objects.update(**MOVED)
    settle(agency=alice.agency)
    after = profile(proven)

    assert "4 rue des Lilas" in before
    assert "12 rue des Acacias" not in before
    assert WAITS in before
    assert "4 rue des Lilas" in after
    assert WAITS not in after


def test_former_address_typed_again_withdraws_the_change(proven, alice):
    type(alice).objects.filter(pk=alice.pk).update(**MOVED | {"street": "12 rue des Acacias"})
    move(proven, alice)

    page = move(proven, alice, street="12 rue des Acacias").content.decode()

    assert "Votre changement est annulé." in page
    assert WAITS not in page


def test_change_withdrawn_shows_what_the_agency_knows_again(proven, alice):
    alice.street = "12 rue des Acacias"
    alice.save()
    move(proven, alice)
    change = ProfileChange.objects.get()

    page = proven.post(f"/profil/changements/{change.public_id}/annuler/", follow=True).content.decode()

    assert "12 rue des Acacias" in page
    assert WAITS not in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("street", "", "Renseignez votre adresse."),
        ("city", "", "Renseignez votre commune."),
        ("effective_on", "bientôt", "Renseignez une date, par exemple 15/01/2027."),
        ("effective_on", "2020-01-01", "Choisissez un jour à partir d’aujourd’hui, dans l’année qui vient."),
    ],
)
def test_what_is_missing_is_said_and_nothing_changes(proven, alice, field, value, said):
    page = move(proven, alice, **{field: value}).content.decode()

    assert said in page
    assert "<title>Erreur" in page
    assert not ProfileChange.objects.exists()


def test_date_may_be_typed_as_in_france(proven, alice):
    later = paris_day(timezone.now()) + dt.timedelta(days=30)

    move(proven, alice, effective_on=later.strftime("%d/%m/%Y"))

    assert ProfileChange.objects.get().effective_on == later


def test_who_proved_themselves_long_ago_is_asked_again(signed_in, alice):
    answer = signed_in.get(f"/profil/{alice.public_id}/adresse/")

    assert answer.headers["Location"].startswith("/connexion/confirmer/")


def test_address_page_waits_while_the_login_is_on_hold(proven, alice):
    hold.begin_hold(alice.grants.get().user)

    answer = move(proven, alice)

    assert answer.status_code == 403
    assert "le changement d’adresse postale sera possible" in answer.content.decode()


def test_each_client_of_a_login_has_its_own_address(proven, alice):
    company = GrantFactory(client=ClientFactory(agency=alice.agency), user=alice.grants.get().user).client

    move(proven, company)

    assert ProfileChange.objects.get().client == company


def test_who_represents_a_client_reads_their_address_and_changes_nothing(proven, alice, karine):
    page = profile(proven)

    assert "Karine Cherif" in page
    assert f"/profil/{karine.public_id}/adresse/" not in page
    assert proven.get(f"/profil/{karine.public_id}/adresse/").status_code == 404


def test_numbers_are_kept_in_one_form(proven, alice):
    answer = proven.post(
        f"/profil/{alice.public_id}/telephones/",
        {"mobile_phone": "+33 6 12 34 56 78", "landline_phone": ""},
        follow=True,
    )

    assert "06\u00a012\u00a034\u00a056\u00a078" in answer.content.decode()
    assert ProfileChange.objects.get().wanted["mobile_phone"] == "0612345678"


def test_number_that_is_none_is_refused(proven, alice):
    answer = proven.post(f"/profil/{alice.public_id}/telephones/", {"mobile_phone": "06 12", "landline_phone": ""})

    assert "Renseignez un numéro à 10\u00a0chiffres" in answer.content.decode()
    assert not ProfileChange.objects.exists()


def test_as_many_queries_for_one_change_as_for_many(proven, alice, django_assert_num_queries):
    user = alice.grants.get().user
    with django_assert_num_queries(4):
        proven.get("/profil/")
    for _ in range(8):
        client = GrantFactory(client=ClientFactory(agency=alice.agency), user=user).client
        ProfileChangeFactory(client=client, asked_by=user)

    with django_assert_num_queries(4):
        assert profile(proven).count(WAITS) == 8
