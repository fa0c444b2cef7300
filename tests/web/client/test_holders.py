"""Who represents another always reads whose account and whose property it is."""

import pytest

from tests.factories import AccountFactory, ClientFactory, LeaseFactory, LotFactory, OwnershipFactory, TenancyFactory

ACCOUNT, PROPERTY = "Compte de Madame Karine Cherif", "Bien de Madame Karine Cherif"


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def test_each_account_of_another_names_its_holder_before_the_words(signed_in, alice, karine, home):
    AccountFactory(client=alice, building=home.building, balance_cents=-11100)
    AccountFactory(client=karine, building=home.building, balance_cents=12000)

    for path in ("/", "/comptes/"):
        page = text_of(signed_in.get(path))
        own, other = page.split(ACCOUNT, 1)
        assert "111,00\u202f€" in own
        assert "Compte de" not in own
        assert other.index("120,00\u202f€") < other.index("En votre faveur.")
        assert "du solde copropriétaire, compte de Madame Karine Cherif" in page


def test_page_of_the_account_names_its_holder(signed_in, alice, karine):
    own, other = AccountFactory(client=alice), AccountFactory(client=karine)

    assert "Compte de" not in text_of(signed_in.get(f"/comptes/{own.public_id}/"))
    page = text_of(signed_in.get(f"/comptes/{other.public_id}/"))
    assert f"<strong>{ACCOUNT}</strong>" in page
    assert "«\u00a0vous\u00a0» désigne le titulaire du compte" in page
    assert "compte de Madame Karine Cherif – Espace client" in page


def test_closed_account_of_another_names_its_holder(signed_in, karine, today):
    AccountFactory(client=karine, closed_on=today)

    assert ACCOUNT in text_of(signed_in.get("/comptes/"))


def test_accounts_of_others_alone_are_not_called_yours(signed_in, alice, karine):
    AccountFactory(client=karine)
    assert "Vos comptes" not in text_of(signed_in.get("/"))

    AccountFactory(client=alice)
    assert "Vos comptes" in text_of(signed_in.get("/"))


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ({"civility": "", "first_name": "Élodie", "last_name": "Petit"}, "Compte d’Élodie Petit"),
        ({"company_name": "SCI Les Peupliers"}, "Compte de la SCI Les Peupliers"),
        ({"company_name": "Indivision Lambert"}, "Compte de l’Indivision Lambert"),
        ({"company_name": "Oméga Gestion"}, "Compte d’Oméga Gestion"),
        ({"civility": "madam_and_sir", "last_name": "Morel"}, "Compte de Madame et Monsieur Morel"),
    ],
)
def test_holder_is_named_as_french_names_them(signed_in, karine, who, words):
    for field, value in who.items():
        setattr(karine, field, value)
    karine.save()
    AccountFactory(client=karine)

    assert words in text_of(signed_in.get("/"))


def test_property_of_another_names_its_holder(signed_in, alice, karine, home):
    lot = LotFactory(building=home.building)
    OwnershipFactory(client=karine, lot=lot)
    AccountFactory(client=karine, building=home.building, lot=lot)

    assert text_of(signed_in.get("/biens/")).count(PROPERTY) == 1
    assert PROPERTY not in text_of(signed_in.get(f"/biens/{home.public_id}/"))
    page = text_of(signed_in.get(f"/biens/{lot.public_id}/"))
    assert PROPERTY in page
    assert ACCOUNT in page


def test_lease_of_another_is_not_called_yours(signed_in, karine):
    tenancy = TenancyFactory(client=karine, lease=LeaseFactory(lot__building__agency=karine.agency))

    page = text_of(signed_in.get(f"/biens/{tenancy.lease.lot.public_id}/"))

    assert "Votre bail" not in page
    assert ">Bail<" in page


def test_property_shared_with_whom_one_represents_is_ones_own_first(signed_in, alice, karine):
    lot = OwnershipFactory(client=karine).lot
    assert PROPERTY in text_of(signed_in.get(f"/biens/{lot.public_id}/"))

    OwnershipFactory(client=alice, lot=lot)
    assert PROPERTY not in text_of(signed_in.get(f"/biens/{lot.public_id}/"))


@pytest.mark.parametrize("path", ["/", "/comptes/", "/biens/"])
def test_naming_holders_costs_nothing_more(signed_in, karine, path, assert_flat):
    OwnershipFactory(client=karine)
    AccountFactory(client=karine)

    def grow():
        for _rank in range(8):
            OwnershipFactory(client=karine)
            AccountFactory(client=karine)

    assert signed_in.get(path).status_code == 200
    assert_flat(path, grow)


def test_who_owns_together_is_told_where_the_account_is(signed_in, alice, home):
    other = ClientFactory(agency=alice.agency)
    OwnershipFactory(client=other, lot=home)
    AccountFactory(client=other, lot=home, building=home.building)

    assert "Le compte d’un bien en commun est au nom d’une seule personne." in text_of(signed_in.get("/comptes/"))
