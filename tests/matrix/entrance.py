"""The way in: sign-in, first connection, forgotten password."""

from tests.matrix.rows import Row, everyone, row, signed_in


def a_token(_cast):
    return {"token": "a" * 26}


def a_provider(_cast):
    """One that this site has no account with."""
    return {"provider": "google"}


def inside(name):
    """A door that whoever is inside needs no more."""
    return row(name, anonymous=200, alice=302, charlie=302, erin=302, diane=302)


def step(name):
    """A step of a first connection: whoever is not in the middle of one is led to the door."""
    return everyone(name, status=302)


ROWS: list[Row] = [
    inside("entrance:sign-in"),
    step("entrance:second-step"),
    everyone("entrance:second-step-send", method="POST", status=302),
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
    everyone("entrance:not-me", a_token, status=404),
    everyone("entrance:renew-link", a_token, method="POST", status=404),
    everyone("entrance:reset", a_token, status=404),
    everyone("entrance:forgotten"),
    everyone("entrance:forgotten-sent"),
    everyone("entrance:no-address"),
    everyone("entrance:no-address-form"),
    everyone("entrance:social-start", a_provider, method="POST", status=404),
    everyone("entrance:social-callback", a_provider, status=404),
    signed_in("entrance:social-accounts"),
    signed_in("entrance:social-link", a_provider, status=404),
    signed_in("entrance:social-unlink", lambda _cast: {"public_id": "a" * 26}, method="POST", status=404),
]
