"""Mon profil: what a person changes of themselves, which nobody else does, not even who shares their home."""

from tests.matrix.cast import Cast
from tests.matrix.client import page
from tests.matrix.rows import Arguments, Row, row


def holder(name: str, arguments: Arguments, *, method: str = "GET", alice: int = 200) -> Row:
    """Of Alice alone, whose login holds her client: Gaby reads her affairs, and finds nothing here."""
    return row(name, arguments, method=method, anonymous=302, alice=alice, charlie=404, gaby=404, erin=404, diane=302)


def her_client(cast: Cast) -> dict[str, object]:
    return {"public_id": cast.account.client.public_id}


def her_person(cast: Cast) -> dict[str, object]:
    return {"public_id": cast.person.public_id}


ROWS: list[Row] = [
    holder("client:profile-address", her_client),
    holder("client:profile-phones", her_client),
    holder("client:profile-channels", her_client),
    holder("client:profile-household", her_client),
    holder("client:profile-invite", her_client),
    holder("client:profile-correction", her_client),
    holder("client:profile-withdraw", lambda cast: {"public_id": cast.change.public_id}, method="POST", alice=302),
    # Alice is asked before Gaby, who is out by then.
    row(
        "client:profile-revoke",
        her_person,
        method="POST",
        anonymous=302,
        alice=302,
        gaby=302,
        charlie=404,
        erin=404,
        diane=302,
    ),
    row("client:profile-leave", her_person, anonymous=302, alice=404, gaby=200, charlie=404, erin=404, diane=302),
    page("client:profile-copy"),
    holder("client:profile-copy-file", lambda cast: {"public_id": cast.copy.public_id}),
    page("client:profile-reads"),
    page("client:profile-close"),
]
