"""Biens: a lease as its tenant and its landlord read it, the way to the quittances, how to leave."""

import datetime as dt

from tests.factories import ClientFactory, LeaseFactory, LotFactory, ManagementMandateFactory, TenancyFactory
from tests.web.client.properties.test_properties import page_at


def test_tenant_is_told_that_the_insurance_is_over(signed_in, alice, today):
    tenancy = TenancyFactory(client=alice, lease__insurance_until=today - dt.timedelta(days=1))

    page = page_at(signed_in, f"/biens/{tenancy.lease.lot.public_id}/")

    assert "Votre attestation d’assurance a expiré le" in page


def test_tenant_finds_the_quittances_from_the_home_whoever_holds_the_account(signed_in, alice):
    tenancy = TenancyFactory(client=alice)
    TenancyFactory(lease=tenancy.lease, client=ClientFactory(agency=alice.agency))

    page = page_at(signed_in, f"/biens/{tenancy.lease.lot.public_id}/")

    assert 'href="/quittances/">Mes quittances' in page


def test_landlord_reads_the_whole_of_the_lease_that_runs(signed_in, alice, today):
    mandate = ManagementMandateFactory(client=alice)
    lease = LeaseFactory(
        lot=mandate.lot,
        insurance_until=today,
        revision_on=dt.date(2031, 3, 1),
        revision_index="IRL du 4e trimestre 2025",
    )
    TenancyFactory(lease=lease, client=ClientFactory(agency=alice.agency, civility="sir", last_name="Diallo"))

    page = page_at(signed_in, f"/biens/{mandate.lot.public_id}/")

    assert "Loué à Monsieur" in page
    assert "845,00\u202f€ charges comprises" in page
    assert "1er\u00a0mars 2031" in page
    assert "IRL du 4e trimestre 2025" in page


def test_landlord_whose_mandate_ended_follows_the_lease_no_further(signed_in, alice, today):
    yesterday = today - dt.timedelta(days=1)
    mandate = ManagementMandateFactory(client=alice, ends_on=yesterday)
    LeaseFactory(lot=mandate.lot, insurance_until=today, revision_on=dt.date(2031, 3, 1))

    page = page_at(signed_in, f"/biens/{mandate.lot.public_id}/")

    assert "A été loué à" in page
    assert "2031" not in page


def test_who_left_before_the_lease_ended_reads_no_rent_of_after_their_time(signed_in, alice, today):
    gone = today - dt.timedelta(days=30)
    tenancy = TenancyFactory(client=alice, ends_on=gone, lease__rent_cents=99_900)
    newcomer = ClientFactory(agency=alice.agency, civility="sir", last_name="Diallo")
    TenancyFactory(lease=tenancy.lease, client=newcomer, starts_on=today)
    mandate = ManagementMandateFactory(client=alice, lot=LotFactory(building__agency=alice.agency), ends_on=gone)
    let = LeaseFactory(lot=mandate.lot, rent_cents=88_800)
    TenancyFactory(lease=let, client=newcomer, starts_on=today)

    as_tenant = page_at(signed_in, f"/biens/{tenancy.lease.lot.public_id}/")
    as_landlord = page_at(signed_in, f"/biens/{mandate.lot.public_id}/")

    assert f'datetime="{gone.isoformat()}"' in as_tenant
    assert "999,00" not in as_tenant
    assert "A été loué à" in as_landlord
    assert "888,00" not in as_landlord
    assert "Diallo" not in as_landlord


def test_who_left_when_the_lease_ended_keeps_its_last_rent(signed_in, alice, today):
    gone = today - dt.timedelta(days=30)
    tenancy = TenancyFactory(client=alice, ends_on=gone, lease__ends_on=gone, lease__rent_cents=99_900)

    assert "999,00" in page_at(signed_in, f"/biens/{tenancy.lease.lot.public_id}/")


def test_tenant_finds_how_to_leave_and_the_letter(signed_in, alice):
    tenancy = TenancyFactory(client=alice)
    path = f"/biens/{tenancy.lease.lot.public_id}/conge/"

    assert path in page_at(signed_in, f"/biens/{tenancy.lease.lot.public_id}/")
    page = page_at(signed_in, path)

    assert "trois mois" in page
    assert "lettre recommandée" in page
    assert alice.full_name in page


def test_notice_of_a_furnished_home_is_one_month(signed_in, alice):
    tenancy = TenancyFactory(client=alice, lease__is_furnished=True)

    page = page_at(signed_in, f"/biens/{tenancy.lease.lot.public_id}/conge/")

    assert "d’<strong>un mois</strong>" in page
    assert "trois mois" not in page


def test_who_rents_no_more_has_no_notice_to_give(signed_in, alice, today):
    yesterday = today - dt.timedelta(days=1)
    tenancy = TenancyFactory(client=alice, ends_on=yesterday)

    assert "conge/" not in page_at(signed_in, f"/biens/{tenancy.lease.lot.public_id}/")
    assert signed_in.get(f"/biens/{tenancy.lease.lot.public_id}/conge/").status_code == 404


def test_owner_of_the_flat_has_no_notice_to_give(signed_in, alice, home):
    LeaseFactory(lot=home)

    assert signed_in.get(f"/biens/{home.public_id}/conge/").status_code == 404
