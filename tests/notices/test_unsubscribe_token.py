"""The token at the end of a message names a login and a kind, and nobody can make another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.notices.models import CHOSEN_KINDS
from parvis.notices.tokens import TOKEN_LENGTH, read_unsubscribe_token, unsubscribe_token

LOGINS = st.integers(min_value=1, max_value=2**40 - 1)
KINDS = st.sampled_from(CHOSEN_KINDS)


@given(LOGINS, KINDS)
def test_what_is_written_is_read(user_id, kind):
    token = unsubscribe_token(user_id=user_id, kind=kind)

    assert len(token) == TOKEN_LENGTH
    assert token.isalnum()
    assert read_unsubscribe_token(token) == (user_id, kind)


@given(
    LOGINS,
    KINDS,
    st.integers(min_value=0, max_value=TOKEN_LENGTH - 2),
    st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"),
)
def test_one_sign_changed_opens_nothing(user_id, kind, place, sign):
    token = unsubscribe_token(user_id=user_id, kind=kind)
    changed = token[:place] + sign + token[place + 1 :]

    assert changed == token or read_unsubscribe_token(changed) is None


@given(st.text(max_size=60))
def test_any_text_is_read_without_harm(text):
    assert read_unsubscribe_token(text) is None


def test_a_token_outlives_the_change_of_the_secret_key(settings):
    token = unsubscribe_token(user_id=7, kind="due")

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = (
        [settings.SECRET_KEY],
        "another-secret-key-of-fifty-signs-or-more-0123456789",
    )
    assert read_unsubscribe_token(token) == (7, "due")

    settings.SECRET_KEY_FALLBACKS = []
    assert read_unsubscribe_token(token) is None


def test_what_is_always_sent_has_no_token():
    with pytest.raises(KeyError):
        unsubscribe_token(user_id=7, kind="account")
