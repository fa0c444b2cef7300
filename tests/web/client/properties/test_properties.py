"""Biens: what the client holds, by what right; nothing about whoever held it before or after."""

import datetime as dt

from parvis.web.client.properties.page import UNITS_WITHOUT_SEARCH
from tests.factories import (
    AccountFactory,
    BuildingAssignmentFactory,
    ClientFactory,
    LeaseFactory,
    LotFactory,
    LotShareFactory,
    ManagementMandateFactory,
    OwnershipFactory,
    TenancyFactory,
)


def page_at(signed_in, path):
    response = signed_in.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_flat_and_cellar_of_one_holder_are_one_property(signed_in, alice, home):
    cellar = LotFactory(building=home.building, number="31", kind="annex", label="Cave")
    OwnershipFactory(client=alice, lot=cellar)

    page = page_at(signed_in, "/biens/")

    assert page.count("Résidence Les Acacias") == 1
    assert "cave (lot 31)" in page


def test_properties_are_grouped_by_right(signed_in, alice, home):
    ManagementMandateFactory(client=alice)
    TenancyFactory(client=alice)

    page = page_at(signed_in, "/biens/")

    assert [page.index(title) for title in (">Copropriété<", ">Gestion locative<", ">Location<")]


def test_landlord_reads_whether_the_flat_is_let_and_to_whom(signed_in, alice):
    mandate = ManagementMandateFactory(client=alice)
    vacant = page_at(signed_in, "/biens/")
    lease = LeaseFactory(lot=mandate.lot)
    TenancyFactory(lease=lease, client=ClientFactory(agency=alice.agency, first_name="Moussa", last_name="Diallo"))

    let, detail = page_at(signed_in, "/biens/"), page_at(signed_in, f"/biens/{mandate.lot.public_id}/")

    assert "Vacant" in vacant
    assert "Loué" in let
    assert "Moussa Diallo" in detail
    assert "720,00\u202f€" in detail


def test_tenant_reads_the_lease_but_no_share_of_the_building(signed_in, alice):
    tenancy = TenancyFactory(client=alice)
    LotShareFactory(lot=tenancy.lease.lot)

    page = page_at(signed_in, f"/biens/{tenancy.lease.lot.public_id}/")

    assert "Votre bail" in page
    assert "tantièmes" not in page


def test_owner_reads_the_shares_of_flat_and_cellar_together(signed_in, alice, home):
    share = LotShareFactory(lot=home, shares=124)
    cellar = LotFactory(building=home.building, kind="annex", label="Cave")
    OwnershipFactory(client=alice, lot=cellar)
    LotShareFactory(lot=cellar, key=share.key, shares=2)

    page = page_at(signed_in, f"/biens/{home.public_id}/")

    assert "126\u00a0/\u00a010\u202f000" in page


def test_property_leads_to_its_account_and_its_contact(signed_in, alice, home):
    account = AccountFactory(client=alice, building=home.building)
    BuildingAssignmentFactory(building=home.building)

    page = page_at(signed_in, f"/biens/{home.public_id}/")

    assert f"/comptes/{account.public_id}/" in page
    assert "Diane Hamon" in page


def test_former_owner_keeps_the_past_and_sees_nothing_of_the_present(signed_in, alice, today):
    sold_on = today - dt.timedelta(days=100)
    lot = LotFactory(building__agency=alice.agency)
    OwnershipFactory(client=alice, lot=lot, ends_on=sold_on)
    ManagementMandateFactory(client=alice, lot=lot, ends_on=sold_on)
    buyer = ClientFactory(agency=alice.agency, first_name="Bob", last_name="Perrin")
    OwnershipFactory(client=buyer, lot=lot, starts_on=sold_on)
    lease = LeaseFactory(lot=lot, starts_on=today - dt.timedelta(days=50))
    TenancyFactory(lease=lease, client=ClientFactory(agency=alice.agency, first_name="Moussa", last_name="Diallo"))

    index, detail = page_at(signed_in, "/biens/"), page_at(signed_in, f"/biens/{lot.public_id}/")

    assert "Anciens biens" in index
    assert "Diallo" not in index + detail
    assert "Perrin" not in index + detail


def test_property_bought_for_later_is_not_there_yet(signed_in, alice, today):
    lot = LotFactory(building__agency=alice.agency)
    OwnershipFactory(client=alice, lot=lot, starts_on=today + dt.timedelta(days=1))

    assert "Résidence Les Acacias" not in page_at(signed_in, "/biens/")
    assert signed_in.get(f"/biens/{lot.public_id}/").status_code == 404


def test_property_of_a_neighbour_does_not_exist(signed_in, alice, home):
    neighbour = OwnershipFactory(client=ClientFactory(agency=alice.agency), lot=LotFactory(building=home.building))

    assert signed_in.get(f"/biens/{neighbour.lot.public_id}/").status_code == 404


def test_who_holds_nothing_is_told_so(signed_in):
    assert "Aucun bien n’est rattaché à votre compte." in page_at(signed_in, "/biens/")


def test_cost_does_not_grow_with_the_properties(signed_in, alice, home, assert_flat):
    def grow():
        for _ in range(15):
            OwnershipFactory(client=alice, lot=LotFactory(building__agency=alice.agency))

    assert signed_in.get("/biens/").status_code == 200
    assert home.building

    assert_flat("/biens/", grow)


def give_lots(alice, names):
    for rank, name in enumerate(names):
        lot = LotFactory(building__agency=alice.agency, building__name=name, number=str(rank + 500))
        OwnershipFactory(client=alice, lot=lot)


def test_few_properties_need_no_search(signed_in, alice):
    give_lots(alice, ["Les Acacias"] * UNITS_WITHOUT_SEARCH)

    assert "Rechercher un bien" not in page_at(signed_in, "/biens/")


def test_one_of_many_properties_is_found_without_its_accents(signed_in, alice):
    give_lots(alice, ["Les Acacias"] * UNITS_WITHOUT_SEARCH + ["Résidence des Érables"])

    page = page_at(signed_in, "/biens/?recherche=erables+508")

    assert "Rechercher un bien" in page
    assert "1 bien pour «\u00a0erables 508\u00a0»." in page
    assert "Résidence des Érables" in page
    assert "Les Acacias" not in page


def test_search_without_an_answer_leads_back_to_all(signed_in, alice):
    give_lots(alice, ["Les Acacias"] * (UNITS_WITHOUT_SEARCH + 1))

    page = page_at(signed_in, "/biens/?recherche=%3Cb%3E%00" + "x" * 500)

    assert "Aucun bien pour" in page
    assert "<b>" not in page
    assert '<a class="lone-link" href="/biens/">Voir tous les biens</a>' in page
    assert "appelez votre agence" not in page


def test_property_leads_to_its_own_accounts_and_to_those_of_the_building(signed_in, alice, home):
    other = LotFactory(building=home.building, number="77")
    OwnershipFactory(client=alice, lot=other)
    for reference, lot in (("OWN-1", home), ("ALL-1", None), ("OTHER-1", other)):
        AccountFactory(client=alice, building=home.building, lot=lot, reference=reference)

    page = page_at(signed_in, f"/biens/{home.public_id}/")

    assert "OWN-1" in page
    assert "ALL-1" in page
    assert "OTHER-1" not in page
