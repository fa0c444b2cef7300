"""Biens: what the client holds, by what right; nothing about whoever held it before or after."""

import datetime as dt

from parvis.web.client.properties.page import UNITS_WITHOUT_SEARCH
from tests.documents.factories import published
from tests.factories import (
    AccountFactory,
    BuildingAssignmentFactory,
    ClientFactory,
    CouncilSeatFactory,
    InterventionFactory,
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


def owned_by_alice(alice, **building):
    lot = LotFactory(building__agency=alice.agency, **{f"building__{name}": said for name, said in building.items()})
    OwnershipFactory(client=alice, lot=lot)
    return lot


def test_property_tells_of_the_open_cases_and_the_next_meeting(signed_in, alice, today):
    lot = owned_by_alice(alice, next_meeting_on=dt.date(2031, 5, 18))
    InterventionFactory(building=lot.building, scope="common", title="Ascenseur bloqué", state="scheduled")
    InterventionFactory(building=lot.building, scope="common", title="Porte réparée", state="closed", closed_on=today)

    page = page_at(signed_in, f"/biens/{lot.public_id}/")

    assert "Ascenseur bloqué" in page
    assert "Rendez-vous fixé. Intervention déclarée le" in page
    assert "Porte réparée" not in page
    assert "18\u00a0mai 2031" in page


def test_energy_class_says_until_when_it_is_valid(signed_in, home, today):
    home.energy_class, home.energy_valid_until = "D", today
    home.save()
    valid = page_at(signed_in, f"/biens/{home.public_id}/")
    home.energy_valid_until = today - dt.timedelta(days=1)
    home.save()

    over = page_at(signed_in, f"/biens/{home.public_id}/")

    assert "D (valable jusqu’au" in valid
    assert "D (n’est plus valable depuis le" in over


def test_owner_who_lives_there_is_told_so(signed_in, alice, home):
    home.ownerships.update(occupancy="owner")

    assert "Occupé par vous" in page_at(signed_in, "/biens/")
    assert "Occupé par vous" in page_at(signed_in, f"/biens/{home.public_id}/")


def test_guardian_is_not_told_that_they_live_there(signed_in, karine, today):
    lot = LotFactory(building__agency=karine.agency)
    OwnershipFactory(client=karine, lot=lot, occupancy="owner")

    assert "Occupé par son propriétaire" in page_at(signed_in, "/biens/")


def test_council_is_named_to_the_co_owners_who_may_know_it(signed_in, alice, home, today):
    chair = ClientFactory(agency=alice.agency, first_name="Bob", last_name="Perrin")
    shy = ClientFactory(agency=alice.agency, first_name="Zoé", last_name="Discrète")
    gone = ClientFactory(agency=alice.agency, first_name="Max", last_name="Ancien")
    CouncilSeatFactory(building=home.building, client=chair, is_chair=True)
    CouncilSeatFactory(building=home.building, client=shy, is_named=False)
    CouncilSeatFactory(building=home.building, client=gone, ends_on=today - dt.timedelta(days=1))

    page = page_at(signed_in, f"/biens/{home.public_id}/")

    assert "Bob Perrin (préside)" in page
    assert "Discrète" not in page
    assert "Ancien" not in page


def test_tenant_reads_the_caretaker_and_the_door_but_not_the_council(signed_in, alice):
    tenancy = TenancyFactory(client=alice)
    building = tenancy.lease.lot.building
    building.caretaker_name, building.door_code = "Paulo Mendes", "14B57"
    building.save()
    member = ClientFactory(agency=alice.agency, first_name="Bob", last_name="Perrin")
    CouncilSeatFactory(building=building, client=member)

    page = page_at(signed_in, f"/biens/{tenancy.lease.lot.public_id}/")

    assert "Paulo Mendes" in page
    assert "14B57" in page
    assert "Perrin" not in page


def test_who_left_reads_neither_the_code_of_the_door_nor_the_open_cases(signed_in, alice, today):
    yesterday = today - dt.timedelta(days=1)
    lot = LotFactory(
        building__agency=alice.agency, building__door_code="14B57", building__caretaker_name="Paulo Mendes"
    )
    OwnershipFactory(client=alice, lot=lot, ends_on=yesterday)
    InterventionFactory(building=lot.building, scope="common", title="Ascenseur bloqué", reported_on=yesterday)

    page = page_at(signed_in, f"/biens/{lot.public_id}/")

    assert "Vous n’avez plus ce bien depuis le" in page
    assert not any(word in page for word in ("14B57", "Mendes", "Ascenseur"))


def test_access_begins_and_ends_on_the_day_of_the_transfer(signed_in, alice, today):
    bought = LotFactory(building__agency=alice.agency, building__door_code="AAA11")
    sold = LotFactory(building__agency=alice.agency, building__door_code="BBB22")
    OwnershipFactory(client=alice, lot=bought, starts_on=today)
    OwnershipFactory(client=alice, lot=sold, ends_on=today - dt.timedelta(days=1))

    assert "AAA11" in page_at(signed_in, f"/biens/{bought.public_id}/")
    assert "BBB22" not in page_at(signed_in, f"/biens/{sold.public_id}/")


def test_cost_of_a_property_does_not_grow_with_what_it_tells(signed_in, alice, home, assert_flat):
    def grow():
        for rank in range(15):
            InterventionFactory(building=home.building, scope="common")
            client = ClientFactory(agency=alice.agency, last_name=f"Membre {rank}")
            CouncilSeatFactory(building=home.building, client=client)
            AccountFactory(client=alice, building=home.building)

    grow()

    assert_flat(f"/biens/{home.public_id}/", grow)


def test_property_leads_to_the_papers_of_its_building_and_lot(signed_in, alice, home):
    other = LotFactory(building=home.building)
    published(building=home.building, title="Règlement de copropriété")
    published(lot=home, title="Diagnostic du lot")
    published(lot=other, title="Diagnostic du voisin")
    AccountFactory(client=alice, building=home.building)

    page = page_at(signed_in, f"/biens/{home.public_id}/")

    assert "Règlement de copropriété" in page
    assert "Diagnostic du lot" in page
    assert "Diagnostic du voisin" not in page
    assert f"/documents-legaux/{home.building.public_id}/" in page


def test_who_left_keeps_the_papers_of_their_time_alone(signed_in, alice, today):
    lot = LotFactory(building__agency=alice.agency)
    OwnershipFactory(client=alice, lot=lot, ends_on=today - dt.timedelta(days=100))
    published(building=lot.building, title="Règlement de copropriété")
    published(lot=lot, title="Diagnostic d’alors", dated_on=today - dt.timedelta(days=200))
    published(lot=lot, title="Diagnostic d’après", dated_on=today - dt.timedelta(days=10))

    page = page_at(signed_in, f"/biens/{lot.public_id}/")

    assert "Diagnostic d’alors" in page
    assert "Diagnostic d’après" not in page
    assert "Règlement" not in page
    assert "documents-legaux" not in page
