"""The way in: sign-in, first connection, forgotten password."""

from tests.matrix.rows import Row, everyone, row, signed_in


def a_token(_cast):
    return {"token": "a" * 26}


def a_provider(_cast):
    """One that this site has no account with."""
    return {"provider": "google"}


def nobodys(_cast):
    """The id of nothing."""
    return {"public_id": "a" * 26}


def inside(name):
    """A door that whoever is inside needs no more."""
    return row(name, anonymous=200, alice=302, charlie=302, erin=302, diane=302)


def step(name):
    """A step of a first connection: whoever is not in the middle of one is led to the door."""
    return everyone(name, status=302)


def enrolment(name, *, method="GET"):
    """Where a first proof beside the password is added: open to the staff who have none yet."""
    return row(name, method=method, anonymous=302, alice=200, charlie=200, erin=200, diane=200, unproven=200)


def only_alice(name, arguments):
    """Something of her login alone."""
    return row(name, arguments, anonymous=302, alice=200, charlie=404, erin=404, diane=404)


ROWS: list[Row] = [
    everyone("entrance:household-accept", lambda _cast: {"token": "a" * 26}, status=404),
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
    signed_in("entrance:address-confirm", a_token, status=404),
    everyone("entrance:address-cancel", a_token, status=404),
    signed_in("entrance:address-change"),
    signed_in("entrance:address-withdraw", method="POST", status=302),
    signed_in("entrance:identifiers"),
    signed_in("entrance:attach"),
    only_alice("entrance:detach", lambda cast: {"public_id": cast.account.client.public_id}),
    everyone("entrance:renew-link", a_token, method="POST", status=404),
    everyone("entrance:reset", a_token, status=404),
    everyone("entrance:forgotten"),
    everyone("entrance:forgotten-sent"),
    everyone("entrance:no-address"),
    everyone("entrance:no-address-form"),
    everyone("entrance:social-start", a_provider, method="POST", status=404),
    everyone("entrance:social-callback", a_provider, status=404),
    row("entrance:confirm-again", anonymous=302, alice=200, charlie=200, erin=200, diane=200, unproven=200),
    signed_in("entrance:security"),
    signed_in("entrance:change-password"),
    signed_in("entrance:session-end", nobodys, method="POST", status=404),
    signed_in("entrance:sessions-end-others", method="POST", status=302),
    signed_in("entrance:browser-forget", nobodys, method="POST", status=404),
    signed_in("entrance:social-accounts"),
    signed_in("entrance:social-link", a_provider, status=404),
    signed_in("entrance:social-unlink", nobodys, method="POST", status=404),
    everyone("entrance:passkey-challenge", method="POST"),
    everyone("entrance:passkey-sign-in", method="POST", status=302),
    everyone("entrance:second-step-passkey", method="POST", status=302),
    step("entrance:second-step-application"),
    step("entrance:second-step-recovery"),
    signed_in("entrance:confirm-again-passkey", method="POST", status=302),
    signed_in("entrance:confirm-again-application"),
    signed_in("entrance:factors-offer"),
    row("entrance:factors-required", anonymous=302, alice=302, charlie=302, erin=302, diane=302, unproven=200),
    enrolment("entrance:passkey-add"),
    enrolment("entrance:passkey-new-challenge", method="POST"),
    only_alice("entrance:passkey", lambda cast: {"public_id": cast.passkey.public_id}),
    only_alice("entrance:passkey-remove", lambda cast: {"public_id": cast.passkey.public_id}),
    enrolment("entrance:authenticator-add"),
    signed_in("entrance:authenticator-remove", status=404),
    signed_in("entrance:recovery-codes"),
]
