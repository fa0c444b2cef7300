"""Many at the same instant: each link, each code, each start counts once."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from parvis.journal.models import Record
from parvis.kit.models import AttemptCounter
from parvis.kit.refusals import Refusal
from parvis.people import hashers
from parvis.people.actions import (
    address_change,
    attachment,
    confirmation,
    first_connection,
    freezing,
    links,
    objections,
    opening,
    passwords,
    second_step,
    sign_in,
)
from parvis.people.actions.browsers import Visit
from parvis.people.actions.first_connection import Browser
from parvis.people.models import (
    AccessFreeze,
    Activation,
    EmailLink,
    Grant,
    Letter,
    PendingSignIn,
    Proof,
    SiteShield,
    User,
    WrongCode,
)
from tests.factories import AgencyFactory
from tests.web.entrance.cast import CODE, NEW, active_client, client_with_letter, code_in, messages_to

pytestmark = [pytest.mark.load, pytest.mark.django_db(transaction=True)]
TIMES = 12


@pytest.fixture(autouse=True)
def nobody_is_sent_away(monkeypatch):
    """Here the queue for hashes, and the one at the doors, may be as long as the test needs."""
    monkeypatch.setattr(hashers, "LONGEST_WAIT_SECONDS", 60)
    monkeypatch.setattr(sign_in, "places", threading.BoundedSemaphore(TIMES))


@pytest.fixture
def client():
    return client_with_letter(AgencyFactory(host="testserver"))


def at_once(gesture, *, times=TIMES):
    """Run the gesture in as many threads; what each one returned, or the refusal it met."""

    def one(number):
        try:
            return gesture(number)
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=times) as pool:
        return list(pool.map(one, range(times)))


def passed(answers):
    return [answer for answer in answers if not isinstance(answer, Refusal)]


def try_code(client, code, *, token=""):
    typed = sign_in.Typed(host="testserver", identifier=client.customer_reference, secret=code)
    return sign_in.sign_in(typed=typed, browser=Browser(token=token))


def begun(client):
    """A start whose address is given, and its link."""
    started = try_code(client, CODE)
    row = first_connection.give_address(activation=started.activation, email="a@exemple.fr", host="testserver")
    return row, EmailLink.objects.get(activation=row, purpose="confirm_address")


def test_twelve_uses_of_one_confirmation_link_have_one_effect(client):
    _, link = begun(client)

    answers = at_once(lambda _: confirmation.confirm_address(link=link))

    assert len(passed(answers)) == 1
    assert Record.objects.filter(verb="first-connection.address-confirmed").count() == 1


def test_twelve_ends_of_one_first_connection_make_one_login(client):
    row, link = begun(client)
    row = confirmation.confirm_address(link=link)

    answers = at_once(lambda _: opening.open_with_new_password(activation=row, password=NEW))

    assert len(passed(answers)) == 1
    assert User.objects.count() == Grant.objects.count() == 1
    assert len(messages_to("a@exemple.fr", "access-opened")) == 1


@pytest.mark.parametrize("round_", range(6))
def test_freeze_while_the_access_opens_never_leaves_a_login_open(client, round_):
    client.known_email = "alice@connue.exemple"
    client.save()
    row, link = begun(client)
    row = confirmation.confirm_address(link=link)
    objection = EmailLink.objects.select_related("activation__client__agency").get(purpose="not_me")
    gestures = [
        lambda: freezing.freeze(link=objection),
        lambda: opening.open_with_new_password(activation=row, password=NEW),
    ]

    at_once(lambda number: gestures[(number + round_) % 2](), times=4)

    assert AccessFreeze.objects.open().count() == 1
    assert not User.objects.filter(is_active=True).exists()
    assert not Activation.objects.live().exists()


def test_freeze_while_a_start_begins_leaves_no_start_alive(client):
    started = try_code(client, CODE)
    objections.of_start(started.activation, trigger=AccessFreeze.Trigger.OTHER_ADDRESS, email="a@exemple.fr")
    objection = EmailLink.objects.select_related("activation__client__agency").get()

    at_once(lambda number: try_code(client, CODE) if number % 2 else freezing.freeze(link=objection), times=6)

    assert not Activation.objects.live().exists()


def in_turns(*gestures, times=6):
    """The gestures, each in half or a third of as many threads; what each one returned, or the refusal it met."""
    return at_once(lambda number: gestures[number % len(gestures)](), times=times)


def test_address_confirmed_while_another_is_given_or_sent_again_stays_whole(client):
    row, link = begun(client)

    in_turns(
        lambda: confirmation.confirm_address(link=link),
        lambda: first_connection.give_address(activation=row, email="b@exemple.fr", host="testserver"),
        lambda: try_code(client, CODE),
    )

    assert Activation.objects.live().count() == 1
    assert Record.objects.filter(verb="first-connection.address-confirmed").count() <= 1


def objection_of(user):
    """The link by which the holder of the address says « Ce n’est pas moi »."""
    objections.of_login(user, trigger=AccessFreeze.Trigger.PASSWORD_CHANGED, email=user.email)
    return EmailLink.objects.select_related("user__agency").get(purpose="not_me", user=user)


def test_password_reset_while_the_login_is_frozen_never_leaves_it_open():
    user = active_client(AgencyFactory(host="testserver"))
    made = links.new_reset(user=user, email=user.email).link
    reset, objection = EmailLink.objects.select_related("user__agency").get(pk=made.pk), objection_of(user)

    in_turns(
        lambda: passwords.reset_password(link=reset, password=NEW, visit=Visit(name="")),
        lambda: freezing.freeze(link=objection),
        lambda: address_change.ask(user=user, email="nouveau@exemple.fr", host="testserver"),
    )

    assert AccessFreeze.objects.open().count() == 1
    assert not User.objects.filter(is_active=True).exists()


def test_identifiant_attached_while_its_start_is_confirmed_begins_no_other(client):
    user = active_client(client.agency)
    _, link = begun(client)
    typed = sign_in.Typed(host="testserver", identifier=client.customer_reference, secret=CODE)

    answers = in_turns(
        lambda: attachment.attach(user=user, typed=typed, visit=Visit(name="")),
        lambda: confirmation.confirm_address(link=link),
    )

    assert Grant.objects.filter(client=client, user=user, ended_at=None).count() == 1
    assert not Activation.objects.live().exists()
    assert len(passed(answers)) <= 2


def test_identifiant_attached_while_the_login_is_frozen_is_frozen_or_refused(client):
    user = active_client(client.agency)
    objection = objection_of(user)
    typed = sign_in.Typed(host="testserver", identifier=client.customer_reference, secret=CODE)

    in_turns(
        lambda: attachment.attach(user=user, typed=typed, visit=Visit(name="")),
        lambda: freezing.freeze(link=objection),
        times=2,
    )

    held = Grant.objects.filter(client=client, ended_at=None).exists()
    assert AccessFreeze.objects.open().filter(client=client).exists() == held
    assert not User.objects.filter(is_active=True).exists()


def test_two_messages_of_one_login_freeze_its_two_clients_at_once():
    user = active_client(AgencyFactory(host="testserver"))
    other = client_with_letter(user.agency)
    Grant.objects.create(user=user, client=other)
    for grant in user.grants.select_related("client__agency"):
        start = Activation.objects.create(
            agency=user.agency,
            client=grant.client,
            state=Activation.State.FINISHED,
            is_provisional=True,
            browser_hash="",
            started_at=timezone.now(),
            expires_at=timezone.now(),
            ended_at=timezone.now(),
        )
        objections.of_start(start, trigger=AccessFreeze.Trigger.ACCESS_OPENED, email=user.email)
    made = list(EmailLink.objects.select_related("activation__client__agency"))

    in_turns(*(lambda link=link: freezing.freeze(link=link) for link in made))

    assert AccessFreeze.objects.open().count() == 2


def test_identifiant_attached_by_four_logins_at_once_belongs_to_one(client):
    users = [active_client(client.agency, email=f"u{number}@exemple.fr") for number in range(4)]
    typed = sign_in.Typed(host="testserver", identifier=client.customer_reference, secret=CODE)

    answers = at_once(lambda number: attachment.attach(user=users[number], typed=typed, visit=Visit(name="")), times=4)

    assert len(passed(answers)) == 1
    assert Grant.objects.filter(client=client, ended_at=None).count() == 1


def test_two_identifiants_detached_at_once_leave_one():
    user = active_client(AgencyFactory(host="testserver"))
    other = client_with_letter(user.agency)
    Grant.objects.create(user=user, client=other)
    clients = [grant.client for grant in user.grants.select_related("client__agency")]

    at_once(lambda number: attachment.detach(user=user, client=clients[number]), times=2)

    assert user.grants.filter(ended_at=None).count() == 1


def test_change_of_courriel_confirmed_and_cancelled_at_once_ends_cancelled():
    user = active_client(AgencyFactory(host="testserver"))
    address_change.ask(user=user, email="nouveau@exemple.fr", host="testserver")
    made = {link.purpose: link for link in EmailLink.objects.select_related("user__agency")}
    gestures = [
        lambda: address_change.confirm(link=made["confirm_change"], by=user),
        lambda: address_change.cancel(link=made["cancel_change"]),
    ]

    at_once(lambda number: gestures[number](), times=2)

    user.refresh_from_db()
    assert user.email == "charlie@exemple.fr"


def test_twelve_uses_of_one_reset_link_change_the_password_once():
    user = active_client(AgencyFactory(host="testserver"))
    link = links.new_reset(user=user, email=user.email).link
    link = EmailLink.objects.select_related("user__agency").get(pk=link.pk)

    answers = at_once(
        lambda number: passwords.reset_password(link=link, password=f"{NEW}{number}", visit=Visit(name=""))
    )

    assert len(passed(answers)) == 1
    assert len(messages_to(user.email, "password-changed")) == 1


def test_wrong_codes_at_the_same_instant_are_all_counted(client):
    for count in (1, 2, 3, 4):
        Letter.objects.update(wrong_tries=0)
        AttemptCounter.objects.all().delete()

        at_once(lambda number: try_code(client, f"{number:06}"), times=count)

        assert Letter.objects.get().wrong_tries == count


def test_code_is_dead_after_twelve_wrong_tries_at_the_same_instant(client):
    at_once(lambda number: try_code(client, f"{number:06}"))
    AttemptCounter.objects.all().delete()

    letter = Letter.objects.get()
    assert letter.wrong_tries == 5
    with pytest.raises(sign_in.CodeDead):
        try_code(client, CODE)


def test_wrong_codes_at_the_same_instant_never_pass_under_the_shield():
    agency = AgencyFactory(host="testserver")
    clients = [client_with_letter(agency) for _ in range(TIMES)]
    WrongCode.objects.bulk_create([WrongCode(door_digest=f"{number % 25}") for number in range(48)])

    at_once(lambda number: try_code(clients[number], "000000"))

    assert SiteShield.objects.up().count() == 1
    assert Letter.objects.filter(wrong_tries=1).count() <= 2
    assert not Letter.objects.filter(wrong_tries__gt=1).exists()


def test_starts_at_the_same_instant_leave_one_alive(client):
    answers = at_once(lambda _: try_code(client, CODE), times=4)

    assert len(passed(answers)) == 4
    assert Activation.objects.live().count() == 1
    assert Letter.objects.get().uses == 4


def test_messages_at_the_same_instant_stay_within_the_day(client):
    started = try_code(client, CODE)

    at_once(
        lambda number: first_connection.give_address(
            activation=started.activation, email=f"a{number}@exemple.fr", host="testserver"
        )
    )

    assert EmailLink.objects.count() == 6
    assert EmailLink.objects.usable().count() == 1


def waiting_for_a_code():
    """A second step whose code has left, and the code."""
    user = active_client(AgencyFactory(host="testserver"))
    begun_step = second_step.begin(user=user, proof=Proof.PASSWORD, next_path="")
    pending = second_step.send_code(pending=begun_step.pending, device="Firefox sur Linux")
    return pending, code_in(messages_to(user.email, "sign-in-code")[-1])


def test_wrong_sign_in_codes_at_the_same_instant_are_all_counted():
    pending, _ = waiting_for_a_code()
    for count in (1, 2, 3, 4):
        PendingSignIn.objects.update(wrong_tries=0)

        at_once(lambda number: second_step.prove_by_code(pending=pending, typed=f"{number:08}"), times=count)

        assert PendingSignIn.objects.get().wrong_tries == count


def test_right_sign_in_code_is_refused_after_twelve_wrong_ones_at_the_same_instant():
    pending, code = waiting_for_a_code()

    at_once(lambda number: second_step.prove_by_code(pending=pending, typed=f"{number:08}"))

    assert PendingSignIn.objects.get().wrong_tries == 5
    with pytest.raises(second_step.WrongCode):
        second_step.prove_by_code(pending=pending, typed=code)


def test_right_sign_in_code_typed_twelve_times_at_the_same_instant_opens_once():
    pending, code = waiting_for_a_code()

    answers = at_once(lambda _: second_step.prove_by_code(pending=pending, typed=code))

    assert len(passed(answers)) == 1


def test_codes_asked_for_at_the_same_instant_are_one_message():
    pending, _ = waiting_for_a_code()
    PendingSignIn.objects.update(code_sent_at=timezone.now() - dt.timedelta(seconds=61))

    answers = at_once(lambda _: second_step.send_code(pending=pending, device="Firefox sur Linux"))

    assert len(passed(answers)) == 1
    assert len(messages_to(pending.user.email, "sign-in-code")) == 2
