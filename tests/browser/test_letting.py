"""A tenant gets the quittance of a month in one tap, a landlord the statement of a month; with a script and without."""

import pytest
from playwright.sync_api import expect

from tests.browser.inspection import violations
from tests.browser.person import Person

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def has_script(request) -> bool:
    return request.param


@pytest.fixture
def visitor(person_at, size, has_script) -> Person:
    return person_at(size, java_script_enabled=has_script)


def stands_on(person: Person, *, profile: str, account: str) -> None:
    """Somebody in front of their account."""
    demonstration = person.demonstration
    person.comes_in(demonstration.active(profile))
    person.is_home()
    person.opens("/comptes/")
    person.page.get_by_role("link", name=account).first.click()


def is_accessible(person: Person, *, has_script: bool) -> None:
    """What axe-core says of the page: it needs scripts, which change nothing here."""
    if has_script:
        assert violations(person) == []


def is_a_paper(person: Person, link) -> None:
    """What the link leads to is a PDF."""
    answer = person.context.request.get(person.demonstration.origin + link.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")


def test_a_tenant_gets_a_quittance(visitor, has_script):
    tenant = visitor
    stands_on(tenant, profile="tenant", account="du loyer")

    is_a_paper(tenant, tenant.page.get_by_role("link", name="Ma quittance"))
    tenant.follows("Loyers, quittances et attestation pour la CAF")
    tenant.is_on("Loyers et quittances")
    tenant.reads("Payé")
    is_accessible(tenant, has_script=has_script)
    tenant.keeps("quittances")
    is_a_paper(tenant, tenant.page.get_by_role("link", name="Attestation de loyer"))

    tenant.page.get_by_role("link", name="Quittance sur demande").last.click()
    expect(tenant.button("Établir ma quittance")).to_be_visible()
    is_accessible(tenant, has_script=has_script)
    tenant.keeps("quittance-a-etablir")

    tenant.opens("/quittances/")
    tenant.is_on("Mes quittances")
    is_accessible(tenant, has_script=has_script)


def test_a_landlord_reads_a_month_and_a_year(visitor, has_script):
    landlord = visitor
    stands_on(landlord, profile="landlord", account="du solde propriétaire")

    landlord.follows("Loyers, honoraires, comptes rendus et déclaration de revenus")
    landlord.reads("Loyers encaissés")
    landlord.page.get_by_role("navigation", name="Année").get_by_role("link").first.click()
    is_accessible(landlord, has_script=has_script)
    landlord.keeps("gerance")

    landlord.page.get_by_role("link", name="Octobre").click()
    landlord.reads("dont TVA")
    is_accessible(landlord, has_script=has_script)
    is_a_paper(landlord, landlord.link("Compte rendu de gérance (PDF)"))
    landlord.follows("Gérance")

    landlord.page.get_by_role("link", name="Récapitulatif pour votre déclaration").click()
    landlord.reads("À compléter par vous")
    is_accessible(landlord, has_script=has_script)
    is_a_paper(landlord, landlord.link("Récapitulatif (PDF)"))
    landlord.keeps("declaration")
    landlord.follows("Gérance")

    landlord.follows("Charges récupérables auprès du locataire")
    landlord.is_on("Charges récupérables auprès du locataire")
    is_accessible(landlord, has_script=has_script)
