"""Drawing letters: what is kept, what ends the letter before, who gets none."""

import datetime as dt

import pytest
from django.contrib.auth.hashers import check_password

from parvis.journal.models import Record
from parvis.kit.clock import database_now
from parvis.people import letter_secrets
from parvis.people.actions import letters
from parvis.people.models import Letter
from parvis.people.tokens import token_digest
from tests.factories import AgencyFactory, ClientFactory, GrantFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_letter_carries_an_identifier_a_code_a_key_and_a_link():
    alice = ClientFactory(customer_reference="10 427 835")

    drawn = letters.draw_letter(client=alice)

    assert drawn.identifier == "10 427 835"
    assert len(drawn.code) == 6
    assert drawn.code.isdecimal()
    assert len(drawn.key) == 4
    assert not set(drawn.key) & set("01OI")
    assert drawn.path == f"/l/{drawn.token}"
    assert len(set(drawn.token)) > 8
    assert len(drawn.token) == 26


def test_only_hashes_are_kept_the_code_under_the_hash_of_passwords():
    drawn = letters.draw_letter(client=ClientFactory())

    kept = Letter.objects.get()

    assert kept.code_hash.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password(drawn.code, kept.code_hash)
    assert kept.token_hash == token_digest(drawn.token)
    for secret in (drawn.code, drawn.key, drawn.token):
        assert secret not in f"{kept.code_hash} {kept.token_hash}"


def test_key_is_right_whatever_its_case_and_for_its_client_only():
    drawn = letters.draw_letter(client=ClientFactory())
    digest, alice = drawn.letter.key_hash, drawn.client.pk

    assert letter_secrets.is_key(f" {drawn.key.lower()} ", client_id=alice, digest=digest)
    assert not letter_secrets.is_key("ZZZZ2", client_id=alice, digest=digest)
    assert not letter_secrets.is_key(drawn.key, client_id=alice + 1, digest=digest)


def test_key_printed_before_the_secret_key_changed_is_still_right(settings):
    drawn = letters.draw_letter(client=ClientFactory())
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key, drawn since " * 3, [settings.SECRET_KEY]

    assert letter_secrets.is_key(drawn.key, client_id=drawn.client.pk, digest=drawn.letter.key_hash)


def test_letter_is_valid_thirty_days():
    letter = letters.draw_letter(client=ClientFactory()).letter

    assert letter.expires_at - letter.issued_at == 30 * DAY


def test_new_letter_replaces_the_one_before():
    alice = ClientFactory()
    first, second = letters.draw_letter(client=alice).letter, letters.draw_letter(client=alice).letter

    first.refresh_from_db()

    assert (first.ending, second.ending) == (Letter.Ending.REISSUED, "")
    assert first.ended_at is not None


def test_letter_that_had_expired_is_not_said_to_be_replaced():
    alice = ClientFactory()
    old = letters.draw_letter(client=alice).letter
    Letter.objects.update(expires_at=database_now() - DAY)

    letters.draw_letter(client=alice)

    old.refresh_from_db()
    assert old.ending == Letter.Ending.EXPIRED


def test_client_who_chose_a_password_gets_no_letter():
    alice = GrantFactory().client

    with pytest.raises(letters.AlreadyActivated):
        letters.draw_letter(client=alice)

    assert not Letter.objects.exists()


def test_client_whose_file_is_closed_gets_no_letter():
    with pytest.raises(letters.FileClosed):
        letters.draw_letter(client=ClientFactory(closed_on=dt.date(2026, 1, 1)))


def test_fifth_letter_in_a_year_is_drawn_only_when_asked_for():
    alice = ClientFactory()
    for _ in range(4):
        letters.draw_letter(client=alice, is_automatic=True)

    with pytest.raises(letters.TooManyLetters):
        letters.draw_letter(client=alice, is_automatic=True)

    assert letters.draw_letter(client=alice).letter.pk
    Letter.objects.update(issued_at=database_now() - 366 * DAY)
    assert letters.draw_letter(client=alice, is_automatic=True).letter.pk


def test_each_draw_is_journalled_without_any_secret():
    drawn = letters.draw_letter(client=ClientFactory(), by=("staff", "diane"))

    record = Record.objects.get()

    assert (record.verb, record.actor_id, record.object_id) == ("letter.drawn", "diane", drawn.client.public_id)


def test_many_letters_are_drawn_together_or_not_at_all():
    agency = AgencyFactory()
    clients = [*ClientFactory.create_batch(2, agency=agency), GrantFactory(client__agency=agency).client]

    with pytest.raises(letters.AlreadyActivated):
        letters.draw_letters(clients=clients)

    assert not Letter.objects.exists()


def test_codes_and_links_differ_from_letter_to_letter():
    drawn = letters.draw_letters(clients=ClientFactory.create_batch(8, agency=AgencyFactory()))

    assert len({each.token for each in drawn}) == 8
    assert len({each.code for each in drawn}) > 4
