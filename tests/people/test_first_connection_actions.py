"""Each action of the first connection checks its own rule, whatever page called it."""

import pytest

from parvis.people.actions import confirmation, first_connection, links, opening, sign_in
from parvis.people.actions.first_connection import Browser, StepLost
from parvis.people.hashers import hash_secret
from parvis.people.models import Activation, EmailLink, Grant
from tests.factories import AgencyFactory, ClientFactory, GrantFactory
from tests.web.entrance.cast import NEW, active_client

pytestmark = pytest.mark.django_db
EMAIL = "alice@exemple.fr"


@pytest.fixture
def client():
    return ClientFactory(agency=AgencyFactory(host="testserver"))


def begin(client, *, own_password_hash="", browser=None):
    started = first_connection.begin(client=client, own_password_hash=own_password_hash, browser=browser or Browser())
    return started.activation


def confirmed(client):
    row = first_connection.give_address(activation=begin(client), email=EMAIL, host="testserver")
    return confirmation.confirm_address(link=EmailLink.objects.get(activation=row))


@pytest.mark.parametrize("state", [Activation.State.STARTED, Activation.State.ADDRESS_GIVEN])
def test_access_is_not_opened_before_the_address_is_confirmed(client, state):
    row = begin(client)
    if state == Activation.State.ADDRESS_GIVEN:
        row = first_connection.give_address(activation=row, email=EMAIL, host="testserver")

    with pytest.raises(StepLost):
        opening.open_with_new_password(activation=row, password=NEW)
    assert not Grant.objects.exists()


def test_provisional_code_does_not_become_the_password(client):
    with pytest.raises(StepLost):
        opening.open_with_own_password(activation=confirmed(client))


def test_replaced_start_gives_no_address_and_opens_nothing(client):
    old = confirmed(client)
    begin(client)

    with pytest.raises(StepLost):
        first_connection.give_address(activation=old, email=EMAIL, host="testserver")
    with pytest.raises(StepLost):
        opening.open_with_new_password(activation=old, password=NEW)


def test_client_who_has_a_login_gets_no_second_one(client):
    row = confirmed(client)
    GrantFactory(client=client)

    with pytest.raises(StepLost):
        opening.open_with_new_password(activation=row, password=NEW)


def test_message_is_not_sent_again_before_there_is_an_address(client):
    with pytest.raises(StepLost):
        first_connection.send_again(activation=begin(client), host="testserver")


def test_own_password_and_code_are_two_starts(client):
    browser = Browser(token="x" * 26)
    by_code = begin(client, browser=browser)
    by_own = begin(client, own_password_hash=hash_secret(NEW), browser=browser)

    by_code.refresh_from_db()
    assert by_code.state == Activation.State.SUPERSEDED
    assert by_own.state == Activation.State.STARTED


def test_superseded_start_forgets_the_password_it_kept(client):
    first = begin(client, own_password_hash=hash_secret(NEW))
    begin(client)

    first.refresh_from_db()
    assert first.own_password_hash == ""


def test_links_of_a_replaced_start_are_stopped(client):
    row = first_connection.give_address(activation=begin(client), email=EMAIL, host="testserver")
    link = EmailLink.objects.get(activation=row)
    begin(client)

    with pytest.raises(links.LinkRefused):
        confirmation.confirm_address(link=link)
    link.refresh_from_db()
    assert link.superseded_at is not None


def test_password_hashed_at_another_cost_is_hashed_again_at_sign_in():
    user = active_client(AgencyFactory(host="testserver"), customer_reference="10427837")
    before = user.password

    typed = sign_in.Typed(host="testserver", identifier="10427837", secret="Vélo-bleu&3chats")
    signed_in = sign_in.sign_in(typed=typed, browser=Browser())

    user.refresh_from_db()
    assert signed_in == user
    assert user.password != before
    assert user.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert user.check_password("Vélo-bleu&3chats")
