"""The list is that of the decree: nine for all owners, five for the council; four more are each owner's."""

import re

from parvis.compliance.rules.items import ALL_OWNERS, COUNCIL, ITEMS, KINDS, OF_BUILDINGS
from parvis.compliance.rules.owners import OF_ONE_OWNER
from parvis.documents.models import Kind


def test_list_has_nine_four_and_five_items_in_the_order_of_the_decree():
    references = [item.reference.replace("\u00a0", " ") for item in (*ALL_OWNERS, *OF_ONE_OWNER, *COUNCIL)]

    expected = [(1, rank) for rank in range(1, 10)] + [(2, rank) for rank in range(1, 5)]
    expected += [(3, rank) for rank in range(1, 6)]
    assert references == [f"décret 2019-502, art. {article}, {rank}°" for article, rank in expected]


def test_each_kind_of_the_list_is_one_that_documents_have():
    assert set(Kind.values) >= KINDS


def test_no_item_asks_for_an_employment_contract():
    assert not any("employment" in kind for kind in KINDS)


def test_what_has_no_object_says_why():
    silent = [item.code for item in OF_BUILDINGS if item.condition != "always" and not item.absence]

    assert silent == []
    assert all(re.fullmatch(r"[a-z_]{3,40}", code) for code in ITEMS)
