"""Text sealed with the secret key."""

import pytest
from cryptography.fernet import InvalidToken

from parvis.kit.sealing import reseal, seal, unseal

SECRET = "https://espace.exemple.fr/c/7fq29kxm\n« Été »"


def test_what_is_sealed_opens_and_tells_nothing():
    sealed = seal(SECRET, purpose="message")

    assert unseal(sealed, purpose="message") == SECRET
    assert "7fq29kxm" not in sealed
    assert seal(SECRET, purpose="message") != sealed


def test_seal_of_one_purpose_does_not_open_for_another():
    with pytest.raises(InvalidToken):
        unseal(seal(SECRET, purpose="message"), purpose="bank details")


def test_altered_seal_does_not_open():
    sealed = seal(SECRET, purpose="message")
    altered = sealed[:40] + ("A" if sealed[40] != "A" else "B") + sealed[41:]

    with pytest.raises(InvalidToken):
        unseal(altered, purpose="message")


def test_new_key_opens_what_the_former_one_sealed_until_that_is_forgotten(settings):
    sealed, former = seal(SECRET, purpose="message"), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key, drawn since " * 3, [former]

    assert unseal(sealed, purpose="message") == SECRET

    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        unseal(sealed, purpose="message")


def test_resealed_text_opens_once_the_former_key_is_forgotten(settings):
    sealed, former = seal(SECRET, purpose="message"), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key, drawn since " * 3, [former]

    resealed = reseal(sealed, purpose="message")

    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(resealed, purpose="message") == SECRET
