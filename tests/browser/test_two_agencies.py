"""Two agencies live in the demonstration: nobody sees across."""

from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser


def test_client_of_the_other_agency_sees_neither_its_name_nor_its_objects(alice, elsewhere, demonstration):
    ours, other = demonstration.active("owner"), demonstration.active_elsewhere()
    alice.comes_in(ours)
    alice.page.get_by_role("link", name="Détails").first.click()
    alice.page.wait_for_url("**/comptes/*/")
    account = urlsplit(alice.page.url).path

    elsewhere.comes_in(other)
    elsewhere.is_home()

    elsewhere.reads("Agence du Vieux Moulin")
    elsewhere.does_not_read("Cabinet des Tilleuls")
    elsewhere.opens(account)
    elsewhere.is_on("Cette page n’existe pas")
    elsewhere.keeps("page-inexistante")
