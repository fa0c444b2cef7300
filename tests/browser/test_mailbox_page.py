"""The mailbox of the demonstration: a page like the others, from which the journey goes on."""

import pytest

from tests.browser.inspection import Inspection
from tests.browser.visitor import CONFIRM

pytestmark = pytest.mark.browser


def test_mailbox_is_accessible_and_its_link_opens_the_confirmation(person_at, demonstration):
    alice, inspection = person_at("desktop"), Inspection()
    letter = demonstration.letter("letter", with_email=True)
    alice.begins(letter)
    alice.gives_address(letter.email)

    alice.opens("/demo/boite/")
    inspection.look(alice, "mailbox")
    alice.page.get_by_role("article").filter(has_text=letter.email).get_by_role("link", name=CONFIRM).first.click()

    assert "\n".join(inspection.faults) == ""
    assert alice.button(CONFIRM).is_visible()
