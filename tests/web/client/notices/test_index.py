"""Notifications: by day, read or not, the bell that counts, the links that lead."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.notices.models import Notice, Preference
from parvis.notices.rules import WORDS
from parvis.web.client.notices.destinations import DESTINATIONS
from tests.factories import AccountFactory, ClientFactory, GrantFactory
from tests.matrix.addresses import every_address
from tests.notices.factories import NoticeFactory


@pytest.fixture
def login(alice):
    return alice.grants.get().user


def test_page_says_that_there_is_none(signed_in):
    assert "Aucune notification." in signed_in.get("/notifications/").content.decode()


def test_notices_stand_under_their_day_newest_first(signed_in, login):
    NoticeFactory(user=login, text="La plus vieille.", created_at=timezone.now() - dt.timedelta(days=40))
    NoticeFactory(user=login, text="La plus neuve.")

    page = signed_in.get("/notifications/").content.decode()

    assert page.index("Aujourd’hui") < page.index("La plus neuve.") < page.index("La plus vieille.")


def test_the_bell_counts_what_is_not_read_on_every_page(signed_in, login):
    NoticeFactory.create_batch(2, user=login)
    NoticeFactory(user=login, read_at=timezone.now() + dt.timedelta(seconds=1))

    page = signed_in.get("/agence/").content.decode()

    assert "&nbsp;: 2 non lues" in page


def test_the_bell_of_another_login_does_not_count(signed_in, alice):
    NoticeFactory(user=GrantFactory(client=ClientFactory(agency=alice.agency)).user)

    assert "non lue" not in signed_in.get("/").content.decode()


def test_opening_a_notice_reads_it_and_leads_there(signed_in, login, alice):
    account = AccountFactory(client=alice)
    notice = NoticeFactory(user=login, target_kind="account", target_id=account.public_id)

    answer = signed_in.post(f"/notifications/{notice.public_id}/ouvrir/", follow=True)

    assert answer.redirect_chain[-1][0] == f"/comptes/{account.public_id}/"
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_opening_twice_keeps_the_first_time(signed_in, login):
    notice = NoticeFactory(user=login)

    signed_in.post(f"/notifications/{notice.public_id}/ouvrir/")
    first = Notice.objects.get().read_at
    signed_in.post(f"/notifications/{notice.public_id}/ouvrir/")

    assert Notice.objects.get().read_at == first


def test_all_are_read_but_what_came_since_the_page(signed_in, login):
    shown = NoticeFactory(user=login, created_at=timezone.now() - dt.timedelta(minutes=5))
    NoticeFactory(user=login, text="Arrivée depuis.")

    signed_in.post("/notifications/lues/", {"newest": shown.public_id})

    assert [notice.text for notice in Notice.objects.unread()] == ["Arrivée depuis."]


def test_nobody_reads_the_notices_of_another_for_them(signed_in, alice):
    other = NoticeFactory(user=GrantFactory(client=ClientFactory(agency=alice.agency)).user)

    signed_in.post("/notifications/lues/", {"newest": other.public_id})

    assert Notice.objects.unread().count() == 1


def test_a_kind_unticked_is_left_and_ticked_again_is_wanted(signed_in):
    signed_in.post("/notifications/reglages/", {"email": ["document"]})
    assert set(Preference.objects.filter(is_wanted=False).values_list("kind", flat=True)) == {
        "due",
        "intervention",
        "meeting",
        "application",
        "message",
    }

    signed_in.post("/notifications/reglages/", {"email": ["document", "due"]})

    assert Preference.objects.get(kind="due").is_wanted


def test_what_is_not_built_is_not_offered_and_security_is_always_sent(signed_in):
    page = signed_in.get("/notifications/reglages/").content.decode()

    assert "SMS" not in page
    assert "Toujours envoyé" in page
    assert 'value="account"' not in page


def test_a_choice_that_does_not_exist_is_refused(signed_in):
    page = signed_in.post("/notifications/reglages/", {"email": ["account"]})

    assert "Ce choix n’existe pas." in page.content.decode()


def test_a_visitor_is_led_to_sign_in_and_then_there(client, alice):
    path = f"/vers/compte/{AccountFactory(client=alice).public_id}/"

    answer = client.get(path)

    assert answer.url == f"/connexion/?next={path}"


def test_every_word_of_a_link_leads_to_a_page_that_exists():
    names = {address.name for address in every_address()}

    assert set(DESTINATIONS) == set(WORDS)
    assert {destination.url_name for destination in DESTINATIONS.values()} <= names


@pytest.mark.usefixtures("signed_in")
def test_cost_is_the_same_with_one_notice_and_with_a_thousand(assert_flat, login):
    NoticeFactory(user=login)

    assert_flat("/notifications/", lambda: grow(login))


def grow(login):
    now = timezone.now()
    Notice.objects.bulk_create(
        [
            Notice(user=login, agency=login.agency, kind="due", text="Échéance.", event_key=str(number), created_at=now)
            for number in range(1_000)
        ]
    )
