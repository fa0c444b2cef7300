"""Which addresses take a form that is not of this site: named here, one by one."""

from tests.matrix.addresses import every_address

# RFC 8058: the mail software leaves a kind of messages for its reader, without cookie; the token in the path says all.
MAY_BE_POSTED_FROM_ELSEWHERE = {"public:unsubscribe"}
# A key in a header opens it, which no other site can make a browser send; its cookies are thrown away at the door.
OF_PROGRAMS = "api:"


def test_only_named_views_take_a_form_of_elsewhere():
    exempt = {address.name for address in every_address() if getattr(address.view, "csrf_exempt", False)}

    assert {name for name in exempt if not name.startswith(OF_PROGRAMS)} == MAY_BE_POSTED_FROM_ELSEWHERE
