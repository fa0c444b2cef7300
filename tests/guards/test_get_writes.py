"""Which pages may write while they are only asked for: named here, one by one."""

from tests.matrix.addresses import every_address

# The return from a provider of sign-in: a GET by the protocol, believed once, in the browser that left.
# The search of the help: words that found nothing are counted, of nobody in particular.
MAY_WRITE_ON_GET = {"entrance:social-callback", "public:help-index"}


def test_only_named_views_write_on_get():
    marked = {address.name for address in every_address() if getattr(address.view, "writes_on_get", False)}

    assert marked == MAY_WRITE_ON_GET
