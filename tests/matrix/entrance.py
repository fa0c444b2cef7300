"""The way in: sign-in, first connection, forgotten password."""

from tests.matrix.rows import Row, everyone, row


def a_token(_cast):
    return {"token": "a" * 26}


def inside(name):
    """A door that whoever is inside needs no more."""
    return row(name, anonymous=200, alice=302, charlie=302, erin=302, diane=302)


def step(name):
    """A step of a first connection: whoever is not in the middle of one is led to the door."""
    return everyone(name, status=302)


ROWS: list[Row] = [
    inside("entrance:sign-in"),
    everyone("entrance:first-connection"),
    everyone("entrance:letter-link", a_token),
    everyone("entrance:logout", method="POST", status=302),
    step("entrance:first-connection-email"),
    step("entrance:check-mailbox"),
    step("entrance:new-password"),
    everyone("entrance:go-on", method="POST", status=302),
    everyone("entrance:mailbox-status"),
    step("entrance:confirmed"),
    everyone("entrance:link", a_token, status=404),
    everyone("entrance:renew-link", a_token, method="POST", status=404),
    everyone("entrance:reset", a_token, status=404),
    everyone("entrance:forgotten"),
    everyone("entrance:forgotten-sent"),
    everyone("entrance:no-address"),
    everyone("entrance:no-address-form"),
]
