"""Which addresses take a form that is not of this site: named here, one by one."""

from tests.matrix.addresses import every_address

# RFC 8058: the mail software leaves a kind of messages for its reader, without cookie; the token in the path says all.
MAY_BE_POSTED_FROM_ELSEWHERE = {"public:unsubscribe"}


def test_only_named_views_take_a_form_of_elsewhere():
    exempt = {address.name for address in every_address() if getattr(address.view, "csrf_exempt", False)}

    assert exempt == MAY_BE_POSTED_FROM_ELSEWHERE
