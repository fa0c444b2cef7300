"""Passwords of the former portal come with the package, wrapped at once."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from parvis.exchange.actions import passwords
from parvis.people.actions.former import is_former_password
from parvis.people.models import FormerPassword, Grant
from tests.exchange.packages import example_package
from tests.factories import UserFactory

OLD = PBKDF2PasswordHasher().encode("Colza-bleu-19", "sel-un", 1000)
NEWER = PBKDF2PasswordHasher().encode("Tilleul-vert-20", "sel-deux", 1000)


def with_password(old_hash):
    rows = example_package()
    rows["clients"][0]["password_hash"] = old_hash
    return rows


def test_an_old_hash_is_wrapped_and_opens_with_its_password(bring_in):
    report = bring_in(with_password(OLD))

    former = FormerPassword.objects.get()
    assert former.client.customer_reference == "10427318"
    assert OLD.rpartition("$")[2] not in former.wrapped + former.scheme
    assert is_former_password("Colza-bleu-19", former=former)
    assert "1 mot de passe de l’ancien portail est repris." in report.notes


def test_a_hash_already_taken_over_is_not_wrapped_again(bring_in, monkeypatch):
    bring_in(with_password(OLD))
    monkeypatch.setattr(passwords, "wrap_former_hash", lambda _old: pytest.fail("wrapped again"))

    assert bring_in(with_password(OLD)).notes == []


def test_a_hash_that_changed_is_wrapped_again(bring_in):
    bring_in(with_password(OLD))

    bring_in(with_password(NEWER))

    assert is_former_password("Tilleul-vert-20", former=FormerPassword.objects.get())


def test_without_salt_the_slow_comparison_decides(bring_in):
    bring_in(with_password("md5$$5f4dcc3b5aa765d61d8327deb882cf99"))

    report = bring_in(with_password("md5$$7c6a180b36896a0a8c02787eeafb0e4c"))

    assert is_former_password("password1", former=FormerPassword.objects.get())
    assert len(report.notes) == 1


def test_a_client_with_their_own_password_keeps_it(bring_in):
    bring_in()
    client = example_client()
    Grant.objects.create(client=client, user=UserFactory(agency=client.agency))

    bring_in(with_password(OLD))

    assert not FormerPassword.objects.exists()


def test_an_empty_hash_leaves_what_is_known(bring_in):
    bring_in(with_password(OLD))

    bring_in(with_password(""))

    assert FormerPassword.objects.exists()


def example_client():
    return FormerPassword._meta.get_field("client").related_model.objects.get(customer_reference="10427318")
